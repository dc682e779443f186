/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-json.h"
#include "duo-protocol-error.h"
#include "duo-vectors.h"

#include <string.h>

static JsonObject *
parse (JsonObject *vector, GError **error)
{
  g_autoptr (GBytes) bytes = duo_vector_get_hex (vector, "hex");
  const char *text = duo_vector_get (vector, "text");

  if (bytes != NULL)
    return duo_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);

  return duo_json_parse (text, strlen (text), error);
}

static void
check_accept (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (vector, &error);
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *text = NULL;

  if (object == NULL) {
    duo_vector_fail (vector, "was refused: %s", error->message);
    return;
  }
  text = duo_json_to_string (object);
  again = duo_json_parse (text, -1, NULL);
  if (again == NULL || !json_object_equal (object, again))
    duo_vector_fail (vector, "was written as %s", text);
}

static void
check_reject (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = parse (vector, &error);

  if (object != NULL)
    duo_vector_fail (vector, "was taken");
  else
    g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_JSON);
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("json.json");

  duo_vectors_foreach (file, "accept", check_accept, NULL);
  duo_vectors_foreach (file, "reject", check_reject, NULL);
}

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object =
    duo_json_parse ("{\"n\":-12,\"t\":true,\"f\":false,\"z\":null,\"a\":[1,\"x\",{}],"
                    "\"s\":\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
                    -1,
                    &error);
  JsonArray *array = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (object, "n"), ==, -12);
  g_assert_true (json_object_get_boolean_member (object, "t"));
  g_assert_false (json_object_get_boolean_member (object, "f"));
  g_assert_true (json_object_get_null_member (object, "z"));
  g_assert_cmpstr (json_object_get_string_member (object, "s"),
                   ==,
                   "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"\\/\b\f\n\r\t");
  array = json_object_get_array_member (object, "a");
  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  g_assert_cmpint (json_array_get_int_element (array, 0), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (array, 1), ==, "x");
}

/* What is behind the given length does not exist. */
static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = duo_json_parse ("{}x", 2, &error);

  g_assert_no_error (error);
  g_assert_nonnull (object);
  for (gssize length = 0; length < 9; length++)
    g_assert_null (duo_json_parse ("{\"a\":tru", length, NULL));
  g_assert_null (duo_json_parse (NULL, 0, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/vectors", test_vectors);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/length", test_length);

  return g_test_run ();
}
