/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room-close-code.h"
#include "duo-server-message.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_CONNECTION (duo_room_connection_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomConnection, duo_room_connection, DUO, ROOM_CONNECTION, GObject)

DuoRoomConnection *duo_room_connection_new (SoupWebsocketConnection *websocket,
                                            const char *room,
                                            const char *peer_id,
                                            guint ping_interval);
const char *duo_room_connection_get_room (DuoRoomConnection *self);
const char *duo_room_connection_get_peer_id (DuoRoomConnection *self);
void duo_room_connection_send (DuoRoomConnection *self, GBytes *text);
void duo_room_connection_send_message (DuoRoomConnection *self, const DuoServerMessage *message);
void duo_room_connection_close (DuoRoomConnection *self, DuoRoomCloseCode code);

G_END_DECLS
