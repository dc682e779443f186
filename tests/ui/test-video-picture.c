/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gst/video/video.h>
#include <gtk/gtk.h>

#include "duo-video-picture.h"

#define WIDTH 8
#define HEIGHT 4
#define PIXEL 0xff3366ccu

static void
freed_cb (gpointer freed, GstMiniObject *buffer)
{
  *(gboolean *) freed = TRUE;
}

static DuoVideoPicture *
create_picture (DuoRenderMode mode, gboolean *freed)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT * 4, NULL);
  GstVideoFrame *frame = g_new (GstVideoFrame, 1);
  GstVideoInfo info;
  guint32 *pixels;

  gst_video_info_set_format (&info,
                             mode == DUO_RENDER_MODE_TEXTURE ? GST_VIDEO_FORMAT_BGRA
                                                             : GST_VIDEO_FORMAT_BGRx,
                             WIDTH,
                             HEIGHT);
  g_assert_true (gst_video_frame_map (frame, &info, buffer, GST_MAP_READWRITE));
  pixels = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    pixels[i] = PIXEL;

  gst_mini_object_weak_ref (GST_MINI_OBJECT (buffer), freed_cb, freed);
  gst_buffer_unref (buffer);
  return duo_video_picture_new (frame, mode, WIDTH, HEIGHT, GST_VIDEO_ORIENTATION_IDENTITY);
}

static void
check_drawing (GskRenderNode *node)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint32 pixel;

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  memcpy (&pixel, cairo_image_surface_get_data (surface), sizeof pixel);
  g_assert_cmphex (pixel, ==, PIXEL);
  cairo_surface_destroy (surface);
}

/* The memory of a frame is what is drawn, for as long as anything shows it and no longer: were it
 * let go before the node, something would have copied it. */
static void
test_not_copied (gconstpointer mode)
{
  gboolean freed = FALSE;
  DuoVideoPicture *picture = create_picture (GPOINTER_TO_INT (mode), &freed);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  duo_video_picture_draw (picture, snapshot, WIDTH, HEIGHT);
  node = gtk_snapshot_free_to_node (snapshot);
  check_drawing (node);

  duo_video_picture_unref (picture);
  g_assert_false (freed);
  check_drawing (node);

  gsk_render_node_unref (node);
  g_assert_true (freed);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_data_func ("/video-picture/not-copied/software",
                        GINT_TO_POINTER (DUO_RENDER_MODE_SOFTWARE),
                        test_not_copied);
  g_test_add_data_func ("/video-picture/not-copied/texture",
                        GINT_TO_POINTER (DUO_RENDER_MODE_TEXTURE),
                        test_not_copied);

  return g_test_run ();
}
