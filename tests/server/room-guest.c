/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "room-guest.h"

#include "room-peer.h"

static void
joined_cb (DuoRoomClient *client, DuoServerMessage *greeting, gpointer user_data)
{
  Guest *guest = user_data;

  guest->joined++;
  if (greeting != NULL) {
    g_autofree char *peer_id = NULL;

    guest->greeted++;
    g_object_get (client, "peer-id", &peer_id, NULL);
    g_assert_cmpint (greeting->type, ==, DUO_SERVER_MESSAGE_ROOM_JOINED);
    g_assert_cmpstr (greeting->peer_id, ==, peer_id);
  }
}

static void
message_cb (DuoRoomClient *client,
            const char *from,
            DuoPeerMessage *message,
            gboolean addressed,
            gpointer user_data)
{
  Guest *guest = user_data;

  g_assert_cmpint (message->type, ==, DUO_PEER_MESSAGE_HELLO);
  g_queue_push_tail (&guest->heard,
                     g_strdup_printf ("%c %s %s",
                                      from[0],
                                      message->display_name,
                                      addressed ? "addressed" : "all"));
}

static void
server_message_cb (DuoRoomClient *client, DuoServerMessage *message, gpointer user_data)
{
  Guest *guest = user_data;

  if (message->type == DUO_SERVER_MESSAGE_PEER_DISCONNECTED) {
    g_free (guest->left);
    guest->left = g_strdup (message->peer_id);
  } else if (message->type == DUO_SERVER_MESSAGE_ANNOUNCEMENT) {
    g_free (guest->announcement);
    guest->announcement = g_strdup (message->text);
  }
}

static void
closed_cb (DuoRoomClient *client, DuoRoomCloseReason reason, gpointer user_data)
{
  Guest *guest = user_data;

  g_assert_false (guest->closed);
  g_assert_cmpint (duo_room_client_get_state (client), ==, DUO_ROOM_CLIENT_CLOSED);
  guest->closed = TRUE;
  guest->reason = reason;
}

Guest *
guest_new (guint16 port, gboolean sealed, const char *peer_id, const char *secret)
{
  static const char key[32] = "an old key that opens many doors";
  Guest *guest = g_new0 (Guest, 1);
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u/parties/main/lobby", port);
  g_autoptr (GBytes) seal_key = g_bytes_new_static (key, sizeof key);

  g_queue_init (&guest->heard);
  guest->client = duo_room_client_new (uri, "lobby", sealed ? seal_key : NULL, peer_id, secret);
  g_signal_connect (guest->client, "joined", G_CALLBACK (joined_cb), guest);
  g_signal_connect (guest->client, "message", G_CALLBACK (message_cb), guest);
  g_signal_connect (guest->client, "server-message", G_CALLBACK (server_message_cb), guest);
  g_signal_connect (guest->client, "closed", G_CALLBACK (closed_cb), guest);
  g_assert_cmpint (duo_room_client_get_state (guest->client), ==, DUO_ROOM_CLIENT_IDLE);

  return guest;
}

Guest *
guest_join (guint16 port, gboolean sealed, const char *peer_id, const char *secret)
{
  Guest *guest = guest_new (port, sealed, peer_id, secret);

  duo_room_client_join (guest->client);
  g_assert_cmpint (duo_room_client_get_state (guest->client), ==, DUO_ROOM_CLIENT_CONNECTING);
  wait_until (guest->joined == 1);
  g_assert_cmpint (duo_room_client_get_state (guest->client), ==, DUO_ROOM_CLIENT_JOINED);

  return guest;
}

void
guest_free (Guest *guest)
{
  g_signal_handlers_disconnect_by_data (guest->client, guest);
  g_assert_finalize_object (guest->client);
  g_queue_clear_full (&guest->heard, g_free);
  g_free (guest->left);
  g_free (guest->announcement);
  g_free (guest);
}

gboolean
guest_say (Guest *guest, const char *name, const char *to)
{
  g_autoptr (DuoPeerMessage) hello = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);

  hello->display_name = g_strdup (name);
  hello->client = g_strdup ("test");
  hello->offers = 1;
  hello->epoch = 1;

  return duo_room_client_send (guest->client, hello, to);
}

void
guest_expect (Guest *guest, const char *expected)
{
  g_autofree char *heard = NULL;

  wait_until (!g_queue_is_empty (&guest->heard));
  heard = g_queue_pop_head (&guest->heard);
  g_assert_cmpstr (heard, ==, expected);
}

void
guest_left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *left = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (duo_room_client_leave_finish (DUO_ROOM_CLIENT (source), result, &error));
  g_assert_no_error (error);
  (*left)++;
}

void
guest_leave (Guest *guest)
{
  guint left = 0;

  duo_room_client_leave_async (guest->client, NULL, guest_left_cb, &left);
  wait_until (left == 1);
  g_assert_true (guest->closed);
  g_assert_cmpint (guest->reason, ==, DUO_ROOM_CLOSE_DONE);
  guest_free (guest);
}
