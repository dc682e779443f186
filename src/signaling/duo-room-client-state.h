/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DuoRoomClientState:
 * @DUO_ROOM_CLIENT_IDLE: not asked to join yet
 * @DUO_ROOM_CLIENT_CONNECTING: on the way into the room, for the first time
 * @DUO_ROOM_CLIENT_JOINED: in the room
 * @DUO_ROOM_CLIENT_RECONNECTING: was in the room, lost it, and is on the way back
 * @DUO_ROOM_CLIENT_CLOSED: over
 *
 * Where a room client is.
 */
typedef enum {
  DUO_ROOM_CLIENT_IDLE,
  DUO_ROOM_CLIENT_CONNECTING,
  DUO_ROOM_CLIENT_JOINED,
  DUO_ROOM_CLIENT_RECONNECTING,
  DUO_ROOM_CLIENT_CLOSED,
} DuoRoomClientState;

#define DUO_TYPE_ROOM_CLIENT_STATE (duo_room_client_state_get_type ())
GType duo_room_client_state_get_type (void);

G_END_DECLS
