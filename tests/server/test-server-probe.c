/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-server.h"
#include "duo-server-probe.h"
#include "room-peer.h"

#include <string.h>

typedef struct {
  gboolean done;
  char *version;
  int participants;
  GError *error;
} Outcome;

static void
health_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->version = duo_server_probe_health_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
participants_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->participants = duo_server_probe_participants_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static void
expect_error (const char *server, DuoSignalingError code)
{
  Outcome health = { 0 };
  Outcome participants = { 0 };

  duo_server_probe_health_async (server, NULL, health_cb, &health);
  duo_server_probe_participants_async (server, "lobby", NULL, participants_cb, &participants);
  wait_until (health.done && participants.done);
  g_assert_error (health.error, DUO_SIGNALING_ERROR, (int) code);
  g_assert_error (participants.error, DUO_SIGNALING_ERROR, (int) code);
  g_assert_null (health.version);
  g_assert_cmpint (participants.participants, ==, -1);
  g_clear_error (&health.error);
  g_clear_error (&participants.error);
}

static void
test_room_server (void)
{
  g_autoptr (DuoRoomServer) server = duo_room_server_new ();
  g_autofree char *address = NULL;
  Outcome health = { 0 };
  Outcome participants = { 0 };
  RoomPeer *peer;

  g_assert_true (duo_room_server_listen (server, TRUE, 0, NULL));
  address = g_strdup_printf ("http://127.0.0.1:%u", duo_room_server_get_port (server));
  peer = room_peer_enter (duo_room_server_get_port (server), PEER_A, NULL);

  duo_server_probe_health_async (address, NULL, health_cb, &health);
  duo_server_probe_participants_async (address, "lobby", NULL, participants_cb, &participants);
  wait_until (health.done && participants.done);
  g_assert_no_error (health.error);
  g_assert_no_error (participants.error);
  g_assert_cmpstr (health.version, ==, PACKAGE_VERSION);
  g_assert_cmpint (participants.participants, ==, 1);
  g_free (health.version);

  room_peer_free (peer);
  duo_room_server_stop (server);
  wait_until (duo_room_server_get_connections (server) == 0);
  expect_error (address, DUO_SIGNALING_ERROR_UNREACHABLE);
}

static void
answer_cb (SoupServer *http,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  const char *answer = user_data;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    answer,
                                    strlen (answer));
}

static void
test_other_servers (void)
{
  static const char *const answers[] = {
    "",
    "<!DOCTYPE html>",
    "{}",
    "{\"status\":\"ill\",\"version\":\"1\",\"participants\":-1}",
    "{\"status\":\"ok\",\"version\":7,\"participants\":\"two\"}",
    "{\"status\":\"ok\",\"version\":\"1\\u001b[2J\",\"participants\":1.5}",
    "{\"status\":\"ok\",\"version\":null,\"participants\":1000000000}",
  };

  for (guint i = 0; i <= G_N_ELEMENTS (answers); i++) {
    g_autoptr (SoupServer) http = soup_server_new (NULL, NULL);
    g_autofree char *huge = g_strnfill (100000, ' ');
    g_autofree char *address = NULL;
    g_autoptr (GSList) uris = NULL;
    gpointer answer = i < G_N_ELEMENTS (answers) ? (gpointer) answers[i] : huge;

    soup_server_add_handler (http, NULL, answer_cb, answer, NULL);
    g_assert_true (soup_server_listen_local (http, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
    uris = soup_server_get_uris (http);
    address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
    g_uri_unref (uris->data);
    expect_error (address, DUO_SIGNALING_ERROR_NOT_A_SERVER);
  }

  expect_error ("nonsense", DUO_SIGNALING_ERROR_NOT_A_SERVER);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome health = { 0 };

  g_cancellable_cancel (cancellable);
  duo_server_probe_health_async ("http://127.0.0.1:1", cancellable, health_cb, &health);
  wait_until (health.done);
  g_assert_error (health.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&health.error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-probe/room-server", test_room_server);
  g_test_add_func ("/server-probe/other-servers", test_other_servers);
  g_test_add_func ("/server-probe/cancelled", test_cancelled);

  return g_test_run ();
}
