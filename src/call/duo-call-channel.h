/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-bye-reason.h"
#include "duo-peer-connection.h"

G_BEGIN_DECLS

#define DUO_TYPE_CALL_CHANNEL (duo_call_channel_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallChannel, duo_call_channel, DUO, CALL_CHANNEL, GObject)

DuoCallChannel *duo_call_channel_new (DuoPeerConnection *connection);

void duo_call_channel_send_state (DuoCallChannel *self,
                                  gboolean microphone,
                                  gboolean camera,
                                  const char *display_name);
void duo_call_channel_send_resume (DuoCallChannel *self, GBytes *key);
void duo_call_channel_send_ping (DuoCallChannel *self);
void duo_call_channel_send_bye (DuoCallChannel *self, DuoByeReason reason);

gint64 duo_call_channel_get_last_message (DuoCallChannel *self);
gint64 duo_call_channel_get_round_trip (DuoCallChannel *self);

G_END_DECLS
