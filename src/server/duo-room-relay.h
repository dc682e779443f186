/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room-connection.h"
#include "duo-room.h"

G_BEGIN_DECLS

GPtrArray *duo_room_relay_list (DuoRoom *room);
void duo_room_relay_tell (DuoRoom *room, DuoRoomConnection *except, DuoServerMessage *message);
void duo_room_relay_tell_gone (DuoRoom *room, DuoRoomConnection *except, GPtrArray *peer_ids);
void duo_room_relay (
  DuoRoom *room, DuoRoomConnection *from, const char *to, const guint8 *text, gsize length);

G_END_DECLS
