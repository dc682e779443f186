/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-join-link.h"
#include "duo-protocol-error.h"
#include "duo-vectors.h"

#include <string.h>

static DuoJoinLink *
parse (JsonObject *vector, GError **error)
{
  return duo_join_link_parse (duo_vector_get (vector, "text"),
                              duo_vector_get (vector, "server"),
                              error);
}

static void
check_room_uri (JsonObject *vector, const DuoJoinLink *link)
{
  const char *party = duo_vector_get (vector, "party");
  const char *room = duo_vector_get (vector, "room");
  const char *address = duo_vector_get (vector, "address");
  g_autofree char *uri = duo_join_link_dup_room_uri (link, "some-room");
  /* http becomes ws, https becomes wss */
  g_autofree char *expected = g_strdup_printf ("ws%s/parties/%s/%s",
                                               address + strlen ("http"),
                                               party != NULL ? party : "main",
                                               room != NULL ? room : "some-room");

  if (!g_str_equal (uri, expected))
    duo_vector_fail (vector, "leads to %s", uri);
}

static void
check_written (JsonObject *vector, const DuoJoinLink *link)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoJoinLink) again = NULL;
  g_autofree char *text = duo_join_link_to_string (link);
  g_autofree char *app_uri = duo_join_link_to_app_uri (link);

  duo_vector_check_string (vector, "link", text);
  duo_vector_check_string (vector, duo_join_link_is_open (link) ? "link" : "app", app_uri);

  again = duo_join_link_parse (text, NULL, &error);
  if (again == NULL || !duo_join_link_equal (again, link))
    duo_vector_fail (vector, "reads differently once written");
  g_clear_pointer (&again, duo_join_link_unref);
  again = duo_join_link_parse (app_uri, NULL, &error);
  if (again == NULL || !duo_join_link_equal (again, link))
    duo_vector_fail (vector, "reads differently once written for the app");
}

static void
check_valid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoJoinLink) link = parse (vector, &error);

  if (link == NULL) {
    duo_vector_fail (vector, "was refused: %s", error->message);
    return;
  }
  duo_vector_check_string (vector, "host", duo_join_link_get_host (link));
  duo_vector_check_string (vector, "address", duo_join_link_get_server (link));
  duo_vector_check_string (vector, "symbols", duo_join_link_get_symbols (link));
  duo_vector_check_string (vector, "room", duo_join_link_get_room (link));
  if (duo_join_link_is_open (link) != (duo_vector_get (vector, "symbols") == NULL))
    duo_vector_fail (vector, "is open or not");
  check_room_uri (vector, link);
  check_written (vector, link);
}

static void
check_invalid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoJoinLink) link = parse (vector, &error);

  g_assert_true ((link == NULL) == (error != NULL));
  duo_vector_check_refusal (vector, error);
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("links.json");

  duo_vectors_foreach (file, "valid", check_valid, NULL);
  duo_vectors_foreach (file, "invalid", check_invalid, NULL);
}

static void
test_no_utf8 (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (duo_join_link_parse ("https://meet.example/call#k7qm\xff", NULL, &error));
  g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK_CONTROL);
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoJoinLink) link = duo_join_link_new ("HTTP://Meet.Example:8080/", &error);
  g_autoptr (DuoJoinLink) other = duo_join_link_new ("http://meet.example:8080", &error);
  g_autoptr (DuoJoinLink) same = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (duo_join_link_get_server (link), ==, "http://meet.example:8080");
  g_assert_false (duo_join_link_is_open (link));
  g_assert_false (duo_join_link_equal (link, other));

  text = duo_join_link_to_string (link);
  same = duo_join_link_parse (text, "https://other.example", &error);
  g_assert_no_error (error);
  g_assert_true (duo_join_link_equal (link, same));

  g_assert_null (duo_join_link_new ("meet.example", &error));
  g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK);
}

static const char *const different[] = {
  "https://meet.example/call#k7qm-4xwp-93h3",      "http://meet.example/call#k7qm-4xwp-93h3",
  "https://meet.example:8443/call#k7qm-4xwp-93h3", "https://meet.example/call#0000-0000-0000",
  "wss://meet.example/parties/main/room",          "ws://meet.example/parties/main/room",
  "wss://meet.example/parties/other/room",         "wss://meet.example/parties/main/other",
};

static void
test_equal (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (different); i++) {
    g_autoptr (DuoJoinLink) a = duo_join_link_parse (different[i], NULL, NULL);

    for (gsize j = 0; j < G_N_ELEMENTS (different); j++) {
      g_autoptr (DuoJoinLink) b = duo_join_link_parse (different[j], NULL, NULL);

      g_assert_cmpint (duo_join_link_equal (a, b), ==, i == j);
    }
  }
}

static void
test_boxed (void)
{
  g_autoptr (DuoJoinLink) link = duo_join_link_parse (different[0], NULL, NULL);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, DUO_TYPE_JOIN_LINK);
  g_value_set_boxed (&value, link);
  g_assert_true (g_value_get_boxed (&value) == link);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/join-link/vectors", test_vectors);
  g_test_add_func ("/join-link/no-utf8", test_no_utf8);
  g_test_add_func ("/join-link/new", test_new);
  g_test_add_func ("/join-link/equal", test_equal);
  g_test_add_func ("/join-link/boxed", test_boxed);

  return g_test_run ();
}
