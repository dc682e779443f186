/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-problem-text.h"

#include <glib/gi18n.h>

typedef struct {
  const char *title;
  const char *mend;
} Text;

static const Text camera_texts[] = {
  [DUO_MEDIA_PROBLEM_NONE] = { NULL, NULL },
  [DUO_MEDIA_PROBLEM_MISSING] = { N_ ("No camera found"),
                                  N_ ("Plug one in, or join without: the other person sees your "
                                      "initials.") },
  [DUO_MEDIA_PROBLEM_BUSY] = { N_ ("The camera is in use"),
                               N_ ("Close the other program that uses it, then turn the camera off "
                                   "and on again.") },
  [DUO_MEDIA_PROBLEM_DENIED] = { N_ ("No permission to use the camera"),
                                 N_ ("Allow it for Duologue in the system’s privacy settings, then "
                                     "turn the camera off and on "
                                     "again.") },
  [DUO_MEDIA_PROBLEM_NO_FRAMES] = { N_ ("The camera gives no picture"),
                                    N_ ("Open its lid, close other programs that use it, or unplug "
                                        "it and plug it in again.") },
  [DUO_MEDIA_PROBLEM_FAILED] = { N_ ("The camera does not work"),
                                 N_ ("Turn it off and on again, or choose another one.") },
};

static const Text microphone_texts[] = {
  [DUO_MEDIA_PROBLEM_NONE] = { NULL, NULL },
  [DUO_MEDIA_PROBLEM_MISSING] = { N_ ("No microphone found"),
                                  N_ ("Plug one in, or join without: the other person cannot hear "
                                      "you.") },
  [DUO_MEDIA_PROBLEM_BUSY] = { N_ ("The microphone is in use"),
                               N_ (
                                 "Close the other program that uses it, or choose another one.") },
  [DUO_MEDIA_PROBLEM_DENIED] = { N_ ("No permission to use the microphone"),
                                 N_ ("Allow it for Duologue in the system’s privacy settings.") },
  [DUO_MEDIA_PROBLEM_NO_FRAMES] = { N_ ("The microphone gives no sound"),
                                    N_ ("Unplug it and plug it in again, or choose another one.") },
  [DUO_MEDIA_PROBLEM_FAILED] = { N_ ("The microphone does not work"),
                                 N_ ("Unplug it and plug it in again, or choose another one.") },
};

static const Text speaker_texts[] = {
  [DUO_MEDIA_PROBLEM_NONE] = { NULL, NULL },
  [DUO_MEDIA_PROBLEM_MISSING] = { N_ ("No speaker found"),
                                  N_ (
                                    "Plug in headphones or a speaker to hear the other person.") },
  [DUO_MEDIA_PROBLEM_BUSY] = { N_ ("The speaker is in use"),
                               N_ (
                                 "Close the other program that uses it, or choose another one.") },
  [DUO_MEDIA_PROBLEM_DENIED] = { N_ ("No permission to use the speaker"),
                                 N_ ("Allow it for Duologue in the system’s privacy settings.") },
  [DUO_MEDIA_PROBLEM_NO_FRAMES] = { N_ ("The speaker plays nothing"),
                                    N_ ("Unplug it and plug it in again, or choose another one.") },
  [DUO_MEDIA_PROBLEM_FAILED] = { N_ ("The speaker does not work"),
                                 N_ ("Unplug it and plug it in again, or choose another one.") },
};

static const Text *
find_text (DuoDeviceKind kind, DuoMediaProblem problem)
{
  switch (kind) {
  case DUO_DEVICE_MICROPHONE:
    return &microphone_texts[problem];
  case DUO_DEVICE_SPEAKER:
    return &speaker_texts[problem];
  case DUO_DEVICE_CAMERA:
  default:
    return &camera_texts[problem];
  }
}

/**
 * duo_problem_text_get_title:
 * @kind: what kind of device
 * @problem: why it does not work
 *
 * Returns: (transfer none) (nullable): what is wrong, or %NULL if nothing is
 */
const char *
duo_problem_text_get_title (DuoDeviceKind kind, DuoMediaProblem problem)
{
  g_return_val_if_fail (problem <= DUO_MEDIA_PROBLEM_FAILED, NULL);

  return problem != DUO_MEDIA_PROBLEM_NONE ? _ (find_text (kind, problem)->title) : NULL;
}

/**
 * duo_problem_text_get_mend:
 * @kind: what kind of device
 * @problem: why it does not work
 *
 * Returns: (transfer none) (nullable): what to do about it, or %NULL if nothing is wrong
 */
const char *
duo_problem_text_get_mend (DuoDeviceKind kind, DuoMediaProblem problem)
{
  g_return_val_if_fail (problem <= DUO_MEDIA_PROBLEM_FAILED, NULL);

  return problem != DUO_MEDIA_PROBLEM_NONE ? _ (find_text (kind, problem)->mend) : NULL;
}
