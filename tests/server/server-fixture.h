/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room-server.h"
#include "room-peer.h"

G_BEGIN_DECLS

/* A room server of the library on any free port. A test's data is an option, as NAME=VALUE.
 */
typedef struct {
  DuoRoomServer *server;
  guint16 port;
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer user_data);
void fixture_tear_down (Fixture *fixture, gconstpointer user_data);
void fixture_configure (Fixture *fixture, const char *option);
void fixture_listen (Fixture *fixture);
RoomPeer *fixture_enter (Fixture *fixture, const char *peer_id, const char *secret);
void room_peer_expect_joined (RoomPeer *peer, const char *peer_id);
void room_peer_expect_gone (RoomPeer *peer, const char *peer_id);

G_END_DECLS
