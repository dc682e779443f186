/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-vectors.h"

#include "duo-json.h"
#include "duo-protocol-error.h"

/* The shared test vectors. A case that fails is named and the others still run. */

static const struct {
  const char *name;
  DuoProtocolError code;
} refusals[] = {
  { "code", DUO_PROTOCOL_ERROR_CODE },
  { "code-mistyped", DUO_PROTOCOL_ERROR_CODE_MISTYPED },
  { "code-needs-server", DUO_PROTOCOL_ERROR_CODE_NEEDS_SERVER },
  { "link", DUO_PROTOCOL_ERROR_LINK },
  { "link-too-long", DUO_PROTOCOL_ERROR_LINK_TOO_LONG },
  { "link-control", DUO_PROTOCOL_ERROR_LINK_CONTROL },
  { "link-user-info", DUO_PROTOCOL_ERROR_LINK_USER_INFO },
  { "link-path", DUO_PROTOCOL_ERROR_LINK_PATH },
  { "link-fragment", DUO_PROTOCOL_ERROR_LINK_FRAGMENT },
  { "link-host", DUO_PROTOCOL_ERROR_LINK_HOST },
};

static char *
build_path (const char *file)
{
  const char *folder = g_getenv ("DUO_VECTORS");

  if (folder != NULL)
    return g_build_filename (folder, file, NULL);

  return g_build_filename (g_test_get_dir (G_TEST_DIST), "vectors", file, NULL);
}

JsonObject *
duo_vectors_load (const char *file)
{
  g_autofree char *path = build_path (file);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  JsonObject *object = NULL;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  object = duo_json_parse (text, length, &error);
  g_assert_no_error (error);

  return object;
}

void
duo_vectors_foreach (JsonObject *file, const char *list, DuoVectorFunc func, gpointer user_data)
{
  JsonArray *vectors = json_object_get_array_member (file, list);

  g_assert_cmpuint (json_array_get_length (vectors), >, 0);
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    func (json_array_get_object_element (vectors, i), user_data);
}

/* The string, or NULL where there is none. */
const char *
duo_vector_get (JsonObject *vector, const char *name)
{
  return json_object_get_string_member_with_default (vector, name, NULL);
}

GBytes *
duo_vector_get_base64 (JsonObject *vector, const char *name)
{
  const char *text = duo_vector_get (vector, name);
  guchar *bytes = NULL;
  gsize length = 0;

  g_assert_nonnull (text);
  bytes = g_base64_decode (text, &length);

  return g_bytes_new_take (bytes, length);
}

/* The bytes, or NULL where there are none. */
GBytes *
duo_vector_get_hex (JsonObject *vector, const char *name)
{
  const char *text = duo_vector_get (vector, name);
  GByteArray *bytes = NULL;

  if (text == NULL)
    return NULL;
  bytes = g_byte_array_new ();
  for (const char *p = text; p[0] != '\0'; p += 2) {
    guint8 byte = g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]);

    g_byte_array_append (bytes, &byte, 1);
  }

  return g_byte_array_free_to_bytes (bytes);
}

void
duo_vector_fail (JsonObject *vector, const char *format, ...)
{
  const char *name = duo_vector_get (vector, "name");
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  text = name != NULL ? g_strdup (name) : duo_json_to_string (vector);
  g_test_message ("%s: %s", text, what);
  g_test_fail ();
}

void
duo_vector_check_string (JsonObject *vector, const char *name, const char *found)
{
  const char *expected = duo_vector_get (vector, name);

  if (g_strcmp0 (expected, found) != 0)
    duo_vector_fail (vector, "%s is %s", name, found != NULL ? found : "missing");
}

void
duo_vector_check_refusal (JsonObject *vector, const GError *error)
{
  const char *refusal = duo_vector_get (vector, "refusal");

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    if (g_str_equal (refusals[i].name, refusal)) {
      if (error == NULL)
        duo_vector_fail (vector, "was taken");
      else if (!g_error_matches (error, DUO_PROTOCOL_ERROR, refusals[i].code))
        duo_vector_fail (vector, "was refused otherwise: %s", error->message);
      return;
    }
  }
  duo_vector_fail (vector, "has a refusal that nobody knows");
}

/* The message of a case, with its long string filled in. A copy: its strings may be changed. */
JsonObject *
duo_vector_get_message (JsonObject *vector)
{
  g_autofree char *text = duo_json_to_string (json_object_get_object_member (vector, "message"));
  g_autoptr (JsonObject) message = duo_json_parse (text, -1, NULL);
  JsonObject *inner = message;
  JsonObject *fill = NULL;
  JsonArray *path = NULL;
  g_autofree char *long_text = NULL;
  guint last = 0;

  if (!json_object_has_member (vector, "fill"))
    return g_steal_pointer (&message);

  fill = json_object_get_object_member (vector, "fill");
  path = json_object_get_array_member (fill, "path");
  last = json_array_get_length (path) - 1;
  for (guint i = 0; i < last; i++) {
    if (json_node_get_value_type (json_array_get_element (path, i)) == G_TYPE_STRING)
      inner = json_object_get_object_member (inner, json_array_get_string_element (path, i));
    else
      g_assert_not_reached ();
  }
  long_text = g_strnfill (json_object_get_int_member (fill, "length"), 'a');
  json_object_set_string_member (inner, json_array_get_string_element (path, last), long_text);

  return g_steal_pointer (&message);
}

/* What was written has to be what was read, but for fields that nobody knows. */
static gboolean
is_part_of (JsonNode *part, JsonNode *whole)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (part) || !JSON_NODE_HOLDS_OBJECT (whole))
    return json_node_equal (part, whole);
  json_object_iter_init (&iter, json_node_get_object (part));
  while (json_object_iter_next (&iter, &name, &node)) {
    JsonNode *other = json_object_get_member (json_node_get_object (whole), name);

    if (other == NULL || !is_part_of (node, other))
      return FALSE;
  }

  return TRUE;
}

void
duo_vector_check_written (JsonObject *vector, JsonObject *message, JsonObject *written)
{
  g_autoptr (JsonNode) part = json_node_init_object (json_node_alloc (), written);
  g_autoptr (JsonNode) whole = json_node_init_object (json_node_alloc (), message);

  if (json_object_has_member (vector, "written")) {
    if (!json_node_equal (part, json_object_get_member (vector, "written")))
      duo_vector_fail (vector, "is written otherwise");
  } else if (!is_part_of (part, whole)) {
    duo_vector_fail (vector, "is not written as it was read");
  }
}
