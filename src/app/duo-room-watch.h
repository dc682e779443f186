/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-join-link.h"
#include "duo-lobby-view.h"

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_WATCH (duo_room_watch_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomWatch, duo_room_watch, DUO, ROOM_WATCH, GObject)

DuoRoomWatch *duo_room_watch_new (DuoJoinLink *link);
DuoLobbyCompany duo_room_watch_get_company (DuoRoomWatch *self);

G_END_DECLS
