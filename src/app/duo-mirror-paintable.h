/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_MIRROR_PAINTABLE (duo_mirror_paintable_get_type ())
G_DECLARE_FINAL_TYPE (DuoMirrorPaintable, duo_mirror_paintable, DUO, MIRROR_PAINTABLE, GObject)

GdkPaintable *duo_mirror_paintable_new (GdkPaintable *source);
void duo_mirror_paintable_set_mirrored (DuoMirrorPaintable *self, gboolean mirrored);
gboolean duo_mirror_paintable_get_mirrored (DuoMirrorPaintable *self);

G_END_DECLS
