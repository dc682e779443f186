/* SPDX-License-Identifier: GPL-3.0-or-later */

/* room-pairs PORT PAIRS [TOKEN]
 *
 * So many pairs of room clients, each in a room of its own and with a stand-in for the call: it
 * greets whenever it is in the room, answers a greeting, and remembers whom it has heard. With a
 * TOKEN the first of each pair has it, and the second comes when the room is there.
 *
 * A line of JSON says when all are together, that is in their rooms and have heard their other on
 * this very connection, and another when none has a connection any more. Whoever hears a stranger
 * ends the program, with status 1. It leaves at the end of its standard input. */

#include "config.h"

#include "duo-random.h"
#include "duo-room-client.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct _Pair Pair;

typedef struct {
  DuoRoomClient *client;
  Pair *pair;
  char name[16];
  gboolean heard;   /* the other, since it came in */
  gint64 joined_at; /* monotonic µs */
} End;

struct _Pair {
  End ends[2]; /* the one with the token first */
};

typedef struct {
  GMainLoop *loop;
  Pair *pairs;
  guint n_pairs;
  gboolean together;
  guint left;
} Crowd;

static Crowd crowd;

static End *
get_other (End *end)
{
  return &end->pair->ends[end == &end->pair->ends[0] ? 1 : 0];
}

static gboolean
is_in (const End *end)
{
  return duo_room_client_get_state (end->client) == DUO_ROOM_CLIENT_JOINED;
}

static void
say_together (void)
{
  gint64 first = G_MAXINT64, last = 0;
  guint guests_first = 0;

  for (guint i = 0; i < crowd.n_pairs; i++) {
    const End *ends = crowd.pairs[i].ends;

    for (guint j = 0; j < 2; j++) {
      first = MIN (first, ends[j].joined_at);
      last = MAX (last, ends[j].joined_at);
    }
    if (ends[1].joined_at < ends[0].joined_at)
      guests_first++;
  }

  g_print ("{\"event\":\"together\",\"guestsFirst\":%u,\"spreadMs\":%" G_GINT64_FORMAT "}\n",
           guests_first,
           (last - first) / 1000);
}

/* Tells whether all are together or all apart, once for each time. */
static void
look (void)
{
  guint in = 0, heard = 0;

  for (guint i = 0; i < crowd.n_pairs; i++) {
    for (guint j = 0; j < 2; j++) {
      const End *end = &crowd.pairs[i].ends[j];

      in += is_in (end) ? 1 : 0;
      heard += is_in (end) && end->heard ? 1 : 0;
    }
  }

  if (!crowd.together && heard == 2 * crowd.n_pairs) {
    crowd.together = TRUE;
    say_together ();
  } else if (crowd.together && in == 0) {
    crowd.together = FALSE;
    g_print ("{\"event\":\"apart\"}\n");
  }
}

static void
greet (End *end, const char *to)
{
  g_autoptr (DuoPeerMessage) hello = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);

  hello->display_name = g_strdup (end->name);
  hello->client = g_strdup ("test");
  hello->offers = 1;
  hello->epoch = 1;
  hello->reply = to != NULL;
  duo_room_client_send (end->client, hello, to);
}

static void
on_joined (DuoRoomClient *client, DuoServerMessage *greeting, gpointer user_data)
{
  End *end = user_data;
  End *other = get_other (end);

  end->heard = FALSE;
  end->joined_at = g_get_monotonic_time ();
  greet (end, NULL);
  if (duo_room_client_get_state (other->client) == DUO_ROOM_CLIENT_IDLE)
    duo_room_client_join (other->client);
}

static void
on_message (DuoRoomClient *client,
            const char *from,
            const DuoPeerMessage *message,
            gboolean addressed,
            gpointer user_data)
{
  End *end = user_data;
  g_autofree char *peer_id = NULL;

  g_object_get (get_other (end)->client, "peer-id", &peer_id, NULL);
  if (!g_str_equal (from, peer_id) ||
      g_strcmp0 (message->display_name, get_other (end)->name) != 0) {
    g_printerr ("%s has heard a stranger: %s\n", end->name, message->display_name);
    exit (EXIT_FAILURE);
  }

  end->heard = TRUE;
  if (!message->reply)
    greet (end, from);
  look ();
}

static void
on_closed (DuoRoomClient *client, DuoRoomCloseReason reason, gpointer user_data)
{
  End *end = user_data;

  if (reason == DUO_ROOM_CLOSE_DONE)
    return;
  g_printerr ("%s was thrown out: %d\n", end->name, reason);
  exit (EXIT_FAILURE);
}

static void
end_start (End *end, const char *uri, GBytes *key, const char *token)
{
  g_autofree char *peer_id = duo_random_id (NULL);
  g_autofree char *secret = duo_random_id (NULL);

  end->client = duo_room_client_new (uri, "pairs", key, peer_id, secret);
  if (token != NULL)
    duo_room_client_set_token (end->client, token);
  g_signal_connect (end->client, "joined", G_CALLBACK (on_joined), end);
  g_signal_connect (end->client, "message", G_CALLBACK (on_message), end);
  g_signal_connect (end->client, "closed", G_CALLBACK (on_closed), end);
  g_signal_connect_swapped (end->client, "notify::state", G_CALLBACK (look), &crowd);
}

/* Sealed alike for all: a frame that goes astray can be opened, and is found out. */
static void
pair_start (Pair *pair, guint index, const char *port, const char *token)
{
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%s/parties/main/pair-%u", port, index);
  g_autoptr (GBytes) key = g_bytes_new_static ("an old key that opens many doors", 32);

  for (guint j = 0; j < 2; j++) {
    End *end = &pair->ends[j];

    end->pair = pair;
    g_snprintf (end->name, sizeof end->name, "%u%c", index, j == 0 ? 'a' : 'b');
    end_start (end, uri, key, j == 0 ? token : NULL);
  }
}

static void
on_left (GObject *object, GAsyncResult *result, gpointer user_data)
{
  (void) duo_room_client_leave_finish (DUO_ROOM_CLIENT (object), result, NULL);
  if (++crowd.left == 2 * crowd.n_pairs)
    g_main_loop_quit (crowd.loop);
}

static gboolean
on_input (int descriptor, GIOCondition condition, gpointer user_data)
{
  char buffer[64];

  if (read (descriptor, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;

  for (guint i = 0; i < crowd.n_pairs; i++)
    for (guint j = 0; j < 2; j++)
      duo_room_client_leave_async (crowd.pairs[i].ends[j].client, NULL, on_left, NULL);

  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  if (argc < 3) {
    g_printerr ("room-pairs: needs a port and a number of pairs\n");
    return 2;
  }

  crowd.loop = g_main_loop_new (NULL, FALSE);
  crowd.n_pairs = (guint) atoi (argv[2]);
  crowd.pairs = g_new0 (Pair, crowd.n_pairs);
  for (guint i = 0; i < crowd.n_pairs; i++)
    pair_start (&crowd.pairs[i], i, argv[1], argc > 3 ? argv[3] : NULL);
  for (guint i = 0; i < crowd.n_pairs; i++)
    duo_room_client_join (crowd.pairs[i].ends[0].client);

  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input, NULL);
  g_main_loop_run (crowd.loop);

  for (guint i = 0; i < crowd.n_pairs; i++)
    for (guint j = 0; j < 2; j++)
      g_signal_handlers_disconnect_by_data (crowd.pairs[i].ends[j].client, &crowd);
  for (guint i = 0; i < crowd.n_pairs; i++)
    for (guint j = 0; j < 2; j++)
      g_assert_finalize_object (crowd.pairs[i].ends[j].client);
  g_free (crowd.pairs);
  g_main_loop_unref (crowd.loop);

  return EXIT_SUCCESS;
}
