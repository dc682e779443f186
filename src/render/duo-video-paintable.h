/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_VIDEO_PAINTABLE (duo_video_paintable_get_type ())
G_DECLARE_FINAL_TYPE (DuoVideoPaintable, duo_video_paintable, DUO, VIDEO_PAINTABLE, GObject)

DuoVideoPaintable *duo_video_paintable_new (void);
GstElement *duo_video_paintable_create_sink (DuoVideoPaintable *self);
void duo_video_paintable_clear (DuoVideoPaintable *self);

gboolean duo_video_paintable_get_has_frame (DuoVideoPaintable *self);
guint64 duo_video_paintable_get_frames (DuoVideoPaintable *self);
void duo_video_paintable_set_scale_factor (DuoVideoPaintable *self, int scale_factor);

G_END_DECLS
