/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server-fixture.h"

/* Chooses "NAME=VALUE". */
void
fixture_configure (Fixture *fixture, const char *option)
{
  g_auto (GStrv) parts = g_strsplit (option, "=", 2);
  g_autoptr (GError) error = NULL;

  duo_server_config_set (duo_room_server_get_config (fixture->server), parts[0], parts[1], &error);
  g_assert_no_error (error);
}

/* Listens anew, as after a change of the limits. */
void
fixture_listen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (duo_room_server_listen (fixture->server, TRUE, 0, &error));
  g_assert_no_error (error);
  fixture->port = duo_room_server_get_port (fixture->server);
  g_assert_cmpuint (fixture->port, !=, 0);
}

void
fixture_set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->server = duo_room_server_new ();
  if (user_data != NULL)
    fixture_configure (fixture, user_data);
  fixture_listen (fixture);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer user_data)
{
  duo_room_server_stop (fixture->server);
  wait_until (duo_room_server_get_connections (fixture->server) == 0);
  g_assert_finalize_object (fixture->server);
}

/* Enters and takes the greeting. */
RoomPeer *
fixture_enter (Fixture *fixture, const char *peer_id, const char *secret)
{
  RoomPeer *peer = room_peer_enter (fixture->port, peer_id, secret);
  g_autoptr (JsonObject) greeting = room_peer_expect (peer, "room-joined");

  return peer;
}

void
room_peer_expect_joined (RoomPeer *peer, const char *peer_id)
{
  g_autoptr (JsonObject) message = room_peer_expect (peer, "peer-joined");
  JsonObject *who = json_object_get_object_member (message, "peer");
  gint64 joined_at = json_object_get_int_member (who, "joinedAt");

  g_assert_cmpstr (json_object_get_string_member (who, "id"), ==, peer_id);
  g_assert_cmpint (ABS (g_get_real_time () / 1000 - joined_at), <, 60 * 1000);
}

void
room_peer_expect_gone (RoomPeer *peer, const char *peer_id)
{
  g_autoptr (JsonObject) message = room_peer_expect (peer, "peer-disconnected");

  g_assert_cmpstr (json_object_get_string_member (message, "peerId"), ==, peer_id);
}
