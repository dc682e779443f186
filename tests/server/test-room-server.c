/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-server.h"
#include "room-peer.h"

#include <string.h>

typedef struct {
  DuoRoomServer *server;
  guint16 port;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = duo_room_server_new ();
  if (user_data != NULL)
    g_object_set (fixture->server, (const char *) user_data, 3u, NULL);
  g_assert_true (duo_room_server_listen (fixture->server, TRUE, 0, &error));
  g_assert_no_error (error);
  fixture->port = duo_room_server_get_port (fixture->server);
  g_assert_cmpuint (fixture->port, !=, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  duo_room_server_stop (fixture->server);
  wait_until (duo_room_server_get_connections (fixture->server) == 0);
  g_assert_finalize_object (fixture->server);
}

/* Enters and takes the greeting. */
static RoomPeer *
enter (Fixture *fixture, const char *peer_id, const char *secret)
{
  RoomPeer *peer = room_peer_enter (fixture->port, peer_id, secret);
  g_autoptr (JsonObject) greeting = room_peer_expect (peer, "room-joined");

  return peer;
}

static void
expect_joined (RoomPeer *peer, const char *peer_id)
{
  g_autoptr (JsonObject) message = room_peer_expect (peer, "peer-joined");
  JsonObject *who = json_object_get_object_member (message, "peer");
  gint64 joined_at = json_object_get_int_member (who, "joinedAt");

  g_assert_cmpstr (json_object_get_string_member (who, "id"), ==, peer_id);
  g_assert_cmpint (ABS (g_get_real_time () / 1000 - joined_at), <, 60 * 1000);
}

static void
expect_gone (RoomPeer *peer, const char *peer_id)
{
  g_autoptr (JsonObject) message = room_peer_expect (peer, "peer-disconnected");

  g_assert_cmpstr (json_object_get_string_member (message, "peerId"), ==, peer_id);
}

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
  expect_joined (a, PEER_B);

  room_peer_leave (b);
  expect_gone (a, PEER_B);
  room_peer_leave (a);
}

static void
test_relay (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
  RoomPeer *c = enter (fixture, PEER_C, SECRET_C);

  expect_joined (a, PEER_B);
  expect_joined (a, PEER_C);
  expect_joined (b, PEER_C);

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
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
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
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = room_peer_open (fixture->port, "/parties/other/lobby?_pk=" PEER_B);
  RoomPeer *c = room_peer_open (fixture->port, "/party/lobby?_pk=" PEER_C);
  g_autoptr (JsonObject) b_greeting = room_peer_expect (b, "room-joined");
  g_autoptr (JsonObject) c_greeting = room_peer_expect (c, "room-joined");

  expect_joined (a, PEER_C);
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
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
  RoomPeer *c = room_peer_enter (fixture->port, PEER_C, SECRET_C);

  room_peer_expect_close (c, 4003);
  room_peer_free (c);
  expect_joined (a, PEER_B);
  room_peer_expect_nothing (a);
  room_peer_expect_nothing (b);

  room_peer_leave (b);
  expect_gone (a, PEER_B);
  c = enter (fixture, PEER_C, SECRET_C);
  expect_joined (a, PEER_C);

  room_peer_free (a);
  room_peer_free (c);
}

static void
test_takeover (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
  RoomPeer *again, *other;

  expect_joined (a, PEER_B);

  again = enter (fixture, PEER_B, SECRET_B);
  room_peer_expect_close (b, 4001);
  room_peer_free (b);
  room_peer_expect_nothing (a);
  room_peer_say (a, PEER_A, PEER_B, "still there?");
  room_peer_expect_said (again, PEER_A, "still there?");

  other = enter (fixture, PEER_C, SECRET_B);
  room_peer_expect_close (again, 4001);
  room_peer_free (again);
  expect_gone (a, PEER_B);
  expect_joined (a, PEER_C);

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
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  GSocketConnection *wire = room_wire_open (fixture->port, PEER_B, SECRET_B);
  RoomPeer *b, *c;

  expect_joined (a, PEER_B);
  g_assert_true (g_io_stream_close (G_IO_STREAM (wire), NULL, NULL));
  g_clear_object (&wire);
  expect_gone (a, PEER_B);

  c = room_peer_enter (fixture->port, PEER_C, SECRET_C);
  room_peer_expect_close (c, 4003);
  room_peer_free (c);

  b = enter (fixture, PEER_B, SECRET_B);
  expect_joined (a, PEER_B);

  room_peer_free (a);
  room_peer_free (b);
}

static void
test_seat_released (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter (fixture, PEER_B, NULL);
  RoomPeer *c;

  expect_joined (a, PEER_B);
  room_peer_free (b);
  expect_gone (a, PEER_B);
  c = enter (fixture, PEER_C, SECRET_C);
  expect_joined (a, PEER_C);

  room_peer_free (a);
  room_peer_free (c);
}

static void
test_bad_identity (Fixture *fixture, gconstpointer user_data)
{
  static const char *const queries[] = {
    "", "?_pk=short", "?_pk=" PEER_A "!", "?_rs=" SECRET_A, "?_pk=" PEER_A "&_rs=short",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *path = g_strconcat ("/parties/main/lobby", queries[i], NULL);
    RoomPeer *peer = room_peer_open (fixture->port, path);

    g_assert_no_error (peer->error);
    room_peer_expect_close (peer, 4000);
    room_peer_free (peer);
  }
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
test_malformed (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    "hello",
    "{",
    "[]",
    "{\"type\":\"x\"}",
    "{\"type\":\"x\",\"from\":\"" PEER_B "\"}",
    "{\"type\":\"peer-joined\",\"from\":\"" PEER_A "\"}",
    "{\"type\":\"x\",\"from\":\"" PEER_A "\",\"to\":1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
    RoomPeer *b = enter (fixture, PEER_B, SECRET_B);

    expect_joined (a, PEER_B);
    room_peer_send (a, texts[i]);
    room_peer_expect_close (a, 4000);
    room_peer_free (a);
    expect_gone (b, PEER_A);
    room_peer_expect_nothing (b);
    room_peer_leave (b);
  }
}

static void
test_binary (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);

  soup_websocket_connection_send_binary (a->websocket, "{\"type\":\"ping\"}", 15);
  room_peer_expect_close (a, 4000);
  room_peer_free (a);
}

static char *
make_text (gsize length)
{
  GString *text = g_string_new ("{\"type\":\"x\",\"from\":\"" PEER_A "\",\"d\":\"");

  while (text->len < length - 2)
    g_string_append_c (text, 'x');
  g_string_append (text, "\"}");

  return g_string_free (text, FALSE);
}

static void
test_size (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
  g_autofree char *largest = make_text (64 * 1024);
  g_autofree char *larger = make_text (64 * 1024 + 1);
  g_autofree char *huge = make_text (1024 * 1024);
  g_autofree char *received = NULL;

  expect_joined (a, PEER_B);
  room_peer_send (a, largest);
  received = room_peer_next (b);
  g_assert_cmpstr (received, ==, largest);

  room_peer_send (a, larger);
  room_peer_expect_close (a, 4008);
  room_peer_free (a);
  expect_gone (b, PEER_A);

  /* Who sends so much at once may not even get to see the close code. */
  a = enter (fixture, PEER_A, SECRET_A);
  expect_joined (b, PEER_A);
  room_peer_send (a, huge);
  wait_until (a->closed);
  room_peer_free (a);
  expect_gone (b, PEER_A);
  room_peer_expect_nothing (b);

  room_peer_free (b);
}

#define TEXT 0x01
#define CONTINUATION 0x00
#define FIN 0x80

static void
test_fragments (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
  GSocketConnection *wire = room_wire_open (fixture->port, PEER_A, SECRET_A);
  g_autofree char *small = make_text (200);
  g_autofree char *larger = make_text (64 * 1024 + 1);
  g_autofree char *received = NULL;

  expect_joined (b, PEER_A);

  room_wire_send_frame (wire, TEXT, small, 1);
  for (guint i = 1; i < 199; i++)
    room_wire_send_frame (wire, CONTINUATION, small + i, 1);
  room_wire_send_frame (wire, FIN | CONTINUATION, small + 199, 1);
  received = room_peer_next (b);
  g_assert_cmpstr (received, ==, small);

  room_wire_send_frame (wire, TEXT, larger, 64 * 1024);
  room_wire_send_frame (wire, FIN | CONTINUATION, larger + 64 * 1024, 1);
  g_assert_cmpuint (room_wire_read_close (wire), ==, 4008);
  expect_gone (b, PEER_A);
  room_peer_expect_nothing (b);

  g_object_unref (wire);
  room_peer_free (b);
}

/* A message that never ends is stopped long before it fills the memory. */
static void
test_endless_fragments (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
  GSocketConnection *wire = room_wire_open (fixture->port, PEER_A, SECRET_A);
  g_autofree char *part = make_text (32 * 1024);
  guint sent = 0;

  expect_joined (b, PEER_A);
  room_wire_send_frame (wire, TEXT, part, 32 * 1024);
  while (room_wire_send_frame (wire, CONTINUATION, part, 32 * 1024))
    g_assert_cmpuint (sent++, <, 1000);
  expect_gone (b, PEER_A);

  g_object_unref (wire);
  room_peer_free (b);
}

static void
test_bad_text (Fixture *fixture, gconstpointer user_data)
{
  GSocketConnection *wire = room_wire_open (fixture->port, PEER_A, SECRET_A);

  room_wire_send_frame (wire, FIN | TEXT, "{\"type\":\"\xff\"}", 13);
  g_assert_cmpuint (room_wire_read_close (wire), ==, 1007);
  g_object_unref (wire);
}

static void
test_too_fast (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  g_autoptr (JsonObject) error = NULL;

  for (guint i = 0; i < 400; i++)
    room_peer_send (a, "{\"type\":\"ping\"}");
  wait_until (a->closed);
  g_assert_cmpuint (a->code, ==, 4008);
  g_assert_cmpuint (g_queue_get_length (&a->texts), >=, 200);
  room_peer_free (a);
}

static void
test_stop (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = enter (fixture, PEER_B, SECRET_B);
  g_autoptr (GError) error = NULL;

  expect_joined (a, PEER_B);
  duo_room_server_stop (fixture->server);
  duo_room_server_stop (fixture->server);
  g_assert_cmpuint (duo_room_server_get_port (fixture->server), ==, 0);
  room_peer_expect_close (a, 1001);
  room_peer_expect_close (b, 1001);
  room_peer_free (a);
  room_peer_free (b);

  g_assert_true (duo_room_server_listen (fixture->server, TRUE, fixture->port, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (duo_room_server_get_port (fixture->server), ==, fixture->port);
  a = enter (fixture, PEER_C, SECRET_C);
  room_peer_leave (a);
}

static void
test_expiry (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a, *b;

  g_assert_true (
    (g_object_set (fixture->server, "room-lifetime", G_GINT64_CONSTANT (50), NULL), TRUE));
  g_assert_true (duo_room_server_listen (fixture->server, TRUE, 0, NULL));
  fixture->port = duo_room_server_get_port (fixture->server);

  a = enter (fixture, PEER_A, SECRET_A);
  room_peer_expect_close (a, 4004);
  room_peer_free (a);
  b = enter (fixture, PEER_B, SECRET_B);
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
  a = enter (fixture, PEER_A, SECRET_A);
  room_peer_leave (a);

  g_assert_true (duo_room_server_listen_address (fixture->server, "127.0.0.1", 0, NULL));
  fixture->port = duo_room_server_get_port (fixture->server);
  a = enter (fixture, PEER_A, SECRET_A);
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
  RoomPeer *a = enter (fixture, PEER_A, SECRET_A);
  g_autofree char *health = request (fixture, "GET", "/health", 200, NULL);
  g_autofree char *room = request (fixture, "GET", "/parties/main/lobby", 200, NULL);
  g_autofree char *empty = request (fixture, "GET", "/party/nobody?x=y", 200, NULL);
  g_autofree char *page = request (fixture, "GET", "/call", 200, "Content-Security-Policy");
  g_autofree char *script = request (fixture, "GET", "/call.js", 200, NULL);
  g_autofree char *style = request (fixture, "GET", "/call.css", 200, NULL);
  g_autofree char *posted = request (fixture, "POST", "/call", 405, "Allow");
  g_autofree char *nothing = request (fixture, "GET", "/calls", 404, NULL);
  g_autofree char *nowhere = request (fixture, "GET", "/parties/main/a%2Fb", 404, NULL);

  g_assert_cmpstr (health,
                   ==,
                   "{\"status\":\"ok\",\"version\":\"" PACKAGE_VERSION
                   "\",\"rooms\":1,\"connections\":1}");
  g_assert_cmpstr (room, ==, "{\"participants\":1}");
  g_assert_cmpstr (empty, ==, "{\"participants\":0}");
  g_assert_nonnull (strstr (page, "Open in Duologue"));
  g_assert_nonnull (strstr (page, "<script src=\"/call.js\" defer></script>"));
  g_assert_null (strstr (page, "<style"));
  g_assert_nonnull (strstr (script, "duologue:"));
  g_assert_nonnull (strstr (style, "color-scheme"));

  room_peer_free (a);
}

static void
add (const char *path,
     const char *property,
     void (*test) (Fixture *fixture, gconstpointer user_data))
{
  g_test_add (path, Fixture, property, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/room-server/greeting", NULL, test_greeting);
  add ("/room-server/relay", "max-participants", test_relay);
  add ("/room-server/verbatim", NULL, test_verbatim);
  add ("/room-server/rooms-apart", NULL, test_rooms_apart);
  add ("/room-server/full", NULL, test_full);
  add ("/room-server/takeover", NULL, test_takeover);
  add ("/room-server/seat-held", NULL, test_seat_held);
  add ("/room-server/seat-released", NULL, test_seat_released);
  add ("/room-server/bad-identity", NULL, test_bad_identity);
  add ("/room-server/bad-address", NULL, test_bad_address);
  add ("/room-server/malformed", NULL, test_malformed);
  add ("/room-server/binary", NULL, test_binary);
  add ("/room-server/size", NULL, test_size);
  add ("/room-server/fragments", NULL, test_fragments);
  add ("/room-server/endless-fragments", NULL, test_endless_fragments);
  add ("/room-server/bad-text", NULL, test_bad_text);
  add ("/room-server/too-fast", NULL, test_too_fast);
  add ("/room-server/stop", NULL, test_stop);
  add ("/room-server/expiry", NULL, test_expiry);
  add ("/room-server/port-in-use", NULL, test_port_in_use);
  add ("/room-server/any-address", NULL, test_any_address);
  add ("/room-server/http", NULL, test_http);

  return g_test_run ();
}
