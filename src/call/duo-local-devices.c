/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-local-devices.h"

/**
 * duo_local_devices_read:
 * @graph: one's own sound and picture
 * @microphone: (out): whether sound is being sent
 * @camera: (out): whether a picture is being sent
 *
 * Tells what the other is to be told: a device that is on but does not work sends nothing.
 */
void
duo_local_devices_read (DuoMediaGraph *graph, gboolean *microphone, gboolean *camera)
{
  DuoMediaProblem microphone_problem, camera_problem;

  g_object_get (graph,
                "microphone-enabled",
                microphone,
                "camera-enabled",
                camera,
                "microphone-problem",
                &microphone_problem,
                "camera-problem",
                &camera_problem,
                NULL);
  *microphone = *microphone && microphone_problem == DUO_MEDIA_PROBLEM_NONE;
  *camera = *camera && camera_problem == DUO_MEDIA_PROBLEM_NONE;
}
