/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-random.h"
#include "duo-text.h"

#include <string.h>

static void
test_bytes (void)
{
  guint8 bytes[256] = { 0 };
  guint8 others[256] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (duo_random_bytes (bytes, sizeof bytes, &error));
  g_assert_no_error (error);
  g_assert_true (duo_random_bytes (others, sizeof others, &error));
  g_assert_no_error (error);
  g_assert_cmpint (memcmp (bytes, others, sizeof bytes), !=, 0);
  g_assert_true (duo_random_bytes (bytes, 0, &error));
}

static void
test_length (void)
{
  guint8 bytes[8] = { 0 };

  /* Nothing behind the given length is touched. */
  g_assert_true (duo_random_bytes (bytes, 4, NULL));
  g_assert_cmpmem (bytes + 4, 4, "\0\0\0\0", 4);
}

static void
test_id (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++) {
    g_autoptr (GError) error = NULL;
    char *id = duo_random_id (&error);

    g_assert_no_error (error);
    g_assert_cmpuint (strlen (id), ==, 22);
    g_assert_true (duo_text_is_peer_id (id));
    /* 128 bits are 21 symbols and two bits more. */
    g_assert_nonnull (strchr ("AQgw", id[21]));
    g_assert_true (g_hash_table_add (seen, id));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random/bytes", test_bytes);
  g_test_add_func ("/random/length", test_length);
  g_test_add_func ("/random/id", test_id);

  return g_test_run ();
}
