/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-receive-branch.h"

#include "duo-element.h"
#include "duo-keyframe-guard.h"
#include "duo-rtc-error.h"

/* 20 ms each: what the playback side has not taken by then is late anyway. */
#define AUDIO_SINK_BUFFERS 10

/**
 * duo_receive_branch_make_audio_sink:
 * @error: return location for a #GError
 *
 * Makes the sink that decoded sound of the peer ends in: S16LE, 48 kHz, mono. It does not wait for
 * the clock, as the pipeline that plays the sound does; what nobody pulls is dropped.
 *
 * Returns: (transfer full): a sink, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN
 */
GstAppSink *
duo_receive_branch_make_audio_sink (GError **error)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("audio/x-raw",
                                                  "format",
                                                  G_TYPE_STRING,
                                                  "S16LE",
                                                  "layout",
                                                  G_TYPE_STRING,
                                                  "interleaved",
                                                  "rate",
                                                  G_TYPE_INT,
                                                  48000,
                                                  "channels",
                                                  G_TYPE_INT,
                                                  1,
                                                  NULL);
  GstElement *sink = gst_element_factory_make ("appsink", NULL);

  if (sink == NULL) {
    g_set_error_literal (error,
                         DUO_RTC_ERROR,
                         DUO_RTC_ERROR_MISSING_PLUGIN,
                         "The GStreamer element “appsink” is not installed");
    return NULL;
  }

  g_object_set (sink,
                "caps",
                caps,
                "sync",
                FALSE,
                "async",
                FALSE,
                "max-buffers",
                AUDIO_SINK_BUFFERS,
                "drop",
                TRUE,
                NULL);
  return GST_APP_SINK (gst_object_ref_sink (sink));
}

/**
 * duo_receive_branch_new_audio:
 * @sink: from duo_receive_branch_make_audio_sink()
 * @error: return location for a #GError
 *
 * The way from webrtcbin to decoded sound. The decoder hides losses itself rather than by Opus'
 * in-band redundancy: for that, opusdec holds each packet back until the next has come and
 * announces 120 ms of latency to every sink of the pipeline, the picture included.
 *
 * Returns: (transfer full): a bin with a pad `sink`, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN
 *   or %DUO_RTC_ERROR_FAILED
 */
GstElement *
duo_receive_branch_new_audio (GstAppSink *sink, GError **error)
{
  g_autoptr (GstElement) bin = gst_object_ref_sink (gst_bin_new ("receive-audio"));
  GstElement *depayloader, *decoder, *converter;

  gst_bin_add (GST_BIN (bin), GST_ELEMENT (sink));

  depayloader = duo_element_add (GST_BIN (bin), "rtpopusdepay", error);
  if (depayloader == NULL)
    return NULL;
  decoder = duo_element_add (GST_BIN (bin), "opusdec", error);
  if (decoder == NULL)
    return NULL;
  converter = duo_element_add (GST_BIN (bin), "audioconvert", error);
  if (converter == NULL)
    return NULL;

  g_object_set (decoder, "plc", TRUE, "use-inband-fec", FALSE, NULL);

  if (!gst_element_link_many (depayloader, decoder, converter, GST_ELEMENT (sink), NULL)) {
    g_set_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "The audio decoder cannot be linked");
    return NULL;
  }
  if (!duo_element_ghost (bin, depayloader, "sink", error))
    return NULL;

  return g_steal_pointer (&bin);
}

/* Frames are shown as they come: waiting out the jitter buffer's latency would smooth a bad network
 * and delay every good one. A call has nothing to preroll either: without this the pipeline would
 * wait for the first frame before it starts. */
static void
show_at_once (GstElement *sink)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (sink);

  if (g_object_class_find_property (klass, "async") != NULL)
    g_object_set (sink, "async", FALSE, NULL);
  if (g_object_class_find_property (klass, "sync") != NULL)
    g_object_set (sink, "sync", FALSE, NULL);
}

/**
 * duo_receive_branch_new_video:
 * @sink: (transfer floating): takes raw video
 * @decoded: (out) (transfer full): the pad that decoded frames come out of
 * @error: return location for a #GError
 *
 * The way from webrtcbin to the picture. There is no queue in it: the jitter buffer has a thread of
 * its own, and decoding a frame takes a tenth of a frame's time. Only whole pictures are decoded,
 * beginning with a keyframe, and the depayloader asks for one when something is missing.
 *
 * Returns: (transfer full): a bin with a pad `sink`, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN
 *   or %DUO_RTC_ERROR_FAILED
 */
GstElement *
duo_receive_branch_new_video (GstElement *sink, GstPad **decoded, GError **error)
{
  g_autoptr (GstElement) bin = gst_object_ref_sink (gst_bin_new ("receive-video"));
  GstElement *depayloader, *decoder, *converter;

  gst_bin_add (GST_BIN (bin), sink);

  depayloader = duo_element_add (GST_BIN (bin), "rtpvp8depay", error);
  if (depayloader == NULL)
    return NULL;
  decoder = duo_element_add (GST_BIN (bin), "vp8dec", error);
  if (decoder == NULL)
    return NULL;
  /* Passes frames on untouched unless the sink cannot take what the decoder makes. */
  converter = duo_element_add (GST_BIN (bin), "videoconvert", error);
  if (converter == NULL)
    return NULL;

  g_object_set (depayloader, "wait-for-keyframe", TRUE, "request-keyframe", TRUE, NULL);
  duo_keyframe_guard_install (depayloader);
  g_object_set (decoder, "threads", 1u, NULL);
  show_at_once (sink);

  if (!gst_element_link_many (depayloader, decoder, converter, sink, NULL)) {
    g_set_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "The video decoder cannot be linked");
    return NULL;
  }
  if (!duo_element_ghost (bin, depayloader, "sink", error))
    return NULL;

  *decoded = gst_element_get_static_pad (decoder, "src");
  return g_steal_pointer (&bin);
}
