/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

#include "duo-description.h"
#include "duo-peer-counters.h"
#include "duo-peer-receiver.h"

G_BEGIN_DECLS

#define DUO_TYPE_PEER_PIPELINE (duo_peer_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (DuoPeerPipeline, duo_peer_pipeline, DUO, PEER_PIPELINE, GObject)

DuoPeerPipeline *duo_peer_pipeline_new (
  DuoPeerCounters *counters, GstClock *clock, guint latency, guint bitrate, GError **error);
DuoPeerReceiver *duo_peer_pipeline_get_receiver (DuoPeerPipeline *self);
gboolean duo_peer_pipeline_start (DuoPeerPipeline *self, GError **error);
GstElement *duo_peer_pipeline_get_webrtc (DuoPeerPipeline *self);
gboolean duo_peer_pipeline_add_sender (DuoPeerPipeline *self,
                                       const DuoSection *section,
                                       guint mline,
                                       GstElement *encoder,
                                       GError **error);
void duo_peer_pipeline_negotiated (DuoPeerPipeline *self);
char *duo_peer_pipeline_dup_certificate (DuoPeerPipeline *self);
void duo_peer_pipeline_close_async (DuoPeerPipeline *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
duo_peer_pipeline_close_finish (DuoPeerPipeline *self, GAsyncResult *result, GError **error);

G_END_DECLS
