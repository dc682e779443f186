/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui-picture.h"

static void
fill_scene (cairo_t *cr, int width, int height, double hue)
{
  cairo_pattern_t *wall = cairo_pattern_create_linear (0, 0, width, height);
  float red;
  float green;
  float blue;

  gtk_hsv_to_rgb (hue, 0.45, 0.75, &red, &green, &blue);
  cairo_pattern_add_color_stop_rgb (wall, 0, red, green, blue);
  gtk_hsv_to_rgb (hue + 0.1, 0.5, 0.4, &red, &green, &blue);
  cairo_pattern_add_color_stop_rgb (wall, 1, red, green, blue);
  cairo_set_source (cr, wall);
  cairo_paint (cr);
  cairo_pattern_destroy (wall);
}

/* Somebody in front of a wall, a little to the left so that a mirror can be told from a window. */
static void
draw_person (cairo_t *cr, int width, int height)
{
  double x = width * 0.45;

  cairo_set_source_rgb (cr, 0.25, 0.32, 0.5);
  cairo_save (cr);
  cairo_translate (cr, x, height * 1.05);
  cairo_scale (cr, height * 0.42, height * 0.4);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.86, 0.66, 0.54);
  cairo_arc (cr, x, height * 0.42, height * 0.19, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.28, 0.18, 0.12);
  cairo_arc (cr, x, height * 0.38, height * 0.2, G_PI, 2 * G_PI);
  cairo_fill (cr);
}

/* A still picture that looks like somebody on camera. */
GdkPaintable *
ui_picture_new (int width, int height, double hue)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  fill_scene (cr, width, height, hue);
  draw_person (cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * height,
                                      (GDestroyNotify) cairo_surface_destroy,
                                      surface);
  return GDK_PAINTABLE (gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride));
}
