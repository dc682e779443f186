/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <gst/app/app.h>

#include "duo-device-monitor.h"
#include "duo-media-types.h"

G_BEGIN_DECLS

#define DUO_TYPE_MEDIA_GRAPH (duo_media_graph_get_type ())
G_DECLARE_FINAL_TYPE (DuoMediaGraph, duo_media_graph, DUO, MEDIA_GRAPH, GObject)

DuoMediaGraph *duo_media_graph_new (DuoDeviceMonitor *monitor, gboolean test_media);
void duo_media_graph_start (DuoMediaGraph *self);
void
duo_media_graph_stop_async (DuoMediaGraph *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean duo_media_graph_stop_finish (DuoMediaGraph *self, GAsyncResult *result, GError **error);
void duo_media_graph_set_preview_sink (DuoMediaGraph *self, GstElement *sink);
void duo_media_graph_set_preview_large (DuoMediaGraph *self, gboolean large);
void duo_media_graph_attach_peer (DuoMediaGraph *self,
                                  GstAppSrc *audio_in,
                                  GstAppSrc *video_in,
                                  GstAppSink *audio_out);
void duo_media_graph_detach_peer (DuoMediaGraph *self);
void duo_media_graph_set_remote_sound_tap (DuoMediaGraph *self, GstAppSrc *tap);
void duo_media_graph_play_chime (DuoMediaGraph *self);
GstClock *duo_media_graph_get_clock (DuoMediaGraph *self);

G_END_DECLS
