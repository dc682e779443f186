/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_VIDEO_VIEW (duo_video_view_get_type ())
G_DECLARE_FINAL_TYPE (DuoVideoView, duo_video_view, DUO, VIDEO_VIEW, GtkWidget)

void duo_video_view_set_paintable (DuoVideoView *self, GdkPaintable *paintable);
void duo_video_view_set_mirrored (DuoVideoView *self, gboolean mirrored);
void duo_video_view_set_frozen (DuoVideoView *self, gboolean frozen);

G_END_DECLS
