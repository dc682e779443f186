/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gtk/gtk.h>

#include "duo-render.h"
#include "duo-video-view.h"
#include "ui-wait.h"

#define SIZE 400

typedef struct {
  GtkWidget *window;
  GtkWidget *view;
} Fixture;

typedef struct {
  int red;
  int green;
  int blue;
} Colour;

static const Colour black = { 0, 0, 0 };
static const Colour red = { 255, 0, 0 };
static const Colour blue = { 0, 0, 255 };

/* Twice as wide as high; red on the left, blue on the right. */
static GdkPaintable *
create_picture (void)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkRGBA left = { 1, 0, 0, 1 };
  GdkRGBA right = { 0, 0, 1, 1 };

  gtk_snapshot_append_color (snapshot, &left, &GRAPHENE_RECT_INIT (0, 0, 100, 100));
  gtk_snapshot_append_color (snapshot, &right, &GRAPHENE_RECT_INIT (100, 0, 100, 100));
  return gtk_snapshot_free_to_paintable (snapshot, &GRAPHENE_SIZE_INIT (200, 100));
}

static void
set_up (Fixture *fixture, gconstpointer crop)
{
  g_autoptr (GdkPaintable) picture = create_picture ();

  fixture->view = g_object_new (DUO_TYPE_VIDEO_VIEW, "crop", crop != NULL, NULL);
  duo_video_view_set_paintable (DUO_VIDEO_VIEW (fixture->view), picture);
  fixture->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), SIZE, SIZE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait_until (gtk_widget_get_width (fixture->view) == SIZE);
}

static void
tear_down (Fixture *fixture, gconstpointer crop)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_wait_until (fixture->view == NULL);
}

/* What was drawn last there; nothing is before the first frame. */
static Colour
look (Fixture *fixture, int x, int y)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (fixture->view);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  guint32 pixel = 0;

  gdk_paintable_snapshot (paintable, snapshot, SIZE, SIZE);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  memcpy (&pixel,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface) +
            x * 4,
          sizeof pixel);
  cairo_surface_destroy (surface);

  return (Colour){ pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255 };
}

static gboolean
is (Fixture *fixture, int x, int y, Colour expected)
{
  Colour found = look (fixture, x, y);

  return ABS (found.red - expected.red) < 12 && ABS (found.green - expected.green) < 12 &&
         ABS (found.blue - expected.blue) < 12;
}

static void
check (Fixture *fixture, int x, int y, Colour expected)
{
  Colour found = look (fixture, x, y);

  g_assert_cmpint (ABS (found.red - expected.red), <, 12);
  g_assert_cmpint (ABS (found.green - expected.green), <, 12);
  g_assert_cmpint (ABS (found.blue - expected.blue), <, 12);
}

static void
test_letterbox (Fixture *fixture, gconstpointer crop)
{
  ui_wait_until (is (fixture, 10, 105, red));
  check (fixture, 10, 95, black);
  check (fixture, 390, 295, blue);
  check (fixture, 390, 305, black);

  duo_video_view_set_paintable (DUO_VIDEO_VIEW (fixture->view), NULL);
  ui_wait_until (is (fixture, 10, 200, black));
  check (fixture, 390, 200, black);
}

static void
test_crop (Fixture *fixture, gconstpointer crop)
{
  ui_wait_until (is (fixture, 5, 5, red));
  check (fixture, 195, 395, red);
  check (fixture, 205, 5, blue);
  check (fixture, 395, 395, blue);
}

static void
test_mirrored (Fixture *fixture, gconstpointer crop)
{
  duo_video_view_set_mirrored (DUO_VIDEO_VIEW (fixture->view), TRUE);
  ui_wait_until (is (fixture, 10, 200, blue));
  check (fixture, 390, 200, red);
}

static void
test_frozen (Fixture *fixture, gconstpointer crop)
{
  Colour dark_red = { 140, 0, 0 };

  duo_video_view_set_frozen (DUO_VIDEO_VIEW (fixture->view), TRUE);
  ui_wait_until (is (fixture, 60, 200, dark_red));

  duo_video_view_set_frozen (DUO_VIDEO_VIEW (fixture->view), FALSE);
  ui_wait_until (is (fixture, 60, 200, red));
}

#define ADD(name, crop, function)                                                                  \
  g_test_add ("/video-view/" name, Fixture, crop, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  duo_render_prepare ();
  gtk_test_init (&argc, &argv, NULL);

  ADD ("letterbox", NULL, test_letterbox);
  ADD ("crop", "crop", test_crop);
  ADD ("mirrored", NULL, test_mirrored);
  ADD ("frozen", NULL, test_frozen);

  return g_test_run ();
}
