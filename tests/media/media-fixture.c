/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "media-fixture.h"

#include <gst/video/video.h>
#include <math.h>

/**
 * media_keep_going:
 *
 * Wakes the main context now and then, for conditions that no event tells of.
 */
gboolean
media_keep_going (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
set_flag (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * media_pump:
 * @milliseconds: how long
 *
 * Lets everything run for a while, to measure what happens meanwhile.
 */
void
media_pump (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static GstAppSink *
add_branch (GstElement *pipeline, GstElement *encoder, const char *description)
{
  g_autoptr (GError) error = NULL;
  GstElement *branch = gst_parse_bin_from_description (description, TRUE, &error);

  g_assert_no_error (error);
  gst_bin_add_many (GST_BIN (pipeline), encoder, branch, NULL);
  g_assert_true (gst_element_link (encoder, branch));
  return GST_APP_SINK (gst_bin_get_by_name (GST_BIN (branch), "out"));
}

/**
 * media_peer_new:
 * @clock: the graph's
 * @remote_frequency: tone that comes from the other side, in Hz
 */
MediaPeer *
media_peer_new (GstClock *clock, double remote_frequency)
{
  MediaPeer *peer = g_new0 (MediaPeer, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *remote =
    g_strdup_printf ("audiotestsrc name=voice is-live=true freq=%f volume=0.4 samplesperbuffer=960 "
                     "! audio/x-raw,format=S16LE,rate=48000,channels=1 "
                     "! appsink name=remote sync=false async=false max-buffers=5 drop=true",
                     remote_frequency);

  peer->pipeline = gst_object_ref_sink (gst_pipeline_new ("peer"));
  gst_pipeline_use_clock (GST_PIPELINE (peer->pipeline), clock);
  gst_bin_add (GST_BIN (peer->pipeline), gst_parse_bin_from_description (remote, FALSE, &error));
  g_assert_no_error (error);
  peer->audio_out = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (peer->pipeline), "remote"));

  peer->video_encoder = duo_video_encoder_new (&error);
  g_assert_no_error (error);
  peer->audio_encoder = duo_audio_encoder_new (&error);
  g_assert_no_error (error);
  peer->seen =
    add_branch (peer->pipeline,
                GST_ELEMENT (peer->video_encoder),
                "vp8dec ! appsink name=out sync=false async=false max-buffers=1 drop=true");
  peer->heard = add_branch (peer->pipeline,
                            GST_ELEMENT (peer->audio_encoder),
                            "opusdec ! audio/x-raw,format=S16LE,rate=48000,channels=1 "
                            "! appsink name=out sync=false async=false max-buffers=100 drop=true");
  gst_element_set_state (peer->pipeline, GST_STATE_PLAYING);
  return peer;
}

/**
 * media_peer_make_remote_beep:
 * @peer: a peer
 *
 * Lets short tones come from the other side instead of one, which nobody takes for noise.
 */
void
media_peer_make_remote_beep (MediaPeer *peer)
{
  g_autoptr (GstElement) voice = gst_bin_get_by_name (GST_BIN (peer->pipeline), "voice");

  gst_util_set_object_arg (G_OBJECT (voice), "wave", "ticks");
  g_object_set (voice, "sine-periods-per-tick", 100, "tick-interval", 300 * GST_MSECOND, NULL);
}

/**
 * media_peer_free:
 * @peer: a peer, detached from its graph
 */
void
media_peer_free (MediaPeer *peer)
{
  gst_element_set_state (peer->pipeline, GST_STATE_NULL);
  gst_object_unref (peer->audio_out);
  gst_object_unref (peer->seen);
  gst_object_unref (peer->heard);
  gst_object_unref (peer->pipeline);
  g_free (peer);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (duo_media_graph_stop_finish (DUO_MEDIA_GRAPH (source), result, NULL));
  set_flag (user_data);
}

/**
 * media_graph_stop:
 * @graph: (transfer full): a graph, of which this is the last reference
 */
void
media_graph_stop (DuoMediaGraph *graph)
{
  gboolean stopped = FALSE;

  duo_media_graph_stop_async (graph, on_stopped, &stopped);
  wait_until (stopped);
  g_assert_finalize_object (graph);
}

/**
 * media_desk_device:
 * @arguments: for desk-device
 */
void
media_desk_device (const char *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strconcat ("desk-device ", arguments, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_auto (GStrv) argv = g_strsplit (command, " ", -1);
  gboolean done = FALSE;

  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_async (process, NULL, NULL, NULL);
  while (!done) {
    media_pump (20);
    done = g_subprocess_get_identifier (process) == NULL;
  }
  g_assert_true (g_subprocess_get_successful (process));
}

/**
 * media_get_enum:
 * @object: an object
 * @property: one of its enumerations
 */
int
media_get_enum (gpointer object, const char *property)
{
  int value;

  g_object_get (object, property, &value, NULL);
  return value;
}

/**
 * media_pull_newest:
 * @sink: a sink
 *
 * Returns: (transfer full): what arrives next
 */
GstSample *
media_pull_newest (GstAppSink *sink)
{
  GstSample *sample = NULL;

  wait_until ((sample = gst_app_sink_try_pull_sample (sink, 0)) != NULL);
  return sample;
}

/**
 * media_collect_sound:
 * @sink: a sink of mono S16LE at 48 kHz
 * @seconds: how much
 *
 * Returns: (transfer full) (element-type gint16): what comes from now on
 */
GArray *
media_collect_sound (GstAppSink *sink, double seconds)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (gint16));
  GstSample *old;

  while ((old = gst_app_sink_try_pull_sample (sink, 0)) != NULL)
    gst_sample_unref (old);
  while (samples->len < 48000 * seconds) {
    g_autoptr (GstSample) sample = media_pull_newest (sink);
    GstBuffer *buffer = gst_sample_get_buffer (sample);
    GstMapInfo map;

    gst_buffer_map (buffer, &map, GST_MAP_READ);
    g_array_append_vals (samples, map.data, map.size / sizeof (gint16));
    gst_buffer_unmap (buffer, &map);
  }
  return samples;
}

/**
 * media_listen:
 * @source: a PulseAudio source, such as the monitor of a speaker
 * @sink: (out) (transfer full): where its sound comes out, mono at 48 kHz
 *
 * Returns: (transfer full): a pipeline from which sound comes, to be stopped
 */
GstElement *
media_listen (const char *source, GstAppSink **sink)
{
  g_autofree char *description =
    g_strdup_printf ("pulsesrc device=%s ! audio/x-raw,format=S16LE,rate=48000,channels=1 "
                     "! appsink name=out sync=false",
                     source);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  *sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (pipeline), "out"));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_sample_unref (media_pull_newest (*sink));
  return pipeline;
}

/**
 * media_record:
 * @source: a PulseAudio source, such as the monitor of a speaker
 * @seconds: how much
 *
 * Returns: (transfer full) (element-type gint16): mono at 48 kHz, from now on
 */
GArray *
media_record (const char *source, double seconds)
{
  g_autoptr (GstAppSink) sink = NULL;
  g_autoptr (GstElement) pipeline = media_listen (source, &sink);
  GArray *samples = media_collect_sound (sink, seconds);

  gst_element_set_state (pipeline, GST_STATE_NULL);
  return samples;
}

/**
 * media_average_brightness:
 * @sample: a picture whose first plane is its brightness
 *
 * Returns: 0 to 255
 */
double
media_average_brightness (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  double sum = 0;

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  for (int y = 0; y < info.height; y++) {
    const guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                        y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);

    for (int x = 0; x < info.width; x++)
      sum += row[x];
  }
  gst_video_frame_unmap (&frame);
  return sum / info.width / info.height;
}

/**
 * media_loudness:
 * @samples: sound
 * @n_samples: how much of it
 *
 * Returns: root mean square, in full scale
 */
double
media_loudness (const gint16 *samples, gsize n_samples)
{
  double sum = 0;

  for (gsize i = 0; i < n_samples; i++)
    sum += (double) samples[i] * samples[i];
  return sqrt (sum / n_samples) / G_MAXINT16;
}

/**
 * media_loudness_at:
 * @samples: sound
 * @n_samples: how much of it
 * @rate: samples a second
 * @frequency: in Hz
 *
 * Returns: amplitude of one frequency, in full scale (Goertzel)
 */
double
media_loudness_at (const gint16 *samples, gsize n_samples, guint rate, double frequency)
{
  double step = 2 * cos (2 * G_PI * frequency / rate), before = 0, last = 0;

  for (gsize i = 0; i < n_samples; i++) {
    double now = samples[i] / (double) G_MAXINT16 + step * last - before;

    before = last;
    last = now;
  }
  return 2 * sqrt (MAX (last * last + before * before - step * last * before, 0)) / n_samples;
}

/**
 * media_find_frequency:
 * @samples: sound
 * @n_samples: how much of it
 * @rate: samples a second
 *
 * Returns: the loudest frequency between 100 and 2000 Hz, to 5 Hz
 */
double
media_find_frequency (const gint16 *samples, gsize n_samples, guint rate)
{
  double best = 0, loudest = 0;

  for (double frequency = 100; frequency <= 2000; frequency += 5) {
    double loudness = media_loudness_at (samples, n_samples, rate, frequency);

    if (loudness > loudest) {
      loudest = loudness;
      best = frequency;
    }
  }
  return best;
}
