/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>

#include "duo-seat.h"
#include "duo-text.h"

typedef struct {
  char *directory;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_dir_make_tmp ("duo-seat-XXXXXX", &error);

  g_assert_no_error (error);
  fixture->directory = g_build_filename (base, "seats", NULL);
}

static GStrv
list_files (const char *directory)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);

    g_strv_builder_add (builder, path);
  }

  return g_strv_builder_end (builder);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) files = list_files (fixture->directory);
  g_autofree char *base = g_path_get_dirname (fixture->directory);

  for (guint i = 0; files[i] != NULL; i++)
    g_assert_cmpint (g_unlink (files[i]), ==, 0);
  g_rmdir (fixture->directory);
  g_assert_cmpint (g_rmdir (base), ==, 0);
  g_free (fixture->directory);
}

static DuoSeat *
take (Fixture *fixture, const char *room)
{
  g_autoptr (GError) error = NULL;
  DuoSeat *seat = duo_seat_take (fixture->directory, room, &error);

  g_assert_no_error (error);
  g_assert_nonnull (seat);
  g_assert_true (duo_text_is_peer_id (duo_seat_get_secret (seat)));

  return seat;
}

static char *
take_and_release (Fixture *fixture, const char *room)
{
  g_autoptr (DuoSeat) seat = take (fixture, room);

  g_assert_true (duo_seat_is_kept (seat));

  return g_strdup (duo_seat_get_secret (seat));
}

static char *
only_file (Fixture *fixture)
{
  g_auto (GStrv) files = list_files (fixture->directory);

  g_assert_cmpuint (g_strv_length (files), ==, 1);

  return g_strdup (files[0]);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = take_and_release (fixture, "room");
  g_autofree char *again = take_and_release (fixture, "room");
  g_autofree char *other = NULL;
  g_autofree char *path = only_file (fixture);
  GStatBuf status;

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_null (g_strrstr (path, "room"));

  other = take_and_release (fixture, "another room");
  g_assert_cmpstr (first, !=, other);
}

static void
test_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DuoSeat) first = take (fixture, "room");
  g_autoptr (DuoSeat) second = take (fixture, "room");

  g_assert_true (duo_seat_is_kept (first));
  g_assert_false (duo_seat_is_kept (second));
  g_assert_cmpstr (duo_seat_get_secret (first), !=, duo_seat_get_secret (second));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const contents[] = {
    "short\n",
    "no-end-of-line-0123456789",
    "what a strange thing in here!\n",
    "0123456789012345678901234567890123456789012345678901234567890123456789\n",
    "\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_autofree char *room = g_strdup_printf ("room %" G_GSIZE_FORMAT, i);
    g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, room, -1);
    g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
    g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
    g_autofree char *first = NULL;
    g_autofree char *again = NULL;
    g_autofree char *kept = NULL;

    g_test_message ("%s", contents[i]);
    g_assert_cmpint (g_mkdir_with_parents (fixture->directory, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));

    first = take_and_release (fixture, room);
    again = take_and_release (fixture, room);
    g_assert_cmpstr (first, ==, again);
    g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, contents[i]);
  }
}

static void
test_expires (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = take_and_release (fixture, "room");
  g_autofree char *path = only_file (fixture);
  g_autofree char *again = NULL;
  g_autofree char *left = NULL;
  struct utimbuf old = { .actime = 1000, .modtime = 1000 };

  g_assert_cmpint (utime (path, &old), ==, 0);
  again = take_and_release (fixture, "room");
  g_assert_cmpstr (first, !=, again);

  g_assert_cmpint (utime (path, &old), ==, 0);
  g_free (take_and_release (fixture, "another room"));
  left = only_file (fixture);
  g_assert_cmpstr (path, !=, left);
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) files = NULL;

  for (guint i = 0; i < 80; i++) {
    g_autofree char *room = g_strdup_printf ("room %u", i);

    g_free (take_and_release (fixture, room));
  }

  files = list_files (fixture->directory);
  g_assert_cmpuint (g_strv_length (files), ==, 64);
}

static void
test_no_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoSeat) seat = duo_seat_take ("/dev/null/nowhere", "room", &error);

  g_assert_no_error (error);
  g_assert_false (duo_seat_is_kept (seat));
  g_assert_true (duo_text_is_peer_id (duo_seat_get_secret (seat)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("/seat/kept", test_kept);
  ADD ("/seat/taken", test_taken);
  ADD ("/seat/damaged", test_damaged);
  ADD ("/seat/expires", test_expires);
  ADD ("/seat/bounded", test_bounded);
  ADD ("/seat/no-place", test_no_place);

  return g_test_run ();
}
