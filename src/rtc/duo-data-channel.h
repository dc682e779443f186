/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define DUO_TYPE_DATA_CHANNEL (duo_data_channel_get_type ())
G_DECLARE_FINAL_TYPE (DuoDataChannel, duo_data_channel, DUO, DATA_CHANNEL, GObject)

DuoDataChannel *duo_data_channel_new (void);
gboolean duo_data_channel_create (DuoDataChannel *self, GstElement *webrtc, GError **error);
void duo_data_channel_expect (DuoDataChannel *self, GstElement *webrtc);
gboolean duo_data_channel_is_open (DuoDataChannel *self);
gboolean duo_data_channel_send (DuoDataChannel *self, const char *text, GError **error);
void duo_data_channel_release (DuoDataChannel *self);
void duo_data_channel_close (DuoDataChannel *self);

G_END_DECLS
