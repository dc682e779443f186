/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "room-guest.h"
#include "room-peer.h"

/* The room client in rooms that are not ours: a stock PartyKit room that only passes things on, and
 * servers that misbehave. */

#define GREETING                                                                                   \
  "{\"type\":\"room-joined\",\"room\":\"lobby\",\"peerId\":\"" PEER_A "\",\"peers\":[],"           \
  "\"iceServers\":[],\"maxParticipants\":2,\"expiresAt\":4102444800000,\"ticket\":\"t\"}"

typedef struct {
  SoupServer *http;
  guint16 port;
  GPtrArray *websockets;
  guint opened;
  guint pings;

  /* What it does, set by the test. */
  gboolean relays;
  guint close_code;
  const char *const *says;
  guint pongs;
} Room;

static void
room_message_cb (SoupWebsocketConnection *from,
                 SoupWebsocketDataType type,
                 GBytes *message,
                 gpointer user_data)
{
  Room *room = user_data;

  if (g_strcmp0 (g_bytes_get_data (message, NULL), "{\"type\":\"ping\"}") == 0) {
    room->pings++;
    if (room->pings <= room->pongs)
      soup_websocket_connection_send_text (from, "{\"type\":\"pong\"}");
  }

  for (guint i = 0; room->relays && i < room->websockets->len; i++) {
    SoupWebsocketConnection *to = g_ptr_array_index (room->websockets, i);

    /* Somebody may be about to leave. */
    if (to != from && soup_websocket_connection_get_state (to) == SOUP_WEBSOCKET_STATE_OPEN)
      soup_websocket_connection_send_message (to, type, message);
  }
}

static void
room_closed_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  Room *room = user_data;

  g_ptr_array_remove (room->websockets, websocket);
}

static void
room_opened_cb (SoupServer *http,
                SoupServerMessage *message,
                const char *path,
                SoupWebsocketConnection *websocket,
                gpointer user_data)
{
  Room *room = user_data;

  room->opened++;
  g_ptr_array_add (room->websockets, g_object_ref (websocket));
  g_signal_connect (websocket, "message", G_CALLBACK (room_message_cb), room);
  g_signal_connect (websocket, "closed", G_CALLBACK (room_closed_cb), room);

  for (guint i = 0; room->says != NULL && room->says[i] != NULL; i++)
    soup_websocket_connection_send_text (websocket, room->says[i]);
  if (room->close_code != 0)
    soup_websocket_connection_close (websocket, (gushort) room->close_code, NULL);
}

static void
set_up (Room *room, gconstpointer user_data)
{
  g_autoptr (GSList) uris = NULL;

  room->http = soup_server_new (NULL, NULL);
  room->websockets = g_ptr_array_new_with_free_func (g_object_unref);
  soup_server_add_websocket_handler (room->http,
                                     "/parties",
                                     NULL,
                                     NULL,
                                     room_opened_cb,
                                     room,
                                     NULL);
  g_assert_true (soup_server_listen_local (room->http, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (room->http);
  room->port = (guint16) g_uri_get_port (uris->data);
  g_uri_unref (uris->data);
}

static void
tear_down (Room *room, gconstpointer user_data)
{
  wait_until (room->websockets->len == 0);
  g_ptr_array_unref (room->websockets);
  soup_server_disconnect (room->http);
  g_assert_finalize_object (room->http);
}

static Guest *
guest_with_pings (Room *room, const char *peer_id, const char *secret, guint interval)
{
  Guest *guest = guest_new (room->port, FALSE, peer_id, secret);

  duo_steady_socket_set_ping_interval (duo_room_client_get_socket (guest->client), interval);
  duo_room_client_join (guest->client);
  wait_until (guest->joined == 1);

  return guest;
}

/* Nobody greets and nobody answers pings: the client is in all the same, and stays. */
static void
test_relay (Room *room, gconstpointer user_data)
{
  Guest *a, *b;

  room->relays = TRUE;
  a = guest_with_pings (room, PEER_A, SECRET_A, 10);
  b = guest_with_pings (room, PEER_B, SECRET_B, 10);
  g_assert_cmpuint (a->greeted + b->greeted, ==, 0);

  g_assert_true (guest_say (a, "Ada", NULL));
  guest_expect (b, "a Ada all");
  g_assert_true (guest_say (b, "Bob", PEER_A));
  guest_expect (a, "b Bob addressed");

  wait_until (room->pings >= 20);
  g_assert_cmpuint (room->opened, ==, 2);
  g_assert_cmpuint (a->joined, ==, 1);

  guest_leave (a);
  guest_leave (b);
}

/* In a room that says nothing by itself somebody's word is the sign that one is in. */
static void
test_first_word (Room *room, gconstpointer user_data)
{
  static const char *const says[] = {
    "{\"type\":\"hello\",\"from\":\"" PEER_B "\",\"displayName\":\"Bob\",\"client\":\"x\","
    "\"offers\":1,\"reply\":false,\"epoch\":1,\"connected\":false}",
    GREETING,
    NULL,
  };
  Guest *a;

  room->says = says;
  a = guest_join (room->port, FALSE, PEER_A, SECRET_A);
  guest_expect (a, "b Bob all");

  /* Any participant could have sent that greeting. */
  wait_until (room->websockets->len == 1);
  g_assert_cmpuint (a->greeted, ==, 0);
  guest_leave (a);
}

static void
test_late_greeting (Room *room, gconstpointer user_data)
{
  Guest *a = guest_join (room->port, FALSE, PEER_A, SECRET_A);

  g_assert_cmpuint (a->greeted, ==, 0);
  soup_websocket_connection_send_text (g_ptr_array_index (room->websockets, 0), GREETING);
  wait_until (a->joined == 2);
  g_assert_cmpuint (a->greeted, ==, 1);
  guest_leave (a);
}

/* A server that used to answer pings and does not any more has gone. */
static void
test_missing_pongs (Room *room, gconstpointer user_data)
{
  Guest *a = guest_new (room->port, FALSE, PEER_A, SECRET_A);

  room->pongs = 2;
  duo_steady_socket_set_ping_interval (duo_room_client_get_socket (a->client), 30);
  duo_room_client_join (a->client);
  wait_until (room->opened == 2);
  wait_until (duo_room_client_get_state (a->client) == DUO_ROOM_CLIENT_JOINED);
  guest_leave (a);
}

static void
test_nonsense (Room *room, gconstpointer user_data)
{
  static const char *const says[] = {
    "hello",
    "{",
    "[]",
    "{}",
    "{\"type\":7}",
    "{\"type\":[\"pong\"]}",
    "{\"type\":\"unheard-of\",\"from\":\"" PEER_B "\"}",
    "{\"type\":\"hello\"}",
    "{\"type\":\"hello\",\"from\":\"" PEER_A "\",\"displayName\":\"me\",\"offers\":1,"
    "\"client\":\"x\",\"reply\":false,\"epoch\":1,\"connected\":false}",
    "{\"type\":\"offer\",\"from\":\"" PEER_B "\",\"to\":\"" PEER_A "\"}",
    "{\"type\":\"peer-joined\"}",
    "{\"type\":\"peer-disconnected\"}",
    "{\"type\":\"announcement\",\"text\":7}",
    "{\"type\":\"error\"}",
    "{\"type\":\"announcement\",\"text\":\"Back at noon\"}",
    NULL,
  };
  Guest *a;

  room->says = says;
  a = guest_join (room->port, FALSE, PEER_A, SECRET_A);
  soup_websocket_connection_send_binary (g_ptr_array_index (room->websockets, 0), "{}", 2);
  wait_until (a->announcement != NULL);
  g_assert_cmpstr (a->announcement, ==, "Back at noon");
  g_assert_null (a->left);
  g_assert_true (g_queue_is_empty (&a->heard));

  soup_websocket_connection_send_text (g_ptr_array_index (room->websockets, 0),
                                       "{\"type\":\"peer-disconnected\",\"peerId\":\"" PEER_B
                                       "\"}");
  wait_until (a->left != NULL);
  g_assert_cmpstr (a->left, ==, PEER_B);
  guest_leave (a);
}

static void
test_close_codes (Room *room, gconstpointer user_data)
{
  static const struct {
    guint code;
    DuoRoomCloseReason reason;
  } closes[] = {
    { 4000, DUO_ROOM_CLOSE_MALFORMED }, { 4001, DUO_ROOM_CLOSE_TAKEN_OVER },
    { 4004, DUO_ROOM_CLOSE_EXPIRED },   { 4005, DUO_ROOM_CLOSE_NOT_ALLOWED },
    { 4008, DUO_ROOM_CLOSE_TOO_FAST },  { 4999, DUO_ROOM_CLOSE_NOT_ALLOWED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (closes); i++) {
    Guest *a = guest_new (room->port, TRUE, PEER_A, SECRET_A);

    room->close_code = closes[i].code;
    duo_room_client_join (a->client);
    wait_until (a->closed);
    g_assert_cmpint (a->reason, ==, closes[i].reason);
    g_assert_cmpuint (a->joined, ==, 0);
    g_assert_cmpuint (room->opened, ==, i + 1);
    guest_free (a);
  }
}

static void
test_comes_back (Room *room, gconstpointer user_data)
{
  static const guint codes[] = { 1000, 1001, 1011 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    Guest *a = guest_new (room->port, TRUE, PEER_A, SECRET_A);

    room->opened = 0;
    room->close_code = codes[i];
    duo_room_client_join (a->client);
    wait_until (room->opened == 2);
    room->close_code = 0;
    wait_until (a->joined == 1);
    g_assert_cmpuint (room->opened, ==, 3);
    guest_leave (a);
  }
}

/* A web server without rooms, perhaps because it is just being restarted. */
static void
test_no_room (Room *room, gconstpointer user_data)
{
  Guest *a = guest_new (room->port, TRUE, PEER_A, SECRET_A);

  soup_server_remove_handler (room->http, "/parties");
  duo_room_client_join (a->client);
  g_assert_true (guest_say (a, "early", NULL));
  guest_leave (a);
}

static void
add (const char *path, void (*test) (Room *room, gconstpointer user_data))
{
  g_test_add (path, Room, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/plain-room/relay", test_relay);
  add ("/plain-room/first-word", test_first_word);
  add ("/plain-room/late-greeting", test_late_greeting);
  add ("/plain-room/missing-pongs", test_missing_pongs);
  add ("/plain-room/nonsense", test_nonsense);
  add ("/plain-room/close-codes", test_close_codes);
  add ("/plain-room/comes-back", test_comes_back);
  add ("/plain-room/no-room", test_no_room);

  return g_test_run ();
}
