/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server-fixture.h"

#include <string.h>

static void
test_greeting (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = room_peer_enter (fixture->port, PEER_A, SECRET_A);
  g_autoptr (JsonObject) first = room_peer_expect (a, "room-joined");
  RoomPeer *b = room_peer_enter (fixture->port, PEER_B, NULL);
  g_autoptr (JsonObject) second = room_peer_expect (b, "room-joined");
  gint64 day = G_GINT64_CONSTANT (24) * 60 * 60 * 1000;
  gint64 expires_at = json_object_get_int_member (first, "expiresAt");
  JsonArray *peers = json_object_get_array_member (second, "peers");

  g_assert_cmpstr (json_object_get_string_member (first, "room"), ==, "lobby");
  g_assert_cmpstr (json_object_get_string_member (first, "peerId"), ==, PEER_A);
  g_assert_cmpint (json_object_get_int_member (first, "maxParticipants"), ==, 2);
  g_assert_cmpint (ABS (g_get_real_time () / 1000 + day - expires_at), <, 60 * 1000);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (first, "peers")), ==, 0);
  g_assert_cmpint (json_object_get_int_member (second, "expiresAt"), ==, expires_at);
  g_assert_cmpuint (json_array_get_length (peers), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (peers, 0), "id"),
                   ==,
                   PEER_A);
  room_peer_expect_joined (a, PEER_B);

  room_peer_leave (b);
  room_peer_expect_gone (a, PEER_B);
  room_peer_leave (a);
}

static void
test_relay (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  RoomPeer *c = fixture_enter (fixture, PEER_C, SECRET_C);

  room_peer_expect_joined (a, PEER_B);
  room_peer_expect_joined (a, PEER_C);
  room_peer_expect_joined (b, PEER_C);

  room_peer_say (a, PEER_A, NULL, "to all");
  room_peer_expect_said (b, PEER_A, "to all");
  room_peer_expect_said (c, PEER_A, "to all");
  room_peer_say (a, PEER_A, PEER_C, "to one");
  room_peer_expect_said (c, PEER_A, "to one");
  room_peer_say (a, PEER_A, PEER_D, "to nobody");
  room_peer_say (a, PEER_A, PEER_A, "to myself");
  room_peer_say (a, PEER_A, "", "to an odd name");
  room_peer_expect_nothing (a);
  room_peer_expect_nothing (b);
  room_peer_expect_nothing (c);

  room_peer_free (a);
  room_peer_free (b);
  room_peer_free (c);
}

static void
test_verbatim (Fixture *fixture, gconstpointer user_data)
{
  static const char text[] = "{ \"type\":\"x\",\n \"from\":\"" PEER_A "\","
                             "\"\xc3\xbc\":\"\xf0\x9f\x91\x8b \\u00fc \\ud83d\\ude00\",\"n\":1}";
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  g_autofree char *received = NULL;

  room_peer_send (a, text);
  received = room_peer_next (b);
  g_assert_cmpstr (received, ==, text);

  room_peer_free (a);
  room_peer_free (b);
}

static void
test_rooms_apart (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = room_peer_open (fixture->port, "/parties/other/lobby?_pk=" PEER_B);
  RoomPeer *c = room_peer_open (fixture->port, "/party/lobby?_pk=" PEER_C);
  g_autoptr (JsonObject) b_greeting = room_peer_expect (b, "room-joined");
  g_autoptr (JsonObject) c_greeting = room_peer_expect (c, "room-joined");

  room_peer_expect_joined (a, PEER_C);
  room_peer_say (b, PEER_B, NULL, "anybody?");
  room_peer_expect_nothing (b);
  room_peer_expect_nothing (a);
  room_peer_expect_nothing (c);

  room_peer_free (a);
  room_peer_free (b);
  room_peer_free (c);
}

static void
test_full (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  RoomPeer *c = room_peer_enter (fixture->port, PEER_C, SECRET_C);

  room_peer_expect_close (c, 4003);
  room_peer_free (c);
  room_peer_expect_joined (a, PEER_B);
  room_peer_expect_nothing (a);
  room_peer_expect_nothing (b);

  room_peer_leave (b);
  room_peer_expect_gone (a, PEER_B);
  c = fixture_enter (fixture, PEER_C, SECRET_C);
  room_peer_expect_joined (a, PEER_C);

  room_peer_free (a);
  room_peer_free (c);
}

static void
test_takeover (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  RoomPeer *again, *other;

  room_peer_expect_joined (a, PEER_B);

  again = fixture_enter (fixture, PEER_B, SECRET_B);
  room_peer_expect_close (b, 4001);
  room_peer_free (b);
  room_peer_expect_nothing (a);
  room_peer_say (a, PEER_A, PEER_B, "still there?");
  room_peer_expect_said (again, PEER_A, "still there?");

  other = fixture_enter (fixture, PEER_C, SECRET_B);
  room_peer_expect_close (again, 4001);
  room_peer_free (again);
  room_peer_expect_gone (a, PEER_B);
  room_peer_expect_joined (a, PEER_C);

  again = room_peer_enter (fixture->port, PEER_C, SECRET_C);
  room_peer_expect_close (again, 4005);
  room_peer_free (again);
  room_peer_expect_nothing (other);

  room_peer_free (a);
  room_peer_free (other);
}

static void
test_seat_held (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  GSocketConnection *wire = room_wire_open (fixture->port, PEER_B, SECRET_B);
  RoomPeer *b, *c;

  room_peer_expect_joined (a, PEER_B);
  g_assert_true (g_io_stream_close (G_IO_STREAM (wire), NULL, NULL));
  g_clear_object (&wire);

  c = room_peer_enter (fixture->port, PEER_C, SECRET_C);
  room_peer_expect_close (c, 4003);
  room_peer_free (c);

  b = fixture_enter (fixture, PEER_B, SECRET_B);
  room_peer_expect_nothing (a);

  room_peer_free (a);
  room_peer_free (b);
}

static void
test_seat_released (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, NULL);
  RoomPeer *c;

  room_peer_expect_joined (a, PEER_B);
  room_peer_free (b);
  room_peer_expect_gone (a, PEER_B);
  c = fixture_enter (fixture, PEER_C, SECRET_C);
  room_peer_expect_joined (a, PEER_C);

  room_peer_free (a);
  room_peer_free (c);
}

static void
test_bad_address (Fixture *fixture, gconstpointer user_data)
{
  static const char *const paths[] = {
    "/", "/parties/main", "/parties/main/", "/parties/main/a.b", "/parties/a/b/c", "/health",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *path = g_strconcat (paths[i], "?_pk=" PEER_A, NULL);
    RoomPeer *peer = room_peer_open (fixture->port, path);

    g_assert_nonnull (peer->error);
    room_peer_free (peer);
  }
}

static void
test_stop (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  g_autoptr (GError) error = NULL;

  room_peer_expect_joined (a, PEER_B);
  duo_room_server_stop (fixture->server);
  duo_room_server_stop (fixture->server);
  g_assert_cmpuint (duo_room_server_get_port (fixture->server), ==, 0);
  room_peer_expect_close (a, 1012);
  room_peer_expect_close (b, 1012);
  room_peer_free (a);
  room_peer_free (b);

  g_assert_true (duo_room_server_listen (fixture->server, TRUE, fixture->port, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (duo_room_server_get_port (fixture->server), ==, fixture->port);
  a = fixture_enter (fixture, PEER_C, SECRET_C);
  room_peer_leave (a);
}

static void
test_expiry (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a, *b;

  fixture_configure (fixture, "room-lifetime=2");
  fixture_listen (fixture);

  a = fixture_enter (fixture, PEER_A, SECRET_A);
  room_peer_expect_close (a, 4004);
  room_peer_free (a);
  b = fixture_enter (fixture, PEER_B, SECRET_B);
  room_peer_leave (b);
}

static void
test_port_in_use (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (DuoRoomServer) second = duo_room_server_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (duo_room_server_listen (second, TRUE, fixture->port, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  g_assert_false (duo_room_server_listen_address (second, "localhost", 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (duo_room_server_get_port (second), ==, 0);
}

static void
test_any_address (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a;

  g_assert_true (duo_room_server_listen (fixture->server, FALSE, 0, NULL));
  fixture->port = duo_room_server_get_port (fixture->server);
  a = fixture_enter (fixture, PEER_A, SECRET_A);
  room_peer_leave (a);

  g_assert_true (duo_room_server_listen_address (fixture->server, "127.0.0.1", 0, NULL));
  fixture->port = duo_room_server_get_port (fixture->server);
  a = fixture_enter (fixture, PEER_A, SECRET_A);
  room_peer_leave (a);
}

static void
got_bytes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GBytes **bytes = user_data;

  *bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  g_assert_nonnull (*bytes);
}

static char *
request (Fixture *fixture, const char *method, const char *path, guint status, const char *header)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", fixture->port, path);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (GBytes) bytes = NULL;

  soup_session_send_and_read_async (session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    got_bytes_cb,
                                    &bytes);
  wait_until (bytes != NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, status);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "X-Content-Type-Options"), ==, "nosniff");
  if (header != NULL)
    g_assert_nonnull (soup_message_headers_get_one (headers, header));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_http (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  g_autofree char *health = request (fixture, "GET", "/health", 200, NULL);
  g_autofree char *room = request (fixture, "GET", "/parties/main/lobby", 200, NULL);
  g_autofree char *empty = request (fixture, "GET", "/party/nobody?x=y", 200, NULL);
  g_autofree char *page = request (fixture, "GET", "/call", 200, "Content-Security-Policy");
  g_autofree char *script = request (fixture, "GET", "/call/main.js", 200, NULL);
  g_autofree char *style = request (fixture, "GET", "/call/call.css", 200, NULL);
  g_autofree char *posted = request (fixture, "POST", "/call", 405, "Allow");
  g_autofree char *nothing = request (fixture, "GET", "/calls", 404, NULL);
  g_autofree char *nowhere = request (fixture, "GET", "/parties/main/a%2Fb", 404, NULL);

  g_assert_true (g_regex_match_simple ("^\\{\"status\":\"ok\",\"version\":\"" PACKAGE_VERSION
                                       "\",\"rooms\":1,\"connections\":1,\"uptime\":[0-9]\\}$",
                                       health,
                                       0,
                                       0));
  g_assert_cmpstr (room, ==, "{\"participants\":1}");
  g_assert_cmpstr (empty, ==, "{\"participants\":0}");
  g_assert_nonnull (strstr (page, "<script type=\"module\" src=\"/call/main.js\"></script>"));
  g_assert_null (strstr (page, "<style"));
  g_assert_nonnull (strstr (script, "import"));
  g_assert_nonnull (strstr (style, "color-scheme"));

  room_peer_free (a);
}

static void
add (const char *path,
     const char *property,
     void (*test) (Fixture *fixture, gconstpointer user_data))
{
  g_test_add (path, Fixture, property, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/room-server/greeting", NULL, test_greeting);
  add ("/room-server/relay", "max-participants=3", test_relay);
  add ("/room-server/verbatim", NULL, test_verbatim);
  add ("/room-server/rooms-apart", NULL, test_rooms_apart);
  add ("/room-server/full", NULL, test_full);
  add ("/room-server/takeover", NULL, test_takeover);
  add ("/room-server/seat-held", NULL, test_seat_held);
  add ("/room-server/seat-released", NULL, test_seat_released);
  add ("/room-server/bad-address", NULL, test_bad_address);
  add ("/room-server/stop", NULL, test_stop);
  add ("/room-server/expiry", NULL, test_expiry);
  add ("/room-server/port-in-use", NULL, test_port_in_use);
  add ("/room-server/any-address", NULL, test_any_address);
  add ("/room-server/http", NULL, test_http);

  return g_test_run ();
}
