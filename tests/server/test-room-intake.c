/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hostile-room.h"
#include "room-guest.h"
#include "room-peer.h"

#include <string.h>

#define FRAGMENT (32 * 1024)
#define FRAGMENTS 2048

/* What came of writing it all. */
typedef struct {
  gboolean done;
  gsize written;
} Flood;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flood *flood = user_data;

  (void) g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &flood->written, NULL);
  flood->done = TRUE;
}

/* A text message in so many fragments, the last of which never comes. RFC 6455 section 5.4 */
static GByteArray *
make_endless_message (guint fragments)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree guint8 *payload = g_malloc (FRAGMENT);

  memset (payload, 'x', FRAGMENT);
  for (guint i = 0; i < fragments; i++) {
    const guint8 head[] = { i == 0 ? 0x01 : 0x00, 126, FRAGMENT >> 8, FRAGMENT & 0xff };

    g_byte_array_append (bytes, head, sizeof head);
    g_byte_array_append (bytes, payload, FRAGMENT);
  }

  return bytes;
}

static GOutputStream *
get_output (HostileRoom *room)
{
  HostileGuest *guest = g_ptr_array_index (room->guests, 0);

  return g_io_stream_get_output_stream (soup_websocket_connection_get_io_stream (guest->websocket));
}

/* The connection is over long before it is all there, and there is another one. */
static void
test_endless (void)
{
  HostileRoom *room = hostile_room_new ();
  Guest *guest = guest_join (room->port, FALSE, PEER_A, SECRET_A);
  g_autoptr (GByteArray) bytes = make_endless_message (FRAGMENTS);
  Flood flood = { 0 };

  g_output_stream_write_all_async (get_output (room),
                                   bytes->data,
                                   bytes->len,
                                   G_PRIORITY_DEFAULT,
                                   NULL,
                                   written_cb,
                                   &flood);
  wait_until (guest->joined == 2);
  wait_until (flood.done);
  g_test_message ("%" G_GSIZE_FORMAT " of %u bytes", flood.written, bytes->len);
  g_assert_cmpuint (flood.written, <, bytes->len);
  g_assert_false (guest->closed);

  guest_leave (guest);
  hostile_room_free (room);
}

/* As many bytes in messages that do end are no trouble. */
static void
test_many (void)
{
  g_autofree char *filler = g_strnfill (FRAGMENT, 'x');
  g_autofree char *text = g_strdup_printf ("{\"type\":\"%s\"}", filler);
  HostileRoom *room = hostile_room_new ();
  Guest *guest = guest_join (room->port, FALSE, PEER_A, SECRET_A);

  for (guint i = 0; i < 256; i++)
    hostile_room_tell (room, text);
  hostile_room_tell (room, "{\"type\":\"announcement\",\"text\":\"Still here?\"}");
  wait_until (guest->announcement != NULL);
  g_assert_cmpuint (guest->joined, ==, 1);

  guest_leave (guest);
  hostile_room_free (room);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/room-intake/endless", test_endless);
  g_test_add_func ("/room-intake/many", test_many);

  return g_test_run ();
}
