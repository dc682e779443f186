/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <gtk/gtk.h>

#include "duo-render.h"
#include "duo-video-paintable.h"
#include "ui-wait.h"

/* One pipeline: the test's frames into a new sink of the paintable. */
typedef struct {
  GstElement *pipeline;
  GstElement *source;
  GstElement *sink;
} Feed;

typedef struct {
  guint8 red;
  guint8 green;
  guint8 blue;
} Colour;

static const Colour red = { 230, 20, 20 }, blue = { 20, 20, 230 };

static void
feed_init (Feed *feed, DuoVideoPaintable *paintable, const char *caps)
{
  g_autoptr (GstCaps) parsed = gst_caps_from_string (caps);

  feed->pipeline = gst_pipeline_new (NULL);
  feed->source = gst_element_factory_make ("appsrc", NULL);
  feed->sink = duo_video_paintable_create_sink (paintable);
  g_object_set (feed->source, "caps", parsed, "format", GST_FORMAT_TIME, NULL);
  g_object_set (feed->sink, "sync", FALSE, "async", FALSE, NULL);
  gst_bin_add_many (GST_BIN (feed->pipeline), feed->source, feed->sink, NULL);
  g_assert_true (gst_element_link (feed->source, feed->sink));
  gst_element_set_state (feed->pipeline, GST_STATE_PLAYING);
}

static void
feed_clear (Feed *feed)
{
  GstElement *sink = feed->sink;

  g_object_add_weak_pointer (G_OBJECT (sink), (gpointer *) &sink);
  gst_element_set_state (feed->pipeline, GST_STATE_NULL);
  g_assert_finalize_object (feed->pipeline);
  g_assert_null (sink);
}

/* A frame of RGB whose left half is of one colour and whose right half is of another. */
static void
feed_push (Feed *feed, Colour left, Colour right)
{
  g_autoptr (GstCaps) caps = NULL;
  GstVideoInfo info;
  GstVideoFrame frame;
  GstBuffer *buffer;

  g_object_get (feed->source, "caps", &caps, NULL);
  g_assert_true (gst_video_info_from_caps (&info, caps));
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&info), NULL);
  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE));
  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (&frame); y++) {
    guint8 *row = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                  y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);

    for (int x = 0; x < GST_VIDEO_FRAME_WIDTH (&frame); x++) {
      Colour colour = x * 2 < GST_VIDEO_FRAME_WIDTH (&frame) ? left : right;

      row[x * 3] = colour.red;
      row[x * 3 + 1] = colour.green;
      row[x * 3 + 2] = colour.blue;
    }
  }
  gst_video_frame_unmap (&frame);
  g_assert_cmpint (gst_app_src_push_buffer (GST_APP_SRC (feed->source), buffer), ==, GST_FLOW_OK);
}

/* Waits until the sink has been through everything that was pushed. */
static void
feed_drain (Feed *feed, guint64 frames)
{
  g_autoptr (GstStructure) stats = NULL;
  guint64 rendered = 0;

  while (rendered < frames) {
    g_clear_pointer (&stats, gst_structure_free);
    g_object_get (feed->sink, "stats", &stats, NULL);
    gst_structure_get_uint64 (stats, "rendered", &rendered);
    g_usleep (1000);
  }
  /* The last one is counted before it is shown; and the first one is shown to preroll, too. */
  GST_PAD_STREAM_LOCK (GST_BASE_SINK_PAD (feed->sink));
  GST_PAD_STREAM_UNLOCK (GST_BASE_SINK_PAD (feed->sink));
}

static cairo_surface_t *
draw (DuoVideoPaintable *paintable, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (GDK_PAINTABLE (paintable), snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
check_pixel (cairo_surface_t *surface, int x, int y, Colour expected)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  const guint8 *at = data + y * cairo_image_surface_get_stride (surface) + x * 4;
  guint32 pixel;

  memcpy (&pixel, at, sizeof pixel);
  g_assert_cmpint (ABS ((int) (pixel >> 16 & 255) - expected.red), <, 12);
  g_assert_cmpint (ABS ((int) (pixel >> 8 & 255) - expected.green), <, 12);
  g_assert_cmpint (ABS ((int) (pixel & 255) - expected.blue), <, 12);
}

static void
check_halves (DuoVideoPaintable *paintable, int width, int height, Colour left, Colour right)
{
  cairo_surface_t *surface = draw (paintable, width, height);

  check_pixel (surface, width / 8, height / 2, left);
  check_pixel (surface, width - width / 8, height / 2, right);
  cairo_surface_destroy (surface);
}

#define CAPS_FORMAT "video/x-raw,format=RGB,width=%d,height=%d,framerate=30/1,pixel-aspect-ratio=%s"

static void
feed_init_size (Feed *feed, DuoVideoPaintable *paintable, int width, int height, const char *par)
{
  g_autofree char *caps = g_strdup_printf (CAPS_FORMAT, width, height, par);

  feed_init (feed, paintable, caps);
}

static void
use_mode (gconstpointer renderer)
{
  g_setenv ("GSK_RENDERER", renderer, TRUE);
  duo_render_prepare ();
}

static void
test_draw (gconstpointer renderer)
{
  g_autoptr (DuoVideoPaintable) paintable = NULL;
  Feed feed;

  use_mode (renderer);
  paintable = duo_video_paintable_new ();
  g_assert_false (duo_video_paintable_get_has_frame (paintable));
  feed_init_size (&feed, paintable, 64, 48, "1/1");

  feed_push (&feed, red, blue);
  ui_wait_until (duo_video_paintable_get_has_frame (paintable));
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (paintable)), ==, 64);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (paintable)), ==, 48);
  check_halves (paintable, 64, 48, red, blue);
  check_halves (paintable, 200, 100, red, blue);
  g_assert_cmpuint (duo_video_paintable_get_frames (paintable), ==, 1);

  feed_clear (&feed);
  g_assert_finalize_object (g_steal_pointer (&paintable));
}

/* What is drawn at another size is converted at that size from then on. */
static void
test_other_size (gconstpointer renderer)
{
  g_autoptr (DuoVideoPaintable) paintable = NULL;
  Feed feed;

  use_mode (renderer);
  paintable = duo_video_paintable_new ();
  feed_init_size (&feed, paintable, 321, 241, "1/1");
  for (int i = 0; i < 6; i++) {
    int size = i % 2 == 0 ? 90 : 451;

    feed_push (&feed, i % 3 == 0 ? red : blue, red);
    feed_drain (&feed, i + 1);
    ui_wait_until (duo_video_paintable_get_has_frame (paintable));
    check_halves (paintable, size, size - 1, i % 3 == 0 ? red : blue, red);
    g_assert_cmpuint (duo_video_paintable_get_frames (paintable), ==, i + 1);
    g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (paintable)), ==, 321);
    duo_video_paintable_clear (paintable);
  }

  feed_clear (&feed);
  g_assert_finalize_object (g_steal_pointer (&paintable));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_newest_only (void)
{
  g_autoptr (DuoVideoPaintable) paintable = NULL;
  guint invalidations = 0;
  Feed feed;

  use_mode ("cairo");
  paintable = duo_video_paintable_new ();
  g_signal_connect_swapped (paintable,
                            "invalidate-contents",
                            G_CALLBACK (count_cb),
                            &invalidations);
  feed_init_size (&feed, paintable, 64, 48, "1/1");
  for (int i = 0; i < 20; i++)
    feed_push (&feed, i < 19 ? red : blue, i < 19 ? red : blue);
  feed_drain (&feed, 20);

  ui_wait_until (duo_video_paintable_get_has_frame (paintable));
  ui_settle ();
  g_assert_cmpuint (invalidations, ==, 1);
  check_halves (paintable, 64, 48, blue, blue);
  g_assert_cmpuint (duo_video_paintable_get_frames (paintable), ==, 1);

  feed_clear (&feed);
  g_assert_finalize_object (g_steal_pointer (&paintable));
}

static void
test_pixel_aspect (void)
{
  g_autoptr (DuoVideoPaintable) paintable = NULL;
  Feed feed;

  use_mode ("cairo");
  paintable = duo_video_paintable_new ();
  feed_init_size (&feed, paintable, 60, 40, "2/1");
  feed_push (&feed, red, blue);
  ui_wait_until (duo_video_paintable_get_has_frame (paintable));
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (paintable)), ==, 120);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (paintable)), ==, 40);
  g_assert_cmpfloat (gdk_paintable_get_intrinsic_aspect_ratio (GDK_PAINTABLE (paintable)), ==, 3);

  feed_clear (&feed);
  g_assert_finalize_object (g_steal_pointer (&paintable));
}

typedef struct {
  const char *tag;
  gboolean sideways;
  gboolean red_first; /* on the left, or above where it lies on its side */
} Turned;

static void
test_orientation (gconstpointer data)
{
  static const Turned cases[] = {
    { "rotate-0", FALSE, TRUE },       { "rotate-180", FALSE, FALSE },
    { "rotate-90", TRUE, TRUE },       { "rotate-270", TRUE, FALSE },
    { "flip-rotate-0", FALSE, FALSE }, { "flip-rotate-180", FALSE, TRUE },
  };

  use_mode (data);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DuoVideoPaintable) paintable = duo_video_paintable_new ();
    GstTagList *tags = gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION, cases[i].tag, NULL);
    int width = cases[i].sideways ? 40 : 80;
    int height = cases[i].sideways ? 80 : 40;
    cairo_surface_t *surface;
    Feed feed;

    g_test_message ("%s", cases[i].tag);
    feed_init_size (&feed, paintable, 80, 40, "1/1");
    g_assert_true (gst_element_send_event (feed.source, gst_event_new_tag (tags)));
    feed_push (&feed, red, blue);
    ui_wait_until (duo_video_paintable_get_has_frame (paintable));
    g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (paintable)), ==, width);
    g_assert_cmpint (gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (paintable)), ==, height);

    surface = draw (paintable, width, height);
    check_pixel (surface, 5, 5, cases[i].red_first ? red : blue);
    check_pixel (surface, width - 5, height - 5, cases[i].red_first ? blue : red);
    cairo_surface_destroy (surface);
    feed_clear (&feed);
    g_assert_finalize_object (g_steal_pointer (&paintable));
  }
}

/* The picture stays when its pipeline goes, and a new one takes over with its first frame. */
static void
test_change_of_pipeline (void)
{
  g_autoptr (DuoVideoPaintable) paintable = NULL;
  Feed first;
  Feed second;

  use_mode ("cairo");
  paintable = duo_video_paintable_new ();
  feed_init_size (&first, paintable, 64, 48, "1/1");
  feed_push (&first, red, red);
  ui_wait_until (duo_video_paintable_get_has_frame (paintable));
  check_halves (paintable, 64, 48, red, red);

  feed_init_size (&second, paintable, 32, 32, "1/1");
  check_halves (paintable, 64, 48, red, red);
  feed_push (&second, blue, blue);
  ui_wait_until (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (paintable)) == 32);

  feed_push (&first, red, red);
  feed_drain (&first, 2);
  ui_settle ();
  check_halves (paintable, 32, 32, blue, blue);

  feed_clear (&second);
  feed_clear (&first);
  check_halves (paintable, 32, 32, blue, blue);
  duo_video_paintable_clear (paintable);
  g_assert_false (duo_video_paintable_get_has_frame (paintable));
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (paintable)), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&paintable));
}

static void
test_sink_outlives (void)
{
  DuoVideoPaintable *paintable;
  Feed feed;

  use_mode ("cairo");
  paintable = duo_video_paintable_new ();
  feed_init_size (&feed, paintable, 64, 48, "1/1");
  feed_push (&feed, red, blue);
  feed_drain (&feed, 1);
  g_assert_finalize_object (paintable);
  feed_push (&feed, red, blue);
  feed_drain (&feed, 2);
  ui_settle ();
  feed_clear (&feed);
}

static void
test_image_stays (void)
{
  g_autoptr (DuoVideoPaintable) paintable = NULL;
  g_autoptr (GdkPaintable) image = NULL;
  Feed feed;

  use_mode ("cairo");
  paintable = duo_video_paintable_new ();
  feed_init_size (&feed, paintable, 64, 48, "1/1");
  feed_push (&feed, red, blue);
  ui_wait_until (duo_video_paintable_get_has_frame (paintable));
  image = gdk_paintable_get_current_image (GDK_PAINTABLE (paintable));
  duo_video_paintable_clear (paintable);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (image), ==, 64);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (image), ==, 48);
  feed_clear (&feed);
  g_assert_finalize_object (g_steal_pointer (&paintable));
}

static GstElement *
create_live_pipeline (DuoVideoPaintable *paintable)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *sink = duo_video_paintable_create_sink (paintable);
  GstElement *source =
    gst_parse_bin_from_description ("videotestsrc is-live=true ! video/x-raw,format=I420,"
                                    "width=320,height=180,framerate=50/1",
                                    TRUE,
                                    NULL);

  gst_bin_add_many (GST_BIN (pipeline), source, sink, NULL);
  g_assert_true (gst_element_link (source, sink));
  return pipeline;
}

/* A live picture in a window: what is drawn is counted, and hiding it stops the work. */
static void
test_in_window (gconstpointer renderer)
{
  g_autoptr (DuoVideoPaintable) paintable = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  GtkWidget *window;
  GtkWidget *picture;
  guint64 before;

  use_mode (renderer);
  paintable = duo_video_paintable_new ();
  pipeline = create_live_pipeline (paintable);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  window = gtk_window_new ();
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (paintable));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 360);
  gtk_window_set_child (GTK_WINDOW (window), picture);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait_until (duo_video_paintable_get_frames (paintable) > 20);

  gtk_widget_hide (picture);
  ui_run_for (100);
  before = duo_video_paintable_get_frames (paintable);
  ui_run_for (200);
  g_assert_cmpuint (duo_video_paintable_get_frames (paintable), ==, before);

  gtk_widget_show (picture);
  ui_wait_until (duo_video_paintable_get_frames (paintable) > before + 5);

  gtk_window_destroy (GTK_WINDOW (window));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_finalize_object (g_steal_pointer (&pipeline));
  ui_wait_until (!g_main_context_pending (NULL));
  g_assert_finalize_object (g_steal_pointer (&paintable));
}

int
main (int argc, char *argv[])
{
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  duo_render_prepare ();
  gtk_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_data_func ("/video-paintable/draw/software", "cairo", test_draw);
  g_test_add_data_func ("/video-paintable/draw/texture", "gl", test_draw);
  g_test_add_data_func ("/video-paintable/other-size/software", "cairo", test_other_size);
  g_test_add_data_func ("/video-paintable/other-size/texture", "gl", test_other_size);
  g_test_add_func ("/video-paintable/newest-only", test_newest_only);
  g_test_add_func ("/video-paintable/pixel-aspect", test_pixel_aspect);
  g_test_add_data_func ("/video-paintable/orientation/software", "cairo", test_orientation);
  g_test_add_data_func ("/video-paintable/orientation/texture", "gl", test_orientation);
  g_test_add_func ("/video-paintable/change-of-pipeline", test_change_of_pipeline);
  g_test_add_func ("/video-paintable/sink-outlives", test_sink_outlives);
  g_test_add_func ("/video-paintable/image-stays", test_image_stays);
  g_test_add_data_func ("/video-paintable/in-window/software", "cairo", test_in_window);
  g_test_add_data_func ("/video-paintable/in-window/texture", "gl", test_in_window);

  return g_test_run ();
}
