/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room.h"

/* Three clients: their connections are only compared, so any addresses do. */
static int first, second, third, fourth;

static const DuoRoomRules rules = {
  .max_participants = 2, .lifetime = 100000, .seat_hold = 30000, .linger = 60000
};

static DuoRoomVerdict
join (DuoRoom *room, const char *peer, const char *secret, int *connection, gint64 now)
{
  g_auto (DuoRoomEntry) entry = { 0 };

  return duo_room_join (room, peer, secret, connection, now, &entry);
}

static void
leave (DuoRoom *room, int *connection, gboolean for_good, gint64 now, const char *expected)
{
  g_autofree char *peer = duo_room_leave (room, connection, for_good, now);

  g_assert_cmpstr (peer, ==, expected);
}

static void
check_entry (DuoRoom *room,
             const char *peer,
             const char *secret,
             int *connection,
             gint64 now,
             int *replaced,
             const char *gone,
             gboolean announce)
{
  g_auto (DuoRoomEntry) entry = { 0 };

  g_assert_cmpint (duo_room_join (room, peer, secret, connection, now, &entry),
                   ==,
                   DUO_ROOM_ADMITTED);
  g_assert_true (entry.replaced == replaced);
  g_assert_cmpuint (entry.gone->len, ==, gone != NULL ? 1 : 0);
  if (gone != NULL)
    g_assert_cmpstr (g_ptr_array_index (entry.gone, 0), ==, gone);
  g_assert_cmpint (entry.announce, ==, announce);
}

static void
check_given_up (DuoRoom *room, gint64 now, const char *expected)
{
  g_autoptr (GPtrArray) gone = duo_room_give_up_seats (room, now);

  g_assert_cmpuint (gone->len, ==, expected != NULL ? 1 : 0);
  if (expected != NULL)
    g_assert_cmpstr (g_ptr_array_index (gone, 0), ==, expected);
}

static void
append_peer (const char *peer_id, gint64 joined_at, gpointer connection, gpointer user_data)
{
  g_string_append_printf (user_data, "%s@%d ", peer_id, (int) joined_at);
}

static void
check_seats (DuoRoom *room, const char *expected)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  duo_room_foreach (room, append_peer, seen);
  g_assert_cmpstr (seen->str, ==, expected);
}

static void
test_capacity (void)
{
  g_autoptr (DuoRoom) room = duo_room_new (&rules, 0);

  g_assert_cmpuint (duo_room_count (room), ==, 0);
  check_entry (room, "a", "sa", &first, 10, NULL, NULL, TRUE);
  check_entry (room, "b", NULL, &second, 20, NULL, NULL, TRUE);
  g_assert_cmpint (join (room, "c", "sc", &third, 30), ==, DUO_ROOM_FULL);
  g_assert_cmpuint (duo_room_count (room), ==, 2);
  g_assert_true (duo_room_find (room, "a") == &first);
  g_assert_true (duo_room_find (room, "b") == &second);
  g_assert_null (duo_room_find (room, "c"));
  g_assert_cmpuint (duo_room_get_max_participants (room), ==, 2);

  leave (room, &second, FALSE, 40, "b");
  leave (room, &second, FALSE, 40, NULL);
  g_assert_cmpint (join (room, "c", "sc", &third, 50), ==, DUO_ROOM_ADMITTED);
}

static void
test_seat_held (void)
{
  g_autoptr (DuoRoom) room = duo_room_new (&rules, 0);

  join (room, "a", "sa", &first, 0);
  join (room, "b", "sb", &second, 0);
  leave (room, &second, FALSE, 1000, NULL);
  g_assert_null (duo_room_find (room, "b"));
  check_given_up (room, 30999, NULL);
  g_assert_cmpint (join (room, "c", "sc", &third, 30999), ==, DUO_ROOM_FULL);
  check_entry (room, "b", "sb", &fourth, 30999, NULL, NULL, FALSE);
  check_seats (room, "a@0 b@0 ");

  /* Nobody hears of a loss before the seat is given up: to a newcomer, or by itself. */
  leave (room, &fourth, FALSE, 40000, NULL);
  check_entry (room, "c", "sc", &third, 70000, NULL, "b", TRUE);
  g_assert_cmpint (join (room, "b", "sb", &second, 70001), ==, DUO_ROOM_FULL);
  leave (room, &third, FALSE, 80000, NULL);
  check_given_up (room, 109999, NULL);
  check_given_up (room, 110000, "c");
  check_given_up (room, 110001, NULL);
}

static void
test_left_for_good (void)
{
  g_autoptr (DuoRoom) room = duo_room_new (&rules, 0);

  join (room, "a", "sa", &first, 0);
  join (room, "b", "sb", &second, 0);
  leave (room, &second, TRUE, 1, "b");
  g_assert_cmpint (join (room, "c", "sc", &third, 2), ==, DUO_ROOM_ADMITTED);
}

static void
test_takeover (void)
{
  g_autoptr (DuoRoom) room = duo_room_new (&rules, 0);

  join (room, "a", "sa", &first, 0);
  join (room, "b", "sb", &second, 0);

  /* The same PEER again: nobody need hear of it. */
  check_entry (room, "b", "sb", &third, 5, &second, NULL, FALSE);
  leave (room, &second, FALSE, 6, NULL);
  g_assert_true (duo_room_find (room, "b") == &third);

  /* Another PEER with the same SECRET: the old one has gone, the new one has come. */
  check_entry (room, "n", "sb", &fourth, 7, &third, "b", TRUE);
  check_seats (room, "a@0 n@7 ");
  g_assert_null (duo_room_find (room, "b"));

  /* Another PEER in a held seat: the one it was held for has gone now. */
  leave (room, &fourth, FALSE, 8, NULL);
  check_entry (room, "m", "sb", &third, 9, NULL, "n", TRUE);
}

static void
test_namesakes (void)
{
  g_autoptr (DuoRoom) room = duo_room_new (&rules, 0);

  join (room, "a", "sa", &first, 0);
  g_assert_cmpint (join (room, "a", "sx", &second, 1), ==, DUO_ROOM_FORBIDDEN);
  g_assert_cmpint (join (room, "a", NULL, &second, 1), ==, DUO_ROOM_FORBIDDEN);
  leave (room, &first, FALSE, 2, NULL);
  g_assert_cmpint (join (room, "a", "sx", &second, 3), ==, DUO_ROOM_FORBIDDEN);

  join (room, "b", NULL, &second, 4);
  check_entry (room, "b", NULL, &third, 5, &second, NULL, FALSE);
  g_assert_cmpint (join (room, "b", "sa", &fourth, 6), ==, DUO_ROOM_FORBIDDEN);
}

static void
test_ends (void)
{
  g_autoptr (DuoRoom) room = duo_room_new (&rules, 1000);

  g_assert_cmpint (duo_room_get_expires_at (room), ==, 101000);
  g_assert_false (duo_room_is_over (room, 60999));
  g_assert_true (duo_room_is_over (room, 61000));

  join (room, "a", "sa", &first, 2000);
  g_assert_false (duo_room_is_over (room, 100999));
  leave (room, &first, FALSE, 3000, NULL);
  g_assert_false (duo_room_is_over (room, 62999));
  g_assert_true (duo_room_is_over (room, 63000));

  join (room, "a", "sa", &first, 50000);
  g_assert_false (duo_room_is_expired (room, 100999));
  g_assert_true (duo_room_is_expired (room, 101000));
  g_assert_true (duo_room_is_over (room, 101000));
  g_assert_cmpint (join (room, "b", "sb", &second, 101000), ==, DUO_ROOM_EXPIRED);
}

static void
test_foreach (void)
{
  g_autoptr (DuoRoom) room = duo_room_new (&rules, 0);

  check_seats (room, "");
  join (room, "a", "sa", &first, 1);
  join (room, "b", "sb", &second, 2);
  check_seats (room, "a@1 b@2 ");
  leave (room, &first, FALSE, 3, NULL);
  check_seats (room, "b@2 ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/room/capacity", test_capacity);
  g_test_add_func ("/room/seat-held", test_seat_held);
  g_test_add_func ("/room/left-for-good", test_left_for_good);
  g_test_add_func ("/room/takeover", test_takeover);
  g_test_add_func ("/room/namesakes", test_namesakes);
  g_test_add_func ("/room/ends", test_ends);
  g_test_add_func ("/room/foreach", test_foreach);

  return g_test_run ();
}
