/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-text.h"

static const struct {
  const char *text;
  const char *plain;
  gsize max_chars;
} texts[] = {
  { "Ada", "Ada", 64 },
  { "", "", 0 },
  { NULL, "", 64 },
  { "  Ada  Lovelace \n", "Ada  Lovelace", 64 },
  { "Ada\nLovelace\t!", "AdaLovelace!", 64 },
  { "abcdef", "abc", 3 },
  { "äöü€", "äö", 2 },
  { "a\xe2\x80\xae"
    "b",
    "ab",
    64 },
  { "a\xe2\x81\xa6"
    "b",
    "ab",
    64 },
  { "a\xe2\x80\xa8"
    "b",
    "ab",
    64 },
  { "a\x7f\xc2\x85"
    "b",
    "ab",
    64 },
  { "a\xff"
    "b",
    "a\xef\xbf\xbd"
    "b",
    64 },
  { "ab   cd", "ab", 4 },
};

static void
test_to_plain (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *plain = duo_text_to_plain (texts[i].text, texts[i].max_chars);

    g_assert_cmpstr (plain, ==, texts[i].plain);
    g_assert_true (duo_text_is_plain (plain, texts[i].max_chars));
  }
}

static void
test_is_plain (void)
{
  g_assert_true (duo_text_is_plain ("äöü", 3));
  g_assert_false (duo_text_is_plain ("äöüx", 3));
  g_assert_false (duo_text_is_plain ("a\xff", 3));
  g_assert_false (duo_text_is_plain ("a\r", 3));
}

static const struct {
  const char *text;
  gboolean peer_id;
  gboolean room_name;
} ids[] = {
  { NULL, FALSE, FALSE },
  { "", FALSE, FALSE },
  { "a", FALSE, TRUE },
  { "AZaz09_-", FALSE, TRUE },
  { "aaaaaaaaaaaaaaaaaaaaa", FALSE, TRUE },
  { "aaaaaaaaaaaaaaaaaaaaaa", TRUE, TRUE },
  { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TRUE, TRUE },
  { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", FALSE, FALSE },
  { "aaaaaaaaaaaaaaaaaaaaa.", FALSE, FALSE },
  { "aaaaaaaaaaaaaaaaaaaaa ", FALSE, FALSE },
  { "aaaaaaaaaaaaaaaaaaaaaa\n", FALSE, FALSE },
  { "aaaaaaaaaaaaaaaaaaaaaaé", FALSE, FALSE },
  { "aaaaaaaaaaaaaaaaaaaaaa=", FALSE, FALSE },
};

static void
test_ids (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_assert_cmpint (duo_text_is_peer_id (ids[i].text), ==, ids[i].peer_id);
    g_assert_cmpint (duo_text_is_room_name (ids[i].text), ==, ids[i].room_name);
  }
}

static void
test_printable_ascii (void)
{
  g_assert_true (duo_text_is_printable_ascii (""));
  g_assert_true (duo_text_is_printable_ascii (" ~aZ09"));
  g_assert_false (duo_text_is_printable_ascii ("a\n"));
  g_assert_false (duo_text_is_printable_ascii ("\x7f"));
  g_assert_false (duo_text_is_printable_ascii ("é"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/to-plain", test_to_plain);
  g_test_add_func ("/text/is-plain", test_is_plain);
  g_test_add_func ("/text/ids", test_ids);
  g_test_add_func ("/text/printable-ascii", test_printable_ascii);

  return g_test_run ();
}
