/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-microphone-source.h"

#include "duo-elements.h"
#include "duo-media-error.h"

#define LATENCY (10 * GST_MSECOND)
#define BLOCK_SAMPLES 480 /* the same at 48 kHz */

static GstElement *
make_synthetic (const char *name, const char *wave, gboolean metered, GError **error)
{
  g_autoptr (GstCaps) caps = duo_elements_dup_voice_caps ();
  GstElement *chain[3] = {
    duo_elements_make ("audiotestsrc", "source", error),
    duo_elements_make_caps_filter ("format", caps),
  };
  gsize length = 2;

  if (metered)
    chain[length++] = duo_elements_make ("level", "level", error);
  if (chain[0] != NULL) {
    g_object_set (chain[0],
                  "is-live",
                  TRUE,
                  "volume",
                  0.3,
                  "freq",
                  440.0,
                  "samplesperbuffer",
                  BLOCK_SAMPLES,
                  NULL);
    gst_util_set_object_arg (G_OBJECT (chain[0]), "wave", wave);
  }
  return duo_elements_make_source_bin (name, chain, length);
}

/* Newer versions of the element lack what has become the only way there. */
static void
set_if_known (GstElement *element, const char *property, gboolean value)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), property) != NULL)
    g_object_set (element, property, value, NULL);
}

static GstElement *
make_processor (const char *echo_probe, gboolean noise_suppression)
{
  GstElement *processor = gst_element_factory_make ("webrtcdsp", "processor");

  g_object_set (processor,
                "echo-cancel",
                echo_probe != NULL,
                "noise-suppression",
                noise_suppression,
                NULL);
  if (echo_probe != NULL)
    g_object_set (processor, "probe", echo_probe, NULL);
  /* By the timestamps of both sides. Without them the reference is a queue that nobody aligns:
   * sound that was played before the microphone opened, or while it dropped out, makes it late for
   * good. */
  set_if_known (processor, "delay-agnostic", FALSE);
  /* Rooms answer for longer than the 48 ms that it looks at otherwise. */
  set_if_known (processor, "extended-filter", TRUE);
  return processor;
}

/**
 * duo_microphone_source_can_process:
 *
 * Returns: whether echo cancelling and noise suppression are installed
 */
gboolean
duo_microphone_source_can_process (void)
{
  g_autoptr (GstElementFactory) processor = gst_element_factory_find ("webrtcdsp");
  g_autoptr (GstElementFactory) probe = gst_element_factory_find ("webrtcechoprobe");

  return processor != NULL && probe != NULL;
}

/**
 * duo_microphone_source_new_test:
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Returns: (transfer floating) (nullable): a tone of 440 Hz
 */
GstElement *
duo_microphone_source_new_test (GError **error)
{
  return make_synthetic ("test-tone", "sine", TRUE, error);
}

/**
 * duo_microphone_source_new_silent:
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Returns: (transfer floating) (nullable): silence, for when there is no microphone
 */
GstElement *
duo_microphone_source_new_silent (GError **error)
{
  return make_synthetic ("silence", "silence", FALSE, error);
}

/**
 * duo_microphone_source_new_for_device:
 * @device: a microphone
 * @echo_probe: (nullable): name of the webrtcechoprobe before the speaker, which exists already, or
 *   %NULL for no echo cancelling
 * @noise_suppression: whether to take noise away
 * @error: return location for a #DuoMediaError
 *
 * Returns: (transfer floating) (nullable): sound in the format of duo_elements_dup_voice_caps(), as
 *   clean as the installed plug-ins make it
 */
GstElement *
duo_microphone_source_new_for_device (DuoDevice *device,
                                      const char *echo_probe,
                                      gboolean noise_suppression,
                                      GError **error)
{
  g_autoptr (GstCaps) format = duo_elements_dup_voice_caps ();
  GstElement *element = gst_device_create_element (duo_device_get_source (device), "source");
  GstElement *chain[6] = {
    element,
    duo_elements_make ("audioconvert", "convert", error),
    duo_elements_make ("audioresample", "resample", error),
    duo_elements_make_caps_filter ("format", format),
  };
  gsize length = 4;

  if (duo_microphone_source_can_process ())
    chain[length++] = make_processor (echo_probe, noise_suppression);
  chain[length++] = duo_elements_make ("level", "level", error);

  if (element == NULL)
    g_set_error (error,
                 DUO_MEDIA_ERROR,
                 DUO_MEDIA_ERROR_MISSING_PLUGIN,
                 "There is no element for “%s”",
                 duo_device_get_label (device));
  else if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "latency-time") != NULL)
    g_object_set (element,
                  "latency-time",
                  (gint64) (LATENCY / GST_USECOND),
                  "buffer-time",
                  (gint64) (4 * LATENCY / GST_USECOND),
                  NULL);
  return duo_elements_make_source_bin ("microphone", chain, length);
}
