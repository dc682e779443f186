/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-close-policy.h"
#include "duo-peer-message.h"
#include "duo-room-client-state.h"
#include "duo-server-message.h"
#include "duo-steady-socket.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_CLIENT (duo_room_client_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomClient, duo_room_client, DUO, ROOM_CLIENT, GObject)

DuoRoomClient *duo_room_client_new (const char *room_uri,
                                    const char *room_id,
                                    GBytes *seal_key,
                                    const char *peer_id,
                                    const char *secret);
DuoRoomClientState duo_room_client_get_state (DuoRoomClient *self);
DuoSteadySocket *duo_room_client_get_socket (DuoRoomClient *self);
void duo_room_client_set_token (DuoRoomClient *self, const char *token);
void duo_room_client_join (DuoRoomClient *self);
gboolean duo_room_client_send (DuoRoomClient *self, const DuoPeerMessage *message, const char *to);
void duo_room_client_leave (DuoRoomClient *self);
void duo_room_client_leave_async (DuoRoomClient *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean duo_room_client_leave_finish (DuoRoomClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
