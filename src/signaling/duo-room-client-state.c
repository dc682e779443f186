/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-client-state.h"

G_DEFINE_ENUM_TYPE (DuoRoomClientState,
                    duo_room_client_state,
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLIENT_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLIENT_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLIENT_JOINED, "joined"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLIENT_RECONNECTING, "reconnecting"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLIENT_CLOSED, "closed"))
