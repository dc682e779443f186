/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>

G_BEGIN_DECLS

#define DUO_TYPE_RECORDER (duo_recorder_get_type ())
G_DECLARE_FINAL_TYPE (DuoRecorder, duo_recorder, DUO, RECORDER, GObject)

DuoRecorder *duo_recorder_new (const char *path, GstClock *clock, GError **error);

GstAppSrc *duo_recorder_get_sound (DuoRecorder *self);
void duo_recorder_watch (DuoRecorder *self, GstElement *sink);
gboolean duo_recorder_finish (DuoRecorder *self, GError **error);

G_END_DECLS
