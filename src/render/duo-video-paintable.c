/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-render"

#include "config.h"

#include "duo-video-paintable.h"

#include "duo-video-sink.h"

#include <math.h>

/**
 * DuoVideoPaintable:
 *
 * The newest frame of a video, for any number of widgets. Pipelines come and go beneath it; the
 * last frame stays until the next one is there or it is cleared.
 */
struct _DuoVideoPaintable {
  GObject parent_instance;

  /* Owned */
  DuoFrameSlot *slot;
  DuoVideoPicture *picture;
  GdkPaintable *foreign;
  GdkPaintable *foreign_image;

  int scale_factor;
  gboolean counted;
  guint64 frames;
};

enum {
  PROP_0,
  PROP_HAS_FRAME,
  PROP_FRAMES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static double
get_width (DuoVideoPaintable *self)
{
  if (self->picture != NULL)
    return duo_video_picture_get_width (self->picture);

  return self->foreign_image != NULL ? gdk_paintable_get_intrinsic_width (self->foreign_image) : 0;
}

static double
get_height (DuoVideoPaintable *self)
{
  if (self->picture != NULL)
    return duo_video_picture_get_height (self->picture);

  return self->foreign_image != NULL ? gdk_paintable_get_intrinsic_height (self->foreign_image) : 0;
}

/* Takes both; one of them, or both, may be NULL. */
static void
set_content (DuoVideoPaintable *self, DuoVideoPicture *picture, GdkPaintable *foreign_image)
{
  double old_width = get_width (self);
  double old_height = get_height (self);
  gboolean had_frame = duo_video_paintable_get_has_frame (self);

  g_clear_pointer (&self->picture, duo_video_picture_unref);
  g_clear_object (&self->foreign_image);
  self->picture = picture;
  self->foreign_image = foreign_image;
  self->counted = FALSE;

  if (old_width != get_width (self) || old_height != get_height (self))
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  if (had_frame != duo_video_paintable_get_has_frame (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_FRAME]);
}

static void
picture_arrived_cb (gpointer user_data)
{
  DuoVideoPaintable *self = user_data;
  DuoVideoPicture *picture = duo_frame_slot_take (self->slot);

  if (picture != NULL)
    set_content (self, picture, NULL);
}

static GdkPaintable *
take_image (GtkSnapshot *snapshot, double width, double height)
{
  return gtk_snapshot_free_to_paintable (snapshot, &GRAPHENE_SIZE_INIT (width, height));
}

/* gtk4paintablesink empties its paintable when its pipeline goes. What has been on the screen is
 * therefore held as an image, which is no copy. */
static void
foreign_invalidated_cb (DuoVideoPaintable *self, GdkPaintable *foreign)
{
  int width = gdk_paintable_get_intrinsic_width (foreign);
  int height = gdk_paintable_get_intrinsic_height (foreign);
  GtkSnapshot *snapshot;

  if (width <= 0 || height <= 0)
    return;

  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (foreign, snapshot, width, height);
  self->frames++;
  set_content (self, NULL, take_image (snapshot, width, height));
}

static void
draw_picture (DuoVideoPaintable *self, GtkSnapshot *snapshot, double width, double height)
{
  if (!self->counted)
    self->frames++;
  self->counted = TRUE;

  duo_video_picture_draw (self->picture, snapshot, width, height);
  duo_frame_slot_drawn (self->slot,
                        lround (width * self->scale_factor),
                        lround (height * self->scale_factor));
}

static void
duo_video_paintable_snapshot (GdkPaintable *paintable,
                              GdkSnapshot *snapshot,
                              double width,
                              double height)
{
  DuoVideoPaintable *self = DUO_VIDEO_PAINTABLE (paintable);

  if (self->picture != NULL)
    draw_picture (self, snapshot, width, height);
  else if (self->foreign_image != NULL)
    gdk_paintable_snapshot (self->foreign_image, snapshot, width, height);
}

static GdkPaintable *
duo_video_paintable_get_current_image (GdkPaintable *paintable)
{
  DuoVideoPaintable *self = DUO_VIDEO_PAINTABLE (paintable);
  double width = get_width (self);
  double height = get_height (self);
  GtkSnapshot *snapshot;

  if (self->foreign_image != NULL)
    return g_object_ref (self->foreign_image);
  if (self->picture == NULL)
    return gdk_paintable_new_empty (0, 0);

  snapshot = gtk_snapshot_new ();
  duo_video_picture_draw (self->picture, snapshot, width, height);
  return take_image (snapshot, width, height);
}

static int
duo_video_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  return lround (get_width (DUO_VIDEO_PAINTABLE (paintable)));
}

static int
duo_video_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  return lround (get_height (DUO_VIDEO_PAINTABLE (paintable)));
}

static double
duo_video_paintable_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  DuoVideoPaintable *self = DUO_VIDEO_PAINTABLE (paintable);
  double height = get_height (self);

  return height > 0 ? get_width (self) / height : 0;
}

static void
paintable_interface_init (GdkPaintableInterface *interface)
{
  interface->snapshot = duo_video_paintable_snapshot;
  interface->get_current_image = duo_video_paintable_get_current_image;
  interface->get_intrinsic_width = duo_video_paintable_get_intrinsic_width;
  interface->get_intrinsic_height = duo_video_paintable_get_intrinsic_height;
  interface->get_intrinsic_aspect_ratio = duo_video_paintable_get_intrinsic_aspect_ratio;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DuoVideoPaintable,
                               duo_video_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_interface_init))

static void
duo_video_paintable_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoVideoPaintable *self = DUO_VIDEO_PAINTABLE (object);

  switch (id) {
  case PROP_HAS_FRAME:
    g_value_set_boolean (value, duo_video_paintable_get_has_frame (self));
    break;
  case PROP_FRAMES:
    g_value_set_uint64 (value, self->frames);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_video_paintable_dispose (GObject *object)
{
  DuoVideoPaintable *self = DUO_VIDEO_PAINTABLE (object);

  if (self->slot != NULL)
    duo_frame_slot_close (self->slot);
  g_clear_pointer (&self->slot, duo_frame_slot_unref);
  g_clear_pointer (&self->picture, duo_video_picture_unref);
  g_clear_object (&self->foreign);
  g_clear_object (&self->foreign_image);

  G_OBJECT_CLASS (duo_video_paintable_parent_class)->dispose (object);
}

static void
duo_video_paintable_class_init (DuoVideoPaintableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_video_paintable_get_property;
  object_class->dispose = duo_video_paintable_dispose;

  /**
   * DuoVideoPaintable:has-frame:
   *
   * Whether there is anything to see.
   */
  props[PROP_HAS_FRAME] =
    g_param_spec_boolean ("has-frame",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * DuoVideoPaintable:frames:
   *
   * How many different frames have been drawn. Not notified: read it when it is wanted.
   */
  props[PROP_FRAMES] =
    g_param_spec_uint64 ("frames",
                         NULL,
                         NULL,
                         0,
                         G_MAXUINT64,
                         0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
duo_video_paintable_init (DuoVideoPaintable *self)
{
  self->slot = duo_frame_slot_new (picture_arrived_cb, self);
  self->scale_factor = 1;
}

/**
 * duo_video_paintable_new:
 *
 * Returns: (transfer full): a paintable with nothing to see yet
 */
DuoVideoPaintable *
duo_video_paintable_new (void)
{
  return g_object_new (DUO_TYPE_VIDEO_PAINTABLE, NULL);
}

/* GStreamer's own sink for GTK 4 imports what hardware decoders leave in graphics memory. */
static GstElement *
create_foreign_sink (DuoVideoPaintable *self)
{
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GdkPaintable) foreign = NULL;

  if (duo_render_get_mode () != DUO_RENDER_MODE_TEXTURE)
    return NULL;

  sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (sink == NULL)
    return NULL;

  gst_object_ref_sink (sink);
  g_object_get (sink, "paintable", &foreign, NULL);
  if (foreign == NULL)
    return NULL;

  g_object_set (sink,
                "enable-last-sample",
                FALSE,
                "max-lateness",
                G_GINT64_CONSTANT (-1),
                "sync",
                FALSE,
                NULL);
  if (self->foreign != NULL)
    g_signal_handlers_disconnect_by_data (self->foreign, self);
  g_signal_connect_object (foreign,
                           "invalidate-contents",
                           G_CALLBACK (foreign_invalidated_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_set_object (&self->foreign, foreign);

  g_object_force_floating (G_OBJECT (sink));
  return g_steal_pointer (&sink);
}

/**
 * duo_video_paintable_create_sink:
 * @self: a paintable
 *
 * Makes a sink for a new pipeline. As soon as it has a frame, sinks made before it are no longer
 * listened to; until then what is to be seen stays. Main thread; GStreamer must be initialised.
 *
 * Returns: (transfer floating): the sink
 */
GstElement *
duo_video_paintable_create_sink (DuoVideoPaintable *self)
{
  GstElement *sink;

  g_return_val_if_fail (DUO_IS_VIDEO_PAINTABLE (self), NULL);

  sink = create_foreign_sink (self);
  return sink != NULL ? sink : duo_video_sink_new (self->slot, duo_render_get_mode ());
}

/**
 * duo_video_paintable_clear:
 * @self: a paintable
 *
 * Shows nothing until the next frame arrives. Main thread.
 */
void
duo_video_paintable_clear (DuoVideoPaintable *self)
{
  DuoVideoPicture *waiting;

  g_return_if_fail (DUO_IS_VIDEO_PAINTABLE (self));

  waiting = duo_frame_slot_take (self->slot);
  g_clear_pointer (&waiting, duo_video_picture_unref);
  set_content (self, NULL, NULL);
}

/**
 * duo_video_paintable_get_has_frame:
 * @self: a paintable
 *
 * Returns: whether there is anything to see
 */
gboolean
duo_video_paintable_get_has_frame (DuoVideoPaintable *self)
{
  g_return_val_if_fail (DUO_IS_VIDEO_PAINTABLE (self), FALSE);

  return self->picture != NULL || self->foreign_image != NULL;
}

/**
 * duo_video_paintable_get_frames:
 * @self: a paintable
 *
 * Returns: how many different frames have been drawn
 */
guint64
duo_video_paintable_get_frames (DuoVideoPaintable *self)
{
  g_return_val_if_fail (DUO_IS_VIDEO_PAINTABLE (self), 0);

  return self->frames;
}

/**
 * duo_video_paintable_set_scale_factor:
 * @self: a paintable
 * @scale_factor: the pixels of the screen to a unit, as gtk_widget_get_scale_factor() says
 *
 * Lets frames be converted at the size they will have on the screen. Main thread.
 */
void
duo_video_paintable_set_scale_factor (DuoVideoPaintable *self, int scale_factor)
{
  g_return_if_fail (DUO_IS_VIDEO_PAINTABLE (self));
  g_return_if_fail (scale_factor >= 1);

  self->scale_factor = scale_factor;
}
