/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-recorder.h"
#include "media-fixture.h"

#include <glib/gstdio.h>

static GstPadProbeReturn
count_bytes (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  g_atomic_int_add ((int *) user_data,
                    (int) gst_buffer_get_size (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

/* An encoder in a pipeline of its own, and a probe on what comes out. */
static GstElement *
start_encoder (DuoVideoEncoder *encoder, GstPadProbeCallback callback, gpointer user_data)
{
  GstElement *pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (GST_ELEMENT (encoder), "src");

  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), GST_ELEMENT (encoder), sink, NULL);
  g_assert_true (gst_element_link (GST_ELEMENT (encoder), sink));
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, user_data, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

/* Snow cannot be compressed: what comes out is what the encoder was told to give. */
static void
test_bitrate (void)
{
  g_autoptr (GError) error = NULL;
  DuoVideoEncoder *encoder = duo_video_encoder_new (&error);
  g_autoptr (GstElement) snow =
    gst_parse_launch ("videotestsrc is-live=true pattern=snow "
                      "! video/x-raw,format=I420,width=160,height=90,framerate=30/1 "
                      "! appsink name=out sync=false",
                      &error);
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (snow), "out");
  static const guint rates[] = { 2000000, 1000000 };
  double measured[G_N_ELEMENTS (rates)];
  int bytes = 0;
  g_autoptr (GstElement) pipeline = start_encoder (encoder, count_bytes, &bytes);

  g_assert_no_error (error);

  /* Pictures one after the other, as fast as they are encoded: a second of them is thirty. */
  gst_element_set_state (snow, GST_STATE_PLAYING);
  g_autoptr (GstSample) sample = media_pull_newest (GST_APP_SINK (out));
  for (guint64 i = 0, round = 0; round < G_N_ELEMENTS (rates); i++) {
    g_autoptr (GstBuffer) buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
    g_autoptr (GstSample) next = NULL;

    if (i % 90 == 0)
      duo_video_encoder_set_bitrate (encoder, rates[round]);
    if (i % 90 == 30)
      g_atomic_int_set (&bytes, 0);
    GST_BUFFER_PTS (buffer) = i * GST_SECOND / 30;
    next = gst_sample_new (buffer, gst_sample_get_caps (sample), NULL, NULL);
    gst_app_src_push_sample (duo_video_encoder_get_source (encoder), next);
    wait_until (duo_video_encoder_get_frames (encoder) == i + 1);
    gst_sample_unref (sample);
    sample = media_pull_newest (GST_APP_SINK (out));
    if (i % 90 == 89)
      measured[round++] = g_atomic_int_get (&bytes) * 8.0 / 2;
  }
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_test_message ("%u bit/s asked, %.0f given", rates[i], measured[i]);
    g_assert_cmpfloat (measured[i], <, rates[i] * 1.3);
    g_assert_cmpfloat (measured[i], >, rates[i] * 0.7);
  }

  gst_element_set_state (snow, GST_STATE_NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

typedef struct {
  DuoVideoEncoder *encoder;
  GAsyncQueue *encoded;
  guint64 frames;
} SpeedTest;

static GstPadProbeReturn
pass_on (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  g_async_queue_push (user_data, gst_buffer_ref (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

static void
encode_one (SpeedTest *test, GstSample *picture)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_copy (gst_sample_get_buffer (picture));
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (GstBuffer) encoded = NULL;

  GST_BUFFER_PTS (buffer) = test->frames * GST_SECOND / 30;
  sample = gst_sample_new (buffer, gst_sample_get_caps (picture), NULL, NULL);
  gst_app_src_push_sample (duo_video_encoder_get_source (test->encoder), sample);
  encoded = g_async_queue_timeout_pop (test->encoded, 20 * G_USEC_PER_SEC);
  g_assert_nonnull (encoded);
  /* Another speed is no reason for another key frame. */
  g_assert_cmpint (GST_BUFFER_FLAG_IS_SET (encoded, GST_BUFFER_FLAG_DELTA_UNIT),
                   ==,
                   test->frames > 0);
  test->frames++;
}

static int
get_speed (SpeedTest *test)
{
  g_autoptr (GstElement) codec = gst_bin_get_by_name (GST_BIN (test->encoder), "encoder");
  int speed;

  g_object_get (codec, "cpu-used", &speed, NULL);
  return speed;
}

/* Frames one upon the other keep an encoder busy, fifteen small ones a second do not. */
static void
test_speed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncQueue) encoded = g_async_queue_new_full ((GDestroyNotify) gst_buffer_unref);
  SpeedTest test = { .encoder = duo_video_encoder_new (&error), .encoded = encoded };
  g_autoptr (GstElement) pipeline = start_encoder (test.encoder, pass_on, encoded);
  g_autoptr (GstElement) camera =
    gst_parse_launch ("videotestsrc is-live=true ! "
                      "video/x-raw,format=I420,width=160,height=90,framerate=15/1 "
                      "! appsink name=out sync=false drop=true max-buffers=1",
                      &error);
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (camera), "out");
  g_autoptr (GstSample) still = NULL;

  g_assert_no_error (error);
  gst_element_set_state (camera, GST_STATE_PLAYING);
  still = media_pull_newest (GST_APP_SINK (out));

  g_assert_cmpint (get_speed (&test), ==, -8);
  while (test.frames < 300 && get_speed (&test) == -8)
    encode_one (&test, still);
  g_assert_cmpint (get_speed (&test), ==, -16);

  while (test.frames < 900 && get_speed (&test) == -16) {
    g_autoptr (GstSample) live = gst_app_sink_pull_sample (GST_APP_SINK (out));

    encode_one (&test, live);
  }
  g_assert_cmpint (get_speed (&test), ==, -8);

  gst_element_set_state (camera, GST_STATE_NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* Larger pictures than 720p are scaled down in their own shape, smaller ones are left alone. */
static void
test_size (void)
{
  static const struct {
    int width, height, encoded_width, encoded_height;
  } cases[] = {
    { 1920, 1080, 1280, 720 }, { 1280, 720, 1280, 720 }, { 640, 480, 640, 480 },
    { 1440, 1080, 960, 720 },  { 320, 180, 320, 180 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GstClock) clock = gst_system_clock_obtain ();
    MediaPeer *peer = media_peer_new (clock, 500);
    g_autoptr (GstCaps) caps = gst_caps_new_simple ("video/x-raw",
                                                    "format",
                                                    G_TYPE_STRING,
                                                    "GRAY8",
                                                    "width",
                                                    G_TYPE_INT,
                                                    cases[i].width,
                                                    "height",
                                                    G_TYPE_INT,
                                                    cases[i].height,
                                                    "framerate",
                                                    GST_TYPE_FRACTION,
                                                    30,
                                                    1,
                                                    NULL);
    GstSample *seen = NULL;
    int width, height;

    for (guint frame = 0; seen == NULL; frame++) {
      g_autoptr (GstBuffer) buffer =
        gst_buffer_new_allocate (NULL, cases[i].width * cases[i].height, NULL);
      g_autoptr (GstSample) sample = NULL;

      g_assert_cmpuint (frame, <, 600);
      gst_buffer_memset (buffer, 0, 100, cases[i].width * cases[i].height);
      GST_BUFFER_PTS (buffer) = frame * GST_SECOND / 30;
      sample = gst_sample_new (buffer, caps, NULL, NULL);
      gst_app_src_push_sample (duo_video_encoder_get_source (peer->video_encoder), sample);
      media_pump (33);
      seen = gst_app_sink_try_pull_sample (peer->seen, 0);
    }
    gst_structure_get (gst_caps_get_structure (gst_sample_get_caps (seen), 0),
                       "width",
                       G_TYPE_INT,
                       &width,
                       "height",
                       G_TYPE_INT,
                       &height,
                       NULL);
    g_assert_cmpint (width, ==, cases[i].encoded_width);
    g_assert_cmpint (height, ==, cases[i].encoded_height);
    gst_sample_unref (seen);
    media_peer_free (peer);
  }
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  duo_recorder_stop_finish (DUO_RECORDER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
stop_recording (DuoRecorder *recorder)
{
  gboolean recorded = FALSE;

  duo_recorder_stop_async (recorder, on_recorded, &recorded);
  wait_until (recorded);
  g_assert_finalize_object (recorder);
}

/* How long the streams of a file are, and whether every frame of them can be decoded. */
static void
check_file (const char *path, guint least_pictures, double frequency)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description =
    g_strdup_printf ("filesrc location=%s ! matroskademux name=d "
                     "d.video_0 ! queue ! vp8dec ! appsink name=pictures sync=false "
                     "d.audio_0 ! queue ! opusdec ! audioresample ! audioconvert "
                     "! audio/x-raw,format=S16LE,rate=48000,channels=1 "
                     "! appsink name=sound sync=false",
                     path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) pictures = gst_bin_get_by_name (GST_BIN (pipeline), "pictures");
  g_autoptr (GstElement) sound = gst_bin_get_by_name (GST_BIN (pipeline), "sound");
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (gint16));
  GstSample *sample;
  guint n_pictures = 0;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (pictures))) != NULL) {
    n_pictures++;
    gst_sample_unref (sample);
  }
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (sound))) != NULL) {
    GstMapInfo map;

    gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ);
    g_array_append_vals (samples, map.data, map.size / sizeof (gint16));
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    gst_sample_unref (sample);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);

  g_assert_cmpuint (n_pictures, >=, least_pictures);
  if (frequency > 0)
    g_assert_cmpfloat_with_epsilon (media_find_frequency ((gint16 *) (gpointer) samples->data,
                                                          samples->len,
                                                          48000),
                                    frequency,
                                    5);
}

static void
test_record (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("duo-media-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "call.webm", NULL);
  DuoRecorder *recorder = duo_recorder_new (path, &error);
  DuoMediaGraph *graph = duo_media_graph_new (NULL, TRUE);

  g_assert_no_error (error);
  duo_media_graph_start (graph);
  duo_media_graph_set_remote_sound_tap (graph, duo_recorder_get_sound_tap (recorder));

  /* Two peers, as after a rebuild, with pictures of different sizes. */
  for (guint i = 0; i < 2; i++) {
    MediaPeer *peer = media_peer_new (duo_media_graph_get_clock (graph), 600);
    g_autofree char *description =
      g_strdup_printf ("videotestsrc is-live=true ! video/x-raw,width=%d,height=240,framerate=20/1 "
                       "! identity",
                       i == 0 ? 320 : 426);
    GstElement *remote = gst_parse_bin_from_description (description, TRUE, &error);
    GstElement *sink = duo_recorder_create_video_sink (recorder);

    gst_bin_add_many (GST_BIN (peer->pipeline), remote, sink, NULL);
    g_assert_true (gst_element_link (remote, sink));
    gst_element_sync_state_with_parent (sink);
    gst_element_sync_state_with_parent (remote);
    duo_media_graph_attach_peer (graph,
                                 duo_audio_encoder_get_source (peer->audio_encoder),
                                 duo_video_encoder_get_source (peer->video_encoder),
                                 peer->audio_out);
    media_pump (1200);
    duo_media_graph_detach_peer (graph);
    media_peer_free (peer);
  }
  duo_media_graph_set_remote_sound_tap (graph, NULL);
  stop_recording (recorder);
  media_graph_stop (graph);

  check_file (path, 20, 600);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

/* Nobody came, and still it is a file that players open. */
static void
test_record_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("duo-media-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "call.webm", NULL);

  stop_recording (duo_recorder_new (path, &error));
  check_file (path, 1, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_record_nowhere (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (duo_recorder_new ("/nonexistent/folder/call.webm", &error));
  g_assert_error (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_WRITE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_func ("/media/encoders/bitrate", test_bitrate);
  g_test_add_func ("/media/encoders/speed", test_speed);
  g_test_add_func ("/media/encoders/size", test_size);
  g_test_add_func ("/media/recorder/record", test_record);
  g_test_add_func ("/media/recorder/nothing", test_record_nothing);
  g_test_add_func ("/media/recorder/nowhere", test_record_nowhere);

  return g_test_run ();
}
