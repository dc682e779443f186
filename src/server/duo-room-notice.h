/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room.h"
#include "duo-server-message.h"

G_BEGIN_DECLS

DuoServerMessage *
duo_room_notice_greeting (DuoRoom *room, const char *name, gpointer connection, gint64 wall_offset);
DuoServerMessage *duo_room_notice_joined (DuoRoom *room, gpointer connection, gint64 wall_offset);
DuoServerMessage *duo_room_notice_gone (const char *peer_id);

G_END_DECLS
