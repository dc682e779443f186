/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <gst/app/app.h>

G_BEGIN_DECLS

#define DUO_TYPE_RECORDER (duo_recorder_get_type ())
G_DECLARE_FINAL_TYPE (DuoRecorder, duo_recorder, DUO, RECORDER, GObject)

DuoRecorder *duo_recorder_new (const char *path, GError **error);
GstElement *duo_recorder_create_video_sink (DuoRecorder *self);
GstAppSrc *duo_recorder_get_sound_tap (DuoRecorder *self);
void duo_recorder_stop_async (DuoRecorder *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean duo_recorder_stop_finish (DuoRecorder *self, GAsyncResult *result, GError **error);

G_END_DECLS
