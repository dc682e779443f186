/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/video/video.h>
#include <gtk/gtk.h>

#include "duo-render.h"

G_BEGIN_DECLS

/**
 * DuoVideoPicture:
 *
 * One frame, ready to be drawn: immutable and counted. It may be made on one thread and drawn on
 * another.
 */
typedef struct _DuoVideoPicture DuoVideoPicture;

DuoVideoPicture *duo_video_picture_new (GstVideoFrame *frame,
                                        DuoRenderMode mode,
                                        double width,
                                        double height,
                                        GstVideoOrientationMethod orientation);
DuoVideoPicture *duo_video_picture_ref (DuoVideoPicture *self);
void duo_video_picture_unref (DuoVideoPicture *self);
double duo_video_picture_get_width (DuoVideoPicture *self);
double duo_video_picture_get_height (DuoVideoPicture *self);
void
duo_video_picture_draw (DuoVideoPicture *self, GtkSnapshot *snapshot, double width, double height);

gboolean duo_video_orientation_is_sideways (GstVideoOrientationMethod orientation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoVideoPicture, duo_video_picture_unref)

G_END_DECLS
