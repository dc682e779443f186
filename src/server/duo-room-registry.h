/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room-request.h"
#include "duo-room.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_REGISTRY (duo_room_registry_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomRegistry, duo_room_registry, DUO, ROOM_REGISTRY, GObject)

DuoRoomRegistry *duo_room_registry_new (const DuoRoomRules *rules, guint ping_interval);
void duo_room_registry_admit (DuoRoomRegistry *self,
                              SoupWebsocketConnection *websocket,
                              const DuoRoomAddress *address,
                              const DuoRoomIdentity *identity);
void duo_room_registry_close_all (DuoRoomRegistry *self);
guint duo_room_registry_count_participants (DuoRoomRegistry *self, const DuoRoomAddress *address);
guint duo_room_registry_count_rooms (DuoRoomRegistry *self);
guint duo_room_registry_count_connections (DuoRoomRegistry *self);

G_END_DECLS
