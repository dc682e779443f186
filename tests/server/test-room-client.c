/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-server.h"
#include "room-guest.h"
#include "room-peer.h"

#define NOBODY "nnnnnnnnnnnnnnnnnnnnnn"

static DuoRoomServer *
start_server (guint16 *port)
{
  DuoRoomServer *server = duo_room_server_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (duo_room_server_listen (server, TRUE, 0, &error));
  *port = duo_room_server_get_port (server);

  return server;
}

static void
stop_server (DuoRoomServer *server)
{
  duo_room_server_stop (server);
  wait_until (duo_room_server_get_connections (server) == 0);
  g_assert_finalize_object (server);
}

static gboolean
is_full (DuoRoomClient *client)
{
  DuoRoomObstacle obstacle = DUO_ROOM_OBSTACLE_NONE;

  g_object_get (client, "obstacle", &obstacle, NULL);

  return obstacle == DUO_ROOM_OBSTACLE_FULL;
}

static void
test_talk (gconstpointer user_data)
{
  gboolean sealed = GPOINTER_TO_INT (user_data);
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_join (port, sealed, PEER_A, SECRET_A);
  Guest *b = guest_join (port, sealed, PEER_B, SECRET_B);

  g_assert_cmpuint (a->greeted, ==, 1);
  g_assert_cmpuint (b->greeted, ==, 1);
  g_assert_true (guest_say (a, "Ada \xf0\x9f\x91\x8b", NULL));
  guest_expect (b, "a Ada \xf0\x9f\x91\x8b all");
  g_assert_true (guest_say (b, "B\xc3\xb6", PEER_A));
  guest_expect (a, "b B\xc3\xb6 addressed");

  guest_leave (a);
  wait_until (b->left != NULL);
  g_assert_cmpstr (b->left, ==, PEER_A);
  guest_leave (b);
  stop_server (server);
}

/* What the server and anybody else without the key get to see. */
static void
test_sealed (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_join (port, TRUE, PEER_A, SECRET_A);
  RoomPeer *spy = room_peer_enter (port, PEER_C, SECRET_C);
  g_autoptr (JsonObject) greeting = room_peer_expect (spy, "room-joined");
  g_autoptr (JsonObject) hello = NULL;

  g_assert_true (guest_say (a, "Ada", NULL));
  hello = room_peer_expect (spy, "sealed");
  g_assert_cmpstr (json_object_get_string_member (hello, "from"), ==, PEER_A);
  g_assert_false (json_object_has_member (hello, "to"));
  g_assert_false (json_object_has_member (hello, "displayName"));
  g_assert_cmpuint (json_object_get_size (hello), ==, 4);

  /* A bare message means nothing in a room with a code. */
  room_peer_send (spy,
                  "{\"type\":\"hello\",\"from\":\"" PEER_C "\",\"displayName\":\"Eve\","
                  "\"client\":\"x\",\"offers\":1,\"epoch\":1}");
  room_peer_expect_nothing (spy);
  guest_leave (a);
  room_peer_free (spy);
  stop_server (server);
}

static void
test_reconnect (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_join (port, TRUE, PEER_A, SECRET_A);
  Guest *b = guest_join (port, TRUE, PEER_B, SECRET_B);

  duo_room_server_stop (server);
  wait_until (duo_room_client_get_state (a->client) == DUO_ROOM_CLIENT_RECONNECTING &&
              duo_room_client_get_state (b->client) == DUO_ROOM_CLIENT_RECONNECTING);
  g_assert_false (a->closed);

  g_assert_true (duo_room_server_listen (server, TRUE, port, NULL));
  wait_until (b->joined == 2);

  /* Said while on the way back, or already back: either way it arrives, and in order. */
  g_assert_true (guest_say (a, "one", NULL));
  g_assert_true (guest_say (a, "two", PEER_B));
  wait_until (a->joined == 2);
  g_assert_true (guest_say (a, "three", PEER_B));
  guest_expect (b, "a one all");
  guest_expect (b, "a two addressed");
  guest_expect (b, "a three addressed");

  guest_leave (a);
  guest_leave (b);
  stop_server (server);
}

static void
test_queued_before_join (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *b = guest_join (port, TRUE, PEER_B, SECRET_B);
  Guest *a = guest_new (port, TRUE, PEER_A, SECRET_A);

  g_assert_true (guest_say (a, "early", NULL));
  duo_room_client_join (a->client);
  guest_expect (b, "a early all");
  wait_until (a->joined == 1);

  guest_leave (a);
  guest_leave (b);
  stop_server (server);
}

static void
test_network_changed (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_join (port, TRUE, PEER_A, SECRET_A);

  /* Still there: nothing happens. */
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  g_assert_cmpint (duo_room_client_get_state (a->client), ==, DUO_ROOM_CLIENT_JOINED);

  duo_room_server_stop (server);
  wait_until (duo_room_client_get_state (a->client) == DUO_ROOM_CLIENT_RECONNECTING);
  g_assert_true (duo_room_server_listen (server, TRUE, port, NULL));
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  wait_until (a->joined == 2);

  guest_leave (a);
  stop_server (server);
}

static void
test_taken_over (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_join (port, TRUE, PEER_A, SECRET_A);
  Guest *again = guest_join (port, TRUE, PEER_B, SECRET_A);

  wait_until (a->closed);
  g_assert_cmpint (a->reason, ==, DUO_ROOM_CLOSE_TAKEN_OVER);
  g_assert_false (guest_say (a, "too late", NULL));
  guest_free (a);
  guest_leave (again);
  stop_server (server);
}

static void
test_full (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_join (port, TRUE, PEER_A, SECRET_A);
  Guest *b = guest_join (port, TRUE, PEER_B, SECRET_B);
  Guest *c = guest_new (port, TRUE, PEER_C, SECRET_C);
  Guest *d = guest_new (port, TRUE, PEER_D, NOBODY);

  duo_steady_socket_set_full_timeout (duo_room_client_get_socket (c->client), 2000);
  duo_room_client_join (c->client);
  duo_room_client_join (d->client);
  wait_until (is_full (c->client) && is_full (d->client));
  g_assert_cmpint (duo_room_client_get_state (d->client), ==, DUO_ROOM_CLIENT_CONNECTING);
  wait_until (c->closed);
  g_assert_cmpint (c->reason, ==, DUO_ROOM_CLOSE_FULL);
  g_assert_false (is_full (c->client));
  g_assert_cmpuint (c->joined, ==, 0);

  /* Somebody leaves within the time: the other gets in. */
  guest_leave (b);
  wait_until (d->joined == 1);
  g_assert_false (is_full (d->client));

  guest_leave (a);
  guest_free (c);
  guest_leave (d);
  stop_server (server);
}

static void
test_leave (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_join (port, TRUE, PEER_A, SECRET_A);
  Guest *b = guest_join (port, TRUE, PEER_B, SECRET_B);
  guint left = 0;

  /* What was said before is heard, and the seat is free at once. */
  g_assert_true (guest_say (a, "bye", PEER_B));
  duo_room_client_leave_async (a->client, NULL, guest_left_cb, &left);
  duo_room_client_leave_async (a->client, NULL, guest_left_cb, &left);
  g_assert_false (guest_say (a, "late", PEER_B));
  guest_expect (b, "a bye addressed");
  wait_until (left == 2);
  wait_until (b->left != NULL);
  guest_leave (guest_join (port, TRUE, PEER_C, SECRET_C));

  duo_room_client_leave_async (a->client, NULL, guest_left_cb, &left);
  wait_until (left == 3);
  guest_free (a);

  /* On the way back with something left to say, and nobody there: time runs out. */
  duo_room_server_stop (server);
  wait_until (duo_room_client_get_state (b->client) == DUO_ROOM_CLIENT_RECONNECTING);
  g_assert_true (guest_say (b, "lost", PEER_A));
  guest_leave (b);

  guest_leave (guest_new (port, TRUE, PEER_D, NOBODY));
  stop_server (server);
}

static void
test_dropped_midway (void)
{
  guint16 port;
  DuoRoomServer *server = start_server (&port);
  Guest *a = guest_new (port, TRUE, PEER_A, SECRET_A);
  Guest *b = guest_join (port, TRUE, PEER_B, SECRET_B);

  duo_room_client_join (a->client);
  guest_say (a, "never", NULL);
  g_signal_handlers_disconnect_by_data (a->client, a);
  g_object_add_weak_pointer (G_OBJECT (a->client), (gpointer *) &a->client);
  g_object_unref (a->client);
  wait_until (a->client == NULL);
  g_free (a);

  guest_free (b);
  stop_server (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/room-client/talk/sealed", GINT_TO_POINTER (TRUE), test_talk);
  g_test_add_data_func ("/room-client/talk/open", GINT_TO_POINTER (FALSE), test_talk);
  g_test_add_func ("/room-client/sealed", test_sealed);
  g_test_add_func ("/room-client/reconnect", test_reconnect);
  g_test_add_func ("/room-client/queued-before-join", test_queued_before_join);
  g_test_add_func ("/room-client/network-changed", test_network_changed);
  g_test_add_func ("/room-client/taken-over", test_taken_over);
  g_test_add_func ("/room-client/full", test_full);
  g_test_add_func ("/room-client/leave", test_leave);
  g_test_add_func ("/room-client/dropped-midway", test_dropped_midway);

  return g_test_run ();
}
