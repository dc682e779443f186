/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "server-fixture.h"

#include <string.h>

/* What the server does with clients that break the rules or are not there any more. */

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
test_malformed (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    "hello",
    "{",
    "[]",
    "{\"type\":\"x\",\"from\":null}",
    "{\"type\":\"x\",\"from\":\"" PEER_B "\"}",
    "{\"type\":\"peer-joined\",\"from\":\"" PEER_A "\"}",
    "{\"type\":\"x\",\"from\":\"" PEER_A "\",\"to\":1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
    RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);

    room_peer_expect_joined (a, PEER_B);
    room_peer_send (a, texts[i]);
    room_peer_expect_close (a, 4000);
    room_peer_free (a);
    room_peer_expect_gone (b, PEER_A);
    room_peer_expect_nothing (b);
    room_peer_leave (b);
  }
}

static void
test_binary (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);

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
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  g_autofree char *largest = make_text (64 * 1024);
  g_autofree char *larger = make_text (64 * 1024 + 1);
  g_autofree char *huge = make_text (1024 * 1024);
  g_autofree char *received = NULL;

  room_peer_expect_joined (a, PEER_B);
  room_peer_send (a, largest);
  received = room_peer_next (b);
  g_assert_cmpstr (received, ==, largest);

  room_peer_send (a, larger);
  room_peer_expect_close (a, 4008);
  room_peer_free (a);
  room_peer_expect_gone (b, PEER_A);

  /* Who sends so much at once may not even get to see the close code. */
  a = fixture_enter (fixture, PEER_A, SECRET_A);
  room_peer_expect_joined (b, PEER_A);
  room_peer_send (a, huge);
  wait_until (a->closed);
  room_peer_free (a);
  room_peer_expect_gone (b, PEER_A);
  room_peer_expect_nothing (b);

  room_peer_free (b);
}

#define TEXT 0x01
#define CONTINUATION 0x00
#define FIN 0x80

static void
test_fragments (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  GSocketConnection *wire = room_wire_open (fixture->port, PEER_A, SECRET_A);
  g_autofree char *small = make_text (200);
  g_autofree char *larger = make_text (64 * 1024 + 1);
  g_autofree char *received = NULL;

  room_peer_expect_joined (b, PEER_A);

  room_wire_send_frame (wire, TEXT, small, 1);
  for (guint i = 1; i < 199; i++)
    room_wire_send_frame (wire, CONTINUATION, small + i, 1);
  room_wire_send_frame (wire, FIN | CONTINUATION, small + 199, 1);
  received = room_peer_next (b);
  g_assert_cmpstr (received, ==, small);

  room_wire_send_frame (wire, TEXT, larger, 64 * 1024);
  room_wire_send_frame (wire, FIN | CONTINUATION, larger + 64 * 1024, 1);
  g_assert_cmpuint (room_wire_read_close (wire), ==, 4008);
  room_peer_expect_gone (b, PEER_A);
  room_peer_expect_nothing (b);

  g_object_unref (wire);
  room_peer_free (b);
}

/* A message that never ends is stopped long before it fills the memory. */
static void
test_endless_fragments (Fixture *fixture, gconstpointer user_data)
{
  RoomPeer *b = fixture_enter (fixture, PEER_B, SECRET_B);
  GSocketConnection *wire = room_wire_open (fixture->port, PEER_A, SECRET_A);
  g_autofree char *part = make_text (32 * 1024);
  guint sent = 0;

  room_peer_expect_joined (b, PEER_A);
  room_wire_send_frame (wire, TEXT, part, 32 * 1024);
  while (room_wire_send_frame (wire, CONTINUATION, part, 32 * 1024))
    g_assert_cmpuint (sent++, <, 1000);
  room_peer_expect_gone (b, PEER_A);

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
  RoomPeer *a = fixture_enter (fixture, PEER_A, SECRET_A);
  g_autoptr (JsonObject) error = NULL;

  for (guint i = 0; i < 400; i++)
    room_peer_send (a, "{\"type\":\"ping\"}");
  wait_until (a->closed);
  g_assert_cmpuint (a->code, ==, 4008);
  g_assert_cmpuint (g_queue_get_length (&a->texts), >=, 200);
  room_peer_free (a);
}

/* Somebody who does not answer the server's pings is not there any more. */
static void
test_missed_pings (Fixture *fixture, gconstpointer user_data)
{
  GSocketConnection *wire;
  RoomPeer *b;

  fixture_configure (fixture, "ping-interval=2");
  fixture_listen (fixture);

  b = fixture_enter (fixture, PEER_B, SECRET_B);
  wire = room_wire_open (fixture->port, PEER_A, NULL);
  room_peer_expect_joined (b, PEER_A);
  room_peer_expect_gone (b, PEER_A);
  g_assert_cmpuint (room_wire_read_close (wire), ==, 1001);
  g_assert_false (b->closed);

  g_object_unref (wire);
  room_peer_free (b);
}

/* What waits for somebody who does not read is bounded. Every sender has a reserve of half a MiB;
 * the sockets' own buffers take some of it. */
static void
test_slow_reader (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *filler = g_strnfill (60 * 1024, 'x');
  GSocketConnection *wire;
  RoomPeer *witness;

  fixture_configure (fixture, "max-participants=100");
  fixture_configure (fixture, "connections-per-address=200");
  fixture_listen (fixture);
  wire = room_wire_open (fixture->port, PEER_D, NULL);
  witness = fixture_enter (fixture, PEER_A, SECRET_B);

  for (guint i = 0; g_queue_is_empty (&witness->texts); i++) {
    g_autofree char *peer_id = g_strdup_printf ("%024u", i);
    RoomPeer *sender = fixture_enter (fixture, peer_id, NULL);

    g_assert_cmpuint (i, <, 64);
    room_peer_expect_joined (witness, peer_id);
    for (guint n = 0; n < 8; n++)
      room_peer_say (sender, peer_id, PEER_D, filler);
    room_peer_send (sender, "{\"type\":\"ping\"}");
    wait_until (!g_queue_is_empty (&sender->texts));
    room_peer_free (sender);
    wait_until (!g_queue_is_empty (&witness->texts));
    if (strstr (g_queue_peek_head (&witness->texts), peer_id) != NULL)
      room_peer_expect_gone (witness, peer_id);
  }
  room_peer_expect_gone (witness, PEER_D);

  g_object_unref (wire);
  room_peer_free (witness);
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
  add ("/room-limits/bad-identity", NULL, test_bad_identity);
  add ("/room-limits/malformed", NULL, test_malformed);
  add ("/room-limits/binary", NULL, test_binary);
  add ("/room-limits/size", NULL, test_size);
  add ("/room-limits/fragments", NULL, test_fragments);
  add ("/room-limits/endless-fragments", NULL, test_endless_fragments);
  add ("/room-limits/bad-text", NULL, test_bad_text);
  add ("/room-limits/too-fast", "message-rate=1", test_too_fast);
  add ("/room-limits/missed-pings", NULL, test_missed_pings);
  add ("/room-limits/slow-reader", NULL, test_slow_reader);

  return g_test_run ();
}
