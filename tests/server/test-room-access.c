/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-token.h"
#include "room-guest.h"
#include "server-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECRET "an access secret that is long enough"

/* A server on which starting a room takes a token. */
typedef struct {
  Fixture server;
  char *file;
  char *token;
} Access;

static void
access_set_up (Access *access, gconstpointer user_data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *option = NULL;
  int fd = g_file_open_tmp (NULL, &access->file, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (access->file, SECRET "\n", -1, NULL));
  access->token = duo_token_make (SECRET, DUO_TOKEN_START, "Ada", now + 3600);

  option = g_strconcat ("access-secret-file=", access->file, NULL);
  fixture_set_up (&access->server, option);
  if (user_data != NULL) {
    fixture_configure (&access->server, user_data);
    fixture_listen (&access->server);
  }
}

static void
access_tear_down (Access *access, gconstpointer user_data)
{
  fixture_tear_down (&access->server, NULL);
  g_unlink (access->file);
  g_free (access->file);
  g_free (access->token);
}

static RoomPeer *
enter (Access *access, const char *peer_id, const char *token)
{
  g_autofree char *path = g_strdup_printf ("/parties/main/lobby?_pk=%s%s%s",
                                           peer_id,
                                           token != NULL ? "&_tk=" : "",
                                           token != NULL ? token : "");

  return room_peer_open (access->server.port, path);
}

static void
expect_closed (Access *access, const char *token, guint code)
{
  RoomPeer *peer = enter (access, PEER_C, token);

  room_peer_expect_close (peer, code);
  room_peer_free (peer);
}

static void
test_start (Access *access, gconstpointer user_data)
{
  g_autofree char *wrong = g_strconcat (access->token, "x", NULL);
  g_autoptr (JsonObject) greeting = NULL;
  g_autoptr (JsonObject) welcome = NULL;
  RoomPeer *host, *guest;

  expect_closed (access, NULL, 4006);
  expect_closed (access, wrong, 4005);
  expect_closed (access, "no%20token", 4005);

  host = enter (access, PEER_A, access->token);
  greeting = room_peer_expect (host, "room-joined");
  g_assert_true (json_object_has_member (greeting, "ticket"));

  /* Whoever joins a room that there is needs nothing, not even something good. */
  guest = enter (access, PEER_B, wrong);
  welcome = room_peer_expect (guest, "room-joined");
  room_peer_free (guest);
  room_peer_free (host);
}

static void
restart (Access *access)
{
  guint16 port = access->server.port;
  GError *error = NULL;

  duo_room_server_stop (access->server.server);
  wait_until (duo_room_server_get_connections (access->server.server) == 0);
  duo_room_server_listen (access->server.server, TRUE, port, &error);
  g_assert_no_error (error);
}

/* The server forgets the room, and the one who had no token is back first. */
static void
test_ticket (Access *access, gconstpointer user_data)
{
  RoomPeer *host = enter (access, PEER_A, access->token);
  g_autoptr (JsonObject) greeting = room_peer_expect (host, "room-joined");
  Guest *guest = guest_join (access->server.port, FALSE, PEER_B, SECRET_B);
  gint64 expires_at = json_object_get_int_member (greeting, "expiresAt");
  g_autoptr (JsonObject) again = NULL;

  restart (access);
  wait_until (guest->joined == 2);
  room_peer_free (host);

  /* The room does not live any longer for that; the ticket counts in seconds. */
  host = enter (access, PEER_A, NULL);
  again = room_peer_expect (host, "room-joined");
  g_assert_cmpint (json_object_get_int_member (again, "expiresAt"), <=, expires_at);
  g_assert_cmpint (json_object_get_int_member (again, "expiresAt"), >=, expires_at - 1100);
  room_peer_free (host);
  guest_leave (guest);
}

/* A guest who is there too early waits, and gets in once the host has come. */
static void
test_early_guest (Access *access, gconstpointer user_data)
{
  Guest *guest = guest_new (access->server.port, FALSE, PEER_B, SECRET_B);
  Guest *host = guest_new (access->server.port, FALSE, PEER_A, SECRET_A);

  duo_room_client_join (guest->client);
  wait_until (duo_room_client_get_state (guest->client) == DUO_ROOM_CLIENT_CONNECTING);
  duo_room_client_set_token (host->client, access->token);
  duo_room_client_join (host->client);
  wait_until (host->greeted == 1);
  wait_until (guest->greeted == 1);
  guest_leave (guest);
  guest_leave (host);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  g_assert_nonnull (body);
  *done = TRUE;
}

static guint
post (Access *access, const char *room, DuoTokenScope scope, const char *text)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *token = duo_token_make (SECRET, scope, "admin", now + 60);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *uri =
    g_strdup_printf ("http://127.0.0.1:%u/parties/main/%s", access->server.port, room);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  gboolean done = FALSE;

  if (scope != DUO_TOKEN_TICKET)
    soup_message_headers_append (soup_message_get_request_headers (message),
                                 "Authorization",
                                 authorization);
  soup_message_set_request_body_from_bytes (message, "text/plain", body);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &done);
  wait_until (done);

  return soup_message_get_status (message);
}

static void
test_announcement (Access *access, gconstpointer user_data)
{
  g_autofree char *longest = g_strnfill (200, 'x');
  g_autofree char *longer = g_strnfill (201, 'x');
  g_autofree char *huge = g_strnfill (100000, 'x');
  RoomPeer *host = enter (access, PEER_A, access->token);
  g_autoptr (JsonObject) greeting = room_peer_expect (host, "room-joined");
  g_autoptr (JsonObject) heard = NULL;
  g_autoptr (JsonObject) last = NULL;

  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_TICKET, "hello"), ==, 401);
  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_START, "hello"), ==, 403);
  g_assert_cmpuint (post (access, "nobody", DUO_TOKEN_ANNOUNCE, "hello"), ==, 404);
  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_ANNOUNCE, ""), ==, 400);
  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_ANNOUNCE, longer), ==, 400);
  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_ANNOUNCE, huge), ==, 400);
  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_ANNOUNCE, "a\nb"), ==, 400);
  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_ANNOUNCE, "Grüße"), ==, 204);
  heard = room_peer_expect (host, "announcement");
  g_assert_cmpstr (json_object_get_string_member (heard, "text"), ==, "Grüße");
  g_assert_cmpuint (post (access, "lobby", DUO_TOKEN_ANNOUNCE, longest), ==, 204);
  last = room_peer_expect (host, "announcement");
  room_peer_free (host);
}

static gboolean
is_let_in (Access *access, const char *origin)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri =
    g_strdup_printf ("http://127.0.0.1:%u/parties/main/lobby?_pk=%s", access->server.port, PEER_A);
  g_autofree char *own = g_strdup_printf ("http://127.0.0.1:%u", access->server.port);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  gboolean done = FALSE;

  soup_message_headers_append (headers, "Upgrade", "websocket");
  soup_message_headers_append (headers, "Connection", "close");
  soup_message_headers_append (headers, "Origin", *origin != '\0' ? origin : own);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, &done);
  wait_until (done);

  /* Without a key it is a bad request, which only those hear who may ask. */
  return soup_message_get_status (message) == SOUP_STATUS_BAD_REQUEST;
}

static void
test_origin (Access *access, gconstpointer user_data)
{
  g_assert_true (is_let_in (access, "https://calls.example.org"));
  g_assert_true (is_let_in (access, ""));
  g_assert_false (is_let_in (access, "https://evil.example.org"));
  g_assert_false (is_let_in (access, "null"));
}

static void
add (const char *path, const char *option, void (*test) (Access *access, gconstpointer user_data))
{
  g_test_add (path, Access, option, access_set_up, test, access_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/room-access/start", NULL, test_start);
  add ("/room-access/ticket", NULL, test_ticket);
  add ("/room-access/early-guest", NULL, test_early_guest);
  add ("/room-access/announcement", NULL, test_announcement);
  add ("/room-access/origin", "allow-origin=https://calls.example.org", test_origin);

  return g_test_run ();
}
