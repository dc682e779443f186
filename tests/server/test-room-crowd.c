/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server-fixture.h"

#include <string.h>

/* What the server does when there are too many of something, and that it counts it. */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GBytes **body = user_data;
  g_autoptr (GError) error = NULL;

  *body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static char *
get (Fixture *fixture, const char *path)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", fixture->port, path);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, loaded_cb, &body);
  wait_until (body != NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
expect_metric (Fixture *fixture, const char *line)
{
  g_autofree char *text = get (fixture, "/metrics");
  g_autofree char *whole = g_strdup_printf ("\n%s\n", line);

  g_test_message ("%s", line);
  if (strstr (text, whole) == NULL)
    g_error ("%s is not in:\n%s", line, text);
}

static RoomPeer *
enter_room (Fixture *fixture, const char *room, const char *peer_id)
{
  g_autofree char *path = g_strdup_printf ("/parties/main/%s?_pk=%s", room, peer_id);

  return room_peer_open (fixture->port, path);
}

static void
test_addresses (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  RoomPeer *c;

  room_peer_expect_joined (a, PEER_B);
  c = enter_room (fixture, "elsewhere", PEER_C);
  room_peer_expect_close (c, 1013);
  room_peer_free (c);
  expect_metric (fixture, "duologue_drops_total{reason=\"address\"} 1");

  room_peer_say (a, PEER_A, PEER_B, "undisturbed");
  room_peer_expect_said (b, PEER_A, "undisturbed");
  room_peer_leave (b);
  room_peer_expect_gone (a, PEER_B);
  wait_until (duo_room_server_get_connections (fixture->server) == 1);
  b = fixture_enter (fixture, PEER_B, SECRET_B);
  room_peer_free (b);
  room_peer_free (a);
}

static void
test_rooms (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter_room (fixture, "another", PEER_B);
  g_autoptr (JsonObject) greeting = room_peer_expect (b, "room-joined");
  RoomPeer *c = enter_room (fixture, "one-more", PEER_C);

  room_peer_expect_close (c, 1013);
  room_peer_free (c);
  expect_metric (fixture, "duologue_drops_total{reason=\"rooms\"} 1");
  expect_metric (fixture, "duologue_rooms 2");
  expect_metric (fixture, "duologue_connections 2");

  /* The rooms that are there go on, and take those who belong there. */
  c = fixture_enter (fixture, PEER_C, SECRET_C);
  room_peer_expect_joined (a, PEER_C);
  room_peer_free (c);
  room_peer_free (b);
  room_peer_free (a);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GSocketConnection **wire = user_data;

  *wire = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, NULL);
  g_assert_nonnull (*wire);
}

static GSocketConnection *
open_wire (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *wire = NULL;

  g_socket_client_connect_to_host_async (client,
                                         "127.0.0.1",
                                         fixture->port,
                                         NULL,
                                         connected_cb,
                                         &wire);
  wait_until (wire != NULL);

  return wire;
}

/* The bytes that can be read at once; 0 at the end, -1 if there is nothing yet. */
static gssize
peek (GSocketConnection *wire)
{
  GSocket *socket = g_socket_connection_get_socket (wire);
  char buffer[256];

  if (!(g_socket_condition_check (socket, G_IO_IN | G_IO_HUP)))
    return -1;

  return MAX (g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL), 0);
}

static void
test_slow_headers (Fixture *fixture, gconstpointer user_data)
{
  static const char start[] = "GET /health HTTP/1.1\r\nHost: x\r\n";
  GSocketConnection *silent = open_wire (fixture);
  GSocketConnection *slow = open_wire (fixture);

  g_socket_send (g_socket_connection_get_socket (slow), start, strlen (start), NULL, NULL);
  wait_until (peek (silent) == 0);
  wait_until (peek (slow) == 0);
  expect_metric (fixture, "duologue_drops_total{reason=\"timeout\"} 2");
  g_object_unref (silent);
  g_object_unref (slow);
}

/* A body that nobody has asked for is not kept, and does not come for longer than headers may. */
static void
test_endless_body (Fixture *fixture, gconstpointer user_data)
{
  static const char start[] = "PUT /call HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n";
  GSocketConnection *wire = open_wire (fixture);

  g_socket_send (g_socket_connection_get_socket (wire), start, strlen (start), NULL, NULL);
  wait_until (peek (wire) >= 0);
  g_object_unref (wire);
}

/* Connections that ask nothing are bounded for each address too, and simply cut. */
static void
test_silent_crowd (Fixture *fixture, gconstpointer user_data)
{
  GSocketConnection *wires[5];

  for (guint i = 0; i < 4; i++)
    wires[i] = open_wire (fixture);
  wires[4] = open_wire (fixture);
  wait_until (peek (wires[4]) == 0);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (peek (wires[i]), ==, -1);
  for (guint i = 0; i < 5; i++)
    g_object_unref (wires[i]);
}

static void
test_health (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = get (fixture, "/health");

  g_assert_nonnull (strstr (text, "\"status\":\"ok\""));
  g_assert_nonnull (strstr (text, "\"version\":\"" PACKAGE_VERSION "\""));
  g_assert_nonnull (strstr (text, "\"rooms\":0"));
  g_assert_nonnull (strstr (text, "\"connections\":0"));
  g_assert_nonnull (strstr (text, "\"uptime\":"));
}

static void
add (const char *path, const char *option, void (*test) (Fixture *fixture, gconstpointer user_data))
{
  g_test_add (path, Fixture, option, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/room-crowd/addresses", "connections-per-address=2", test_addresses);
  add ("/room-crowd/rooms", "max-rooms=2", test_rooms);
  add ("/room-crowd/slow-headers", "header-timeout=3", test_slow_headers);
  add ("/room-crowd/endless-body", "header-timeout=0.3", test_endless_body);
  add ("/room-crowd/silent-crowd", "connections-per-address=2", test_silent_crowd);
  add ("/room-crowd/health", NULL, test_health);

  return g_test_run ();
}
