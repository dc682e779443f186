/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-feed.h"
#include "duo-media-types.h"

G_BEGIN_DECLS

#define DUO_TYPE_CAPTURE (duo_capture_get_type ())
G_DECLARE_FINAL_TYPE (DuoCapture, duo_capture, DUO, CAPTURE, GObject)

DuoCapture *duo_capture_new (GstElement *source, DuoFeed *feed, GError **error);
void duo_capture_wait_for_permission (DuoCapture *self);
void duo_capture_start (DuoCapture *self);
void duo_capture_stop_async (DuoCapture *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean duo_capture_stop_finish (DuoCapture *self, GAsyncResult *result, GError **error);

G_END_DECLS
