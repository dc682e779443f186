/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

void duo_peer_teardown_async (GstElement *pipeline,
                              GstElement *webrtc,
                              gpointer source_object,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean duo_peer_teardown_finish (GAsyncResult *result, GError **error);

G_END_DECLS
