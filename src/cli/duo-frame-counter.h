/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * DuoFrameCounter:
 *
 * Counts the pictures that come to the end of their way, without showing them. Any thread.
 */
typedef struct _DuoFrameCounter DuoFrameCounter;

DuoFrameCounter *duo_frame_counter_new (void);
void duo_frame_counter_unref (DuoFrameCounter *self);

void duo_frame_counter_watch (DuoFrameCounter *self, GstElement *sink);
guint duo_frame_counter_get_frames (DuoFrameCounter *self);
gint64 duo_frame_counter_get_first (DuoFrameCounter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoFrameCounter, duo_frame_counter_unref)

G_END_DECLS
