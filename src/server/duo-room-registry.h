/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-access.h"
#include "duo-ice-offer.h"
#include "duo-room-connection.h"
#include "duo-room-request.h"

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_REGISTRY (duo_room_registry_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomRegistry, duo_room_registry, DUO, ROOM_REGISTRY, GObject)

DuoRoomRegistry *duo_room_registry_new (const DuoServerLimits *limits);
gboolean
duo_room_registry_announce (DuoRoomRegistry *self, const DuoRoomAddress *address, const char *text);
void duo_room_registry_set_terms (DuoRoomRegistry *self,
                                  const DuoAccess *access,
                                  const DuoIceOffer *ice);
void duo_room_registry_admit (DuoRoomRegistry *self,
                              const DuoUpgrade *upgrade,
                              const DuoRoomAddress *address,
                              const DuoRoomIdentity *identity);
void duo_room_registry_close_all (DuoRoomRegistry *self);
DuoServerCounters *duo_room_registry_get_counters (DuoRoomRegistry *self);
guint duo_room_registry_count_participants (DuoRoomRegistry *self, const DuoRoomAddress *address);
guint duo_room_registry_count_rooms (DuoRoomRegistry *self);
guint duo_room_registry_count_connections (DuoRoomRegistry *self);

G_END_DECLS
