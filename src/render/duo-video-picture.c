/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-render"

#include "config.h"

#include "duo-video-picture.h"

struct _DuoVideoPicture {
  gatomicrefcount references;

  /* Owned, one of the two */
  cairo_surface_t *surface;
  GdkTexture *texture;

  int columns;
  int rows;
  double width;
  double height;
  GstVideoOrientationMethod orientation;
};

typedef struct {
  int degrees;
  gboolean flipped;
} Turn;

/* A flip is left to right and comes before the turn, which is clockwise. */
static const Turn turns[] = {
  [GST_VIDEO_ORIENTATION_IDENTITY] = { 0, FALSE }, [GST_VIDEO_ORIENTATION_90R] = { 90, FALSE },
  [GST_VIDEO_ORIENTATION_180] = { 180, FALSE },    [GST_VIDEO_ORIENTATION_90L] = { 270, FALSE },
  [GST_VIDEO_ORIENTATION_HORIZ] = { 0, TRUE },     [GST_VIDEO_ORIENTATION_VERT] = { 180, TRUE },
  [GST_VIDEO_ORIENTATION_UL_LR] = { 270, TRUE },   [GST_VIDEO_ORIENTATION_UR_LL] = { 90, TRUE },
};

static Turn
find_turn (GstVideoOrientationMethod orientation)
{
  if ((guint) orientation >= G_N_ELEMENTS (turns))
    orientation = GST_VIDEO_ORIENTATION_IDENTITY;

  return turns[orientation];
}

static void
frame_free (gpointer data)
{
  GstVideoFrame *frame = data;

  gst_video_frame_unmap (frame);
  g_free (frame);
}

/* An opaque surface is what pixman copies fastest; nothing is copied here. */
static cairo_surface_t *
create_surface (GstVideoFrame *frame)
{
  static const cairo_user_data_key_t key;
  cairo_surface_t *surface;

  surface = cairo_image_surface_create_for_data (GST_VIDEO_FRAME_PLANE_DATA (frame, 0),
                                                 CAIRO_FORMAT_RGB24,
                                                 GST_VIDEO_FRAME_WIDTH (frame),
                                                 GST_VIDEO_FRAME_HEIGHT (frame),
                                                 GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0));
  if (cairo_surface_set_user_data (surface, &key, frame, frame_free) != CAIRO_STATUS_SUCCESS)
    frame_free (frame);

  return surface;
}

static GdkTexture *
create_texture (GstVideoFrame *frame)
{
  int stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_bytes_new_with_free_func (GST_VIDEO_FRAME_PLANE_DATA (frame, 0),
                                      (gsize) stride * GST_VIDEO_FRAME_HEIGHT (frame),
                                      frame_free,
                                      frame);
  return gdk_memory_texture_new (GST_VIDEO_FRAME_WIDTH (frame),
                                 GST_VIDEO_FRAME_HEIGHT (frame),
                                 GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                 bytes,
                                 stride);
}

/**
 * duo_video_picture_new:
 * @frame: (transfer full): a mapped frame of four bytes a pixel in cairo's order, opaque; freed
 *   with g_free() after unmapping
 * @mode: whether it becomes a surface or a texture
 * @width: how wide it is meant to be seen, before it is turned; its own pixels may not be square
 * @height: how high it is meant to be seen, before it is turned
 * @orientation: how it has to be turned to be upright
 *
 * Wraps the frame's memory without copying it. Any thread.
 *
 * Returns: (transfer full): the picture
 */
DuoVideoPicture *
duo_video_picture_new (GstVideoFrame *frame,
                       DuoRenderMode mode,
                       double width,
                       double height,
                       GstVideoOrientationMethod orientation)
{
  DuoVideoPicture *self;

  g_return_val_if_fail (frame != NULL, NULL);

  self = g_new0 (DuoVideoPicture, 1);
  g_atomic_ref_count_init (&self->references);
  self->columns = GST_VIDEO_FRAME_WIDTH (frame);
  self->rows = GST_VIDEO_FRAME_HEIGHT (frame);
  self->width = width;
  self->height = height;
  self->orientation = orientation;
  if (mode == DUO_RENDER_MODE_SOFTWARE)
    self->surface = create_surface (frame);
  else
    self->texture = create_texture (frame);

  return self;
}

/**
 * duo_video_picture_ref:
 * @self: a picture
 *
 * Any thread.
 *
 * Returns: (transfer full): the same
 */
DuoVideoPicture *
duo_video_picture_ref (DuoVideoPicture *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * duo_video_picture_unref:
 * @self: (transfer full): a picture
 *
 * Any thread.
 */
void
duo_video_picture_unref (DuoVideoPicture *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_object (&self->texture);
  g_free (self);
}

/**
 * duo_video_orientation_is_sideways:
 * @orientation: how a frame has to be turned
 *
 * Returns: whether turning it swaps width and height
 */
gboolean
duo_video_orientation_is_sideways (GstVideoOrientationMethod orientation)
{
  return find_turn (orientation).degrees % 180 != 0;
}

/**
 * duo_video_picture_get_width:
 * @self: a picture
 *
 * Returns: the width as it is to be seen: upright, in square pixels
 */
double
duo_video_picture_get_width (DuoVideoPicture *self)
{
  return duo_video_orientation_is_sideways (self->orientation) ? self->height : self->width;
}

/**
 * duo_video_picture_get_height:
 * @self: a picture
 *
 * Returns: the height as it is to be seen: upright, in square pixels
 */
double
duo_video_picture_get_height (DuoVideoPicture *self)
{
  return duo_video_orientation_is_sideways (self->orientation) ? self->width : self->height;
}

static cairo_surface_t *
acquire_cb (cairo_pattern_t *pattern,
            void *data,
            cairo_surface_t *target,
            const cairo_rectangle_int_t *extents)
{
  DuoVideoPicture *self = data;

  return cairo_surface_reference (self->surface);
}

static void
release_cb (cairo_pattern_t *pattern, void *data, cairo_surface_t *surface)
{
  cairo_surface_destroy (surface);
}

static cairo_status_t
copy_cb (cairo_pattern_t *pattern, void *data, const cairo_pattern_t *other)
{
  duo_video_picture_ref (data);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
snapshot_cb (cairo_pattern_t *pattern, void *data)
{
  return CAIRO_STATUS_SUCCESS;
}

static void
finish_cb (cairo_pattern_t *pattern, void *data)
{
  duo_video_picture_unref (data);
}

/* GTK records what is drawn. Of a surface that is recorded cairo keeps a snapshot, and copies it as
 * soon as the surface goes. A raster source has to be told how to do that, and a picture, which
 * never changes, needs nothing but a reference. */
static cairo_pattern_t *
create_pattern (DuoVideoPicture *self)
{
  cairo_pattern_t *pattern;

  pattern = cairo_pattern_create_raster_source (duo_video_picture_ref (self),
                                                CAIRO_CONTENT_COLOR,
                                                self->columns,
                                                self->rows);
  cairo_raster_source_pattern_set_acquire (pattern, acquire_cb, release_cb);
  cairo_raster_source_pattern_set_copy (pattern, copy_cb);
  cairo_raster_source_pattern_set_snapshot (pattern, snapshot_cb);
  cairo_raster_source_pattern_set_finish (pattern, finish_cb);
  /* Padding keeps the edges opaque, and with that pixman on its fast path. The better filters
   * cost several times as much. */
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
  return pattern;
}

static void
draw_upright (DuoVideoPicture *self, GtkSnapshot *snapshot, double width, double height)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_pattern_t *pattern;
  cairo_t *cr;

  if (self->texture != NULL) {
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
    return;
  }

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  pattern = create_pattern (self);
  cairo_scale (cr, width / self->columns, height / self->rows);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
  cairo_destroy (cr);
}

/**
 * duo_video_picture_draw:
 * @self: a picture
 * @snapshot: what to draw into, from its origin
 * @width: the width to fill
 * @height: the height to fill
 *
 * Draws the picture upright. Main thread.
 */
void
duo_video_picture_draw (DuoVideoPicture *self, GtkSnapshot *snapshot, double width, double height)
{
  Turn turn = find_turn (self->orientation);
  gboolean sideways = turn.degrees % 180 != 0;
  double before_width = sideways ? height : width;
  double before_height = sideways ? width : height;

  if (turn.degrees == 0 && !turn.flipped) {
    draw_upright (self, snapshot, width, height);
    return;
  }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  gtk_snapshot_rotate (snapshot, turn.degrees);
  if (turn.flipped)
    gtk_snapshot_scale (snapshot, -1, 1);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-before_width / 2, -before_height / 2));
  draw_upright (self, snapshot, before_width, before_height);
  gtk_snapshot_restore (snapshot);
}
