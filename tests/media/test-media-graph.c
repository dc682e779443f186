/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "media-fixture.h"

static GstElement *
make_preview_sink (GstAppSink **sink)
{
  GstElement *element = gst_element_factory_make ("appsink", "preview");

  g_object_set (element, "max-buffers", 1, "drop", TRUE, NULL);
  *sink = gst_object_ref (GST_APP_SINK (element));
  return element;
}

static void
count (guint *counter)
{
  ++*counter;
}

static void
test_frames_flow (void)
{
  DuoMediaGraph *graph = duo_media_graph_new (NULL, TRUE);
  MediaPeer *peer = media_peer_new (duo_media_graph_get_clock (graph), 600);
  guint levels = 0;
  double level;

  g_signal_connect_swapped (graph, "notify::microphone-level", G_CALLBACK (count), &levels);
  duo_media_graph_start (graph);
  duo_media_graph_attach_peer (graph,
                               duo_audio_encoder_get_source (peer->audio_encoder),
                               duo_video_encoder_get_source (peer->video_encoder),
                               peer->audio_out);
  wait_until (duo_video_encoder_get_frames (peer->video_encoder) >= 30);
  wait_until (levels > 0);
  g_object_get (graph, "microphone-level", &level, NULL);
  /* A sine of 0.3 is −13.5 dBFS. */
  g_assert_cmpfloat_with_epsilon (level, 1 - 13.5 / 60, 0.02);
  g_assert_cmpint (media_get_enum (graph, "camera-problem"), ==, DUO_MEDIA_PROBLEM_NONE);
  g_assert_cmpint (media_get_enum (graph, "microphone-problem"), ==, DUO_MEDIA_PROBLEM_NONE);

  duo_media_graph_detach_peer (graph);
  media_peer_free (peer);
  media_graph_stop (graph);
}

static void
test_preview (void)
{
  DuoMediaGraph *graph = duo_media_graph_new (NULL, TRUE);
  GstAppSink *sink;
  int width, height;

  duo_media_graph_set_preview_sink (graph, make_preview_sink (&sink));
  duo_media_graph_start (graph);

  GstSample *sample = media_pull_newest (sink);
  GstStructure *format = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  g_assert_true (
    gst_structure_get (format, "width", G_TYPE_INT, &width, "height", G_TYPE_INT, &height, NULL));
  g_assert_cmpint (width, ==, 320);
  g_assert_cmpint (height, ==, 180);
  gst_sample_unref (sample);

  duo_media_graph_set_preview_large (graph, TRUE);
  do {
    sample = media_pull_newest (sink);
    format = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
    g_assert_true (gst_structure_get_int (format, "width", &width));
    gst_sample_unref (sample);
  } while (width != 960);

  /* With another sink the last one is let go. */
  duo_media_graph_set_preview_sink (graph, NULL);
  wait_until (GST_OBJECT_REFCOUNT_VALUE (sink) == 1);
  gst_object_unref (sink);
  media_graph_stop (graph);
}

static void
test_camera_off_is_black (void)
{
  DuoMediaGraph *graph = duo_media_graph_new (NULL, TRUE);
  GstAppSink *sink;
  double brightness = 0;

  duo_media_graph_set_preview_sink (graph, make_preview_sink (&sink));
  duo_media_graph_start (graph);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstSample) sample = media_pull_newest (sink);
    brightness = MAX (brightness, media_average_brightness (sample));
  }
  g_assert_cmpfloat (brightness, >, 16.1);

  g_object_set (graph, "camera-enabled", FALSE, NULL);
  do {
    g_autoptr (GstSample) sample = media_pull_newest (sink);
    brightness = media_average_brightness (sample);
  } while (brightness > 16.0);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstSample) sample = media_pull_newest (sink);
    g_assert_cmpfloat (media_average_brightness (sample), <=, 16.0);
  }

  g_object_set (graph, "camera-enabled", TRUE, NULL);
  do {
    g_autoptr (GstSample) sample = media_pull_newest (sink);
    brightness = media_average_brightness (sample);
  } while (brightness <= 16.0);

  gst_object_unref (sink);
  media_graph_stop (graph);
}

static void
test_mute (void)
{
  DuoMediaGraph *graph = duo_media_graph_new (NULL, TRUE);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *source = gst_element_factory_make ("appsrc", NULL);
  GstElement *video = gst_element_factory_make ("appsrc", NULL);
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  GstElement *video_sink = gst_element_factory_make ("fakesink", NULL);
  double loudness;

  gst_bin_add_many (GST_BIN (pipeline), source, sink, video, video_sink, NULL);
  g_assert_true (gst_element_link (source, sink));
  g_assert_true (gst_element_link (video, video_sink));
  g_object_set (source, "is-live", TRUE, "format", GST_FORMAT_TIME, NULL);
  g_object_set (video, "is-live", TRUE, "format", GST_FORMAT_TIME, NULL);
  g_object_set (video_sink, "sync", FALSE, "async", FALSE, NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, "max-buffers", 1, "drop", TRUE, NULL);
  gst_pipeline_use_clock (GST_PIPELINE (pipeline), duo_media_graph_get_clock (graph));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  duo_media_graph_start (graph);
  duo_media_graph_attach_peer (graph, GST_APP_SRC (source), GST_APP_SRC (video), NULL);
  for (gboolean enabled = TRUE; enabled >= FALSE; enabled--) {
    g_object_set (graph, "microphone-enabled", enabled, NULL);
    do {
      g_autoptr (GstSample) sample = media_pull_newest (GST_APP_SINK (sink));
      GstMapInfo map;

      gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ);
      loudness = media_loudness_at ((gint16 *) (gpointer) map.data, map.size / 2, 48000, 440);
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    } while (enabled ? loudness < 0.2 : loudness != 0);
  }

  gst_element_set_state (pipeline, GST_STATE_NULL);
  media_graph_stop (graph);
}

/* Peers come and go while the capture goes on, and nothing of them stays behind. */
static void
test_peers_come_and_go (void)
{
  DuoMediaGraph *graph = duo_media_graph_new (NULL, TRUE);

  duo_media_graph_start (graph);
  for (guint i = 0; i < 5; i++) {
    MediaPeer *peer = media_peer_new (duo_media_graph_get_clock (graph), 600);
    DuoVideoEncoder *encoder = peer->video_encoder;

    g_object_add_weak_pointer (G_OBJECT (encoder), (gpointer *) &encoder);
    duo_media_graph_attach_peer (graph,
                                 duo_audio_encoder_get_source (peer->audio_encoder),
                                 duo_video_encoder_get_source (peer->video_encoder),
                                 peer->audio_out);
    wait_until (duo_video_encoder_get_frames (peer->video_encoder) >= 2);
    duo_media_graph_detach_peer (graph);
    media_peer_free (peer);
    wait_until (encoder == NULL);
  }
  media_graph_stop (graph);
}

/* Nobody has to wait for anybody. */
static void
test_dropped_without_stop (void)
{
  DuoMediaGraph *graph = duo_media_graph_new (NULL, TRUE);
  GstAppSink *sink;

  duo_media_graph_set_preview_sink (graph, make_preview_sink (&sink));
  duo_media_graph_start (graph);
  g_assert_finalize_object (graph);
  wait_until (GST_OBJECT_REFCOUNT_VALUE (sink) == 1);
  gst_object_unref (sink);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_func ("/media/graph/frames-flow", test_frames_flow);
  g_test_add_func ("/media/graph/preview", test_preview);
  g_test_add_func ("/media/graph/camera-off-is-black", test_camera_off_is_black);
  g_test_add_func ("/media/graph/mute", test_mute);
  g_test_add_func ("/media/graph/peers-come-and-go", test_peers_come_and_go);
  g_test_add_func ("/media/graph/dropped-without-stop", test_dropped_without_stop);

  return g_test_run ();
}
