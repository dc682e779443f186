/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-video-view.h"

#include "duo-video-paintable.h"

#include <math.h>

/* The still that is shown while frozen: so small that stretching it finishes what the blur began.
 */
#define STILL_WIDTH 192
#define STILL_BLUR 5

/**
 * DuoVideoView:
 *
 * Draws a moving picture on whole pixels, so that it can be copied to the screen instead of being
 * interpolated: all of it, with black around, or cropped to fill. While frozen it shows the last
 * frame blurred and darkened, and costs nothing.
 */
struct _DuoVideoView {
  GtkWidget parent_instance;

  /* Owned */
  GdkPaintable *paintable;
  GdkTexture *still;

  gboolean crop;
  gboolean mirrored;
  gboolean frozen;
};

enum {
  PROP_0,
  PROP_CROP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoVideoView, duo_video_view, GTK_TYPE_WIDGET)

/* Nearly its own size is made its own size: a hundredth on either side is not missed, a picture
 * that needs no interpolation is sharper, and drawing it takes half the time. */
static void
prefer_own_size (DuoVideoView *self, int *width, int *height)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int own_width = gdk_paintable_get_intrinsic_width (self->paintable) / scale;
  int own_height = gdk_paintable_get_intrinsic_height (self->paintable) / scale;
  gboolean near =
    ABS (*width - own_width) * 50 <= own_width && ABS (*height - own_height) * 50 <= own_height;
  gboolean covers = own_width >= *width && own_height >= *height;

  if (!near || (self->crop && !covers))
    return;

  *width = own_width;
  *height = own_height;
}

/* Whole numbers, centred. */
static graphene_rect_t
find_picture (DuoVideoView *self, double ratio)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  gboolean wider = width > height * ratio;
  int picture_width = width;
  int picture_height = height;

  if (wider == self->crop)
    picture_height = lround (width / ratio);
  else
    picture_width = lround (height * ratio);
  prefer_own_size (self, &picture_width, &picture_height);

  return GRAPHENE_RECT_INIT ((width - picture_width) / 2,
                             (height - picture_height) / 2,
                             picture_width,
                             picture_height);
}

/* Around the picture, not beneath it: filling what is covered anyway costs as much as copying it.
 */
static void
draw_bars (DuoVideoView *self, GtkSnapshot *snapshot, const graphene_rect_t *picture)
{
  float width = gtk_widget_get_width (GTK_WIDGET (self));
  float height = gtk_widget_get_height (GTK_WIDGET (self));
  float right = picture->origin.x + picture->size.width;
  float bottom = picture->origin.y + picture->size.height;
  const graphene_rect_t bars[] = {
    GRAPHENE_RECT_INIT (0, 0, width, picture->origin.y),
    GRAPHENE_RECT_INIT (0, bottom, width, height - bottom),
    GRAPHENE_RECT_INIT (0, picture->origin.y, picture->origin.x, picture->size.height),
    GRAPHENE_RECT_INIT (right, picture->origin.y, width - right, picture->size.height),
  };
  GdkRGBA black = { 0, 0, 0, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++) {
    if (bars[i].size.width > 0 && bars[i].size.height > 0)
      gtk_snapshot_append_color (snapshot, &black, &bars[i]);
  }
}

/* Blurring a whole frame in software takes longer than a frame lasts. This does it once, on one
 * small enough. */
static GdkTexture *
create_still (DuoVideoView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  double ratio = gdk_paintable_get_intrinsic_aspect_ratio (self->paintable);
  GtkSnapshot *snapshot;
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t bounds;

  if (native == NULL || gtk_native_get_renderer (native) == NULL || ratio <= 0)
    return NULL;

  bounds = GRAPHENE_RECT_INIT (0, 0, STILL_WIDTH, lround (STILL_WIDTH / ratio));
  snapshot = gtk_snapshot_new ();
  gtk_snapshot_push_blur (snapshot, STILL_BLUR);
  gdk_paintable_snapshot (self->paintable, snapshot, bounds.size.width, bounds.size.height);
  gtk_snapshot_pop (snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;

  return gsk_renderer_render_texture (gtk_native_get_renderer (native), node, &bounds);
}

static void
draw_picture (DuoVideoView *self, GtkSnapshot *snapshot, const graphene_rect_t *picture)
{
  GdkRGBA veil = { 0, 0, 0, 0.45 };

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &picture->origin);
  if (self->mirrored) {
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (picture->size.width, 0));
    gtk_snapshot_scale (snapshot, -1, 1);
  }

  if (self->frozen && self->still == NULL)
    self->still = create_still (self);
  gdk_paintable_snapshot (self->still != NULL ? GDK_PAINTABLE (self->still) : self->paintable,
                          snapshot,
                          picture->size.width,
                          picture->size.height);
  gtk_snapshot_restore (snapshot);

  if (self->frozen)
    gtk_snapshot_append_color (snapshot, &veil, picture);
}

static void
duo_video_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DuoVideoView *self = DUO_VIDEO_VIEW (widget);
  graphene_rect_t picture = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  double ratio = 0;

  if (self->paintable != NULL)
    ratio = gdk_paintable_get_intrinsic_aspect_ratio (self->paintable);
  if (ratio > 0)
    picture = find_picture (self, ratio);

  if (!self->crop)
    draw_bars (self, snapshot, &picture);
  if (picture.size.width > 0 && picture.size.height > 0)
    draw_picture (self, snapshot, &picture);
}

static void
duo_video_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

static void
scale_factor_changed_cb (DuoVideoView *self)
{
  if (DUO_IS_VIDEO_PAINTABLE (self->paintable))
    duo_video_paintable_set_scale_factor (DUO_VIDEO_PAINTABLE (self->paintable),
                                          gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

static void
contents_changed_cb (DuoVideoView *self)
{
  if (!self->frozen || self->still == NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
duo_video_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DuoVideoView *self = DUO_VIDEO_VIEW (object);

  switch (id) {
  case PROP_CROP:
    self->crop = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_video_view_dispose (GObject *object)
{
  DuoVideoView *self = DUO_VIDEO_VIEW (object);

  duo_video_view_set_paintable (self, NULL);
  g_clear_object (&self->still);

  G_OBJECT_CLASS (duo_video_view_parent_class)->dispose (object);
}

static void
duo_video_view_class_init (DuoVideoViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = duo_video_view_set_property;
  object_class->dispose = duo_video_view_dispose;
  widget_class->snapshot = duo_video_view_snapshot;
  widget_class->measure = duo_video_view_measure;

  /**
   * DuoVideoView:crop:
   *
   * Whether the picture fills the widget, at the cost of its edges.
   */
  properties[PROP_CROP] =
    g_param_spec_boolean ("crop",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "videoview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
duo_video_view_init (DuoVideoView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_factor_changed_cb), NULL);
}

/**
 * duo_video_view_set_paintable:
 * @self: a view
 * @paintable: (nullable): what to show
 */
void
duo_video_view_set_paintable (DuoVideoView *self, GdkPaintable *paintable)
{
  g_return_if_fail (DUO_IS_VIDEO_VIEW (self));
  g_return_if_fail (paintable == NULL || GDK_IS_PAINTABLE (paintable));

  if (self->paintable == paintable)
    return;

  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_set_object (&self->paintable, paintable);
  if (paintable != NULL) {
    g_signal_connect_swapped (paintable,
                              "invalidate-contents",
                              G_CALLBACK (contents_changed_cb),
                              self);
    g_signal_connect_swapped (paintable, "invalidate-size", G_CALLBACK (contents_changed_cb), self);
    scale_factor_changed_cb (self);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * duo_video_view_set_mirrored:
 * @self: a view
 * @mirrored: whether left and right are swapped, as people know themselves
 */
void
duo_video_view_set_mirrored (DuoVideoView *self, gboolean mirrored)
{
  g_return_if_fail (DUO_IS_VIDEO_VIEW (self));

  self->mirrored = mirrored;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * duo_video_view_set_frozen:
 * @self: a view
 * @frozen: whether the picture stands still, blurred and darkened
 */
void
duo_video_view_set_frozen (DuoVideoView *self, gboolean frozen)
{
  g_return_if_fail (DUO_IS_VIDEO_VIEW (self));

  if (self->frozen == frozen)
    return;

  self->frozen = frozen;
  g_clear_object (&self->still);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
