/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-steady-socket.h"

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_ENTRANCE (duo_room_entrance_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomEntrance, duo_room_entrance, DUO, ROOM_ENTRANCE, GObject)

DuoRoomEntrance *duo_room_entrance_new (DuoSteadySocket *socket);

G_END_DECLS
