/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-mirror-paintable.h"

/**
 * DuoMirrorPaintable:
 *
 * Shows another paintable as in a mirror, which is how people know their own face. Only the
 * drawing is turned round: what is sent to the other person stays as the camera sees it.
 */
struct _DuoMirrorPaintable {
  GObject parent_instance;

  /* Owned */
  GdkPaintable *source;

  gboolean mirrored;
};

enum {
  PROP_0,
  PROP_MIRRORED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
duo_mirror_paintable_snapshot (GdkPaintable *paintable,
                               GdkSnapshot *snapshot,
                               double width,
                               double height)
{
  DuoMirrorPaintable *self = DUO_MIRROR_PAINTABLE (paintable);

  if (!self->mirrored) {
    gdk_paintable_snapshot (self->source, snapshot, width, height);
    return;
  }
  gtk_snapshot_save (GTK_SNAPSHOT (snapshot));
  gtk_snapshot_translate (GTK_SNAPSHOT (snapshot), &GRAPHENE_POINT_INIT (width, 0));
  gtk_snapshot_scale (GTK_SNAPSHOT (snapshot), -1, 1);
  gdk_paintable_snapshot (self->source, snapshot, width, height);
  gtk_snapshot_restore (GTK_SNAPSHOT (snapshot));
}

static int
duo_mirror_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_paintable_get_intrinsic_width (DUO_MIRROR_PAINTABLE (paintable)->source);
}

static int
duo_mirror_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_paintable_get_intrinsic_height (DUO_MIRROR_PAINTABLE (paintable)->source);
}

static double
duo_mirror_paintable_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  return gdk_paintable_get_intrinsic_aspect_ratio (DUO_MIRROR_PAINTABLE (paintable)->source);
}

static void
paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = duo_mirror_paintable_snapshot;
  iface->get_intrinsic_width = duo_mirror_paintable_get_intrinsic_width;
  iface->get_intrinsic_height = duo_mirror_paintable_get_intrinsic_height;
  iface->get_intrinsic_aspect_ratio = duo_mirror_paintable_get_intrinsic_aspect_ratio;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DuoMirrorPaintable,
                               duo_mirror_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_iface_init))

static void
duo_mirror_paintable_dispose (GObject *object)
{
  DuoMirrorPaintable *self = DUO_MIRROR_PAINTABLE (object);

  g_clear_object (&self->source);

  G_OBJECT_CLASS (duo_mirror_paintable_parent_class)->dispose (object);
}

static void
duo_mirror_paintable_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoMirrorPaintable *self = DUO_MIRROR_PAINTABLE (object);

  switch (id) {
  case PROP_MIRRORED:
    g_value_set_boolean (value, self->mirrored);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_mirror_paintable_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  DuoMirrorPaintable *self = DUO_MIRROR_PAINTABLE (object);

  switch (id) {
  case PROP_MIRRORED:
    duo_mirror_paintable_set_mirrored (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_mirror_paintable_class_init (DuoMirrorPaintableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_mirror_paintable_dispose;
  object_class->get_property = duo_mirror_paintable_get_property;
  object_class->set_property = duo_mirror_paintable_set_property;

  /**
   * DuoMirrorPaintable:mirrored:
   *
   * Whether left and right change places, %TRUE to begin with.
   */
  properties[PROP_MIRRORED] =
    g_param_spec_boolean ("mirrored",
                          NULL,
                          NULL,
                          TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_mirror_paintable_init (DuoMirrorPaintable *self)
{
  self->mirrored = TRUE;
}

/**
 * duo_mirror_paintable_new:
 * @source: what to mirror
 *
 * Returns: (transfer full): a paintable that follows @source
 */
GdkPaintable *
duo_mirror_paintable_new (GdkPaintable *source)
{
  DuoMirrorPaintable *self;

  g_return_val_if_fail (GDK_IS_PAINTABLE (source), NULL);

  self = g_object_new (DUO_TYPE_MIRROR_PAINTABLE, NULL);
  self->source = g_object_ref (source);
  g_signal_connect_object (source,
                           "invalidate-contents",
                           G_CALLBACK (gdk_paintable_invalidate_contents),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source,
                           "invalidate-size",
                           G_CALLBACK (gdk_paintable_invalidate_size),
                           self,
                           G_CONNECT_SWAPPED);
  return GDK_PAINTABLE (self);
}

/**
 * duo_mirror_paintable_set_mirrored:
 * @mirrored: whether left and right change places
 */
void
duo_mirror_paintable_set_mirrored (DuoMirrorPaintable *self, gboolean mirrored)
{
  g_return_if_fail (DUO_IS_MIRROR_PAINTABLE (self));

  if (self->mirrored == !!mirrored)
    return;
  self->mirrored = !!mirrored;
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MIRRORED]);
}

/**
 * duo_mirror_paintable_get_mirrored:
 *
 * Returns: whether left and right change places
 */
gboolean
duo_mirror_paintable_get_mirrored (DuoMirrorPaintable *self)
{
  g_return_val_if_fail (DUO_IS_MIRROR_PAINTABLE (self), FALSE);

  return self->mirrored;
}
