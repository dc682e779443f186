/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-protocol-error.h"
#include "duo-room-code.h"
#include "duo-vectors.h"

#include <string.h>

static void
check_valid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *symbols = duo_room_code_parse (duo_vector_get (vector, "text"), &error);
  g_autofree char *code = symbols != NULL ? duo_room_code_format (symbols) : NULL;

  duo_vector_check_string (vector, "symbols", symbols);
  duo_vector_check_string (vector, "code", code);
}

static void
check_invalid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *symbols = duo_room_code_parse (duo_vector_get (vector, "text"), &error);

  g_assert_true ((symbols == NULL) == (error != NULL));
  duo_vector_check_refusal (vector, error);
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("codes.json");

  duo_vectors_foreach (file, "valid", check_valid, NULL);
  duo_vectors_foreach (file, "invalid", check_invalid, NULL);
}

static void
test_no_utf8 (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (duo_room_code_parse ("k7qm-4xwp-93h\xff", &error));
  g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_CODE);
}

static void
test_generate (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++) {
    g_autoptr (GError) error = NULL;
    char *symbols = duo_room_code_generate (&error);
    g_autofree char *code = NULL;
    g_autofree char *again = NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (strlen (symbols), ==, DUO_ROOM_CODE_SYMBOLS);
    code = duo_room_code_format (symbols);
    again = duo_room_code_parse (code, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (again, ==, symbols);
    g_assert_true (g_hash_table_add (seen, symbols));
  }
}

/* One wrong symbol is always told, whichever it is. */
static void
test_every_typing_mistake (void)
{
  static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  static const char symbols[] = "k7qm4xwp93h3";

  for (gsize at = 0; at < DUO_ROOM_CODE_SYMBOLS; at++) {
    for (gsize i = 0; i < strlen (alphabet); i++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strdup (symbols);
      g_autofree char *parsed = NULL;

      text[at] = alphabet[i];
      parsed = duo_room_code_parse (text, &error);
      if (alphabet[i] == symbols[at])
        g_assert_cmpstr (parsed, ==, symbols);
      else
        g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_CODE_MISTYPED);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/room-code/vectors", test_vectors);
  g_test_add_func ("/room-code/no-utf8", test_no_utf8);
  g_test_add_func ("/room-code/generate", test_generate);
  g_test_add_func ("/room-code/every-typing-mistake", test_every_typing_mistake);

  return g_test_run ();
}
