/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-json-fields.h"

#include "duo-protocol-error.h"
#include "duo-secret.h"
#include "duo-text.h"

#include <gnutls/gnutls.h>
#include <string.h>

/* Every getter fails with DUO_PROTOCOL_ERROR_MESSAGE and names the field. */
static gboolean
field_error (GError **error, const char *name, const char *what)
{
  g_set_error (error,
               DUO_PROTOCOL_ERROR,
               DUO_PROTOCOL_ERROR_MESSAGE,
               "Field \"%s\" %s",
               name,
               what);

  return FALSE;
}

static JsonNode *
get_value (JsonObject *object, const char *name, GType type, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL) {
    field_error (error, name, "is missing");
    return NULL;
  }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type) {
    field_error (error, name, "has a wrong type");
    return NULL;
  }

  return node;
}

/**
 * duo_json_has:
 * @object: an object
 * @name: the name of an optional field
 *
 * Returns: whether @object has the field; browsers write null for what is not there
 */
gboolean
duo_json_has (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

/**
 * duo_json_get_string:
 * @object: an object
 * @name: the name of a field
 * @max_bytes: the most bytes of UTF-8
 * @out: (out) (transfer none): the string
 * @error: return location for an error
 *
 * Reads a string of any characters.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_string (
  JsonObject *object, const char *name, gsize max_bytes, const char **out, GError **error)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING, error);

  if (node == NULL)
    return FALSE;
  if (strlen (json_node_get_string (node)) > max_bytes)
    return field_error (error, name, "is too long");
  *out = json_node_get_string (node);

  return TRUE;
}

/**
 * duo_json_get_plain_text:
 * @object: an object
 * @name: the name of a field
 * @max_chars: the most characters
 * @out: (out) (transfer none): the string
 * @error: return location for an error
 *
 * Reads a string that may be shown, see duo_text_is_plain().
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_plain_text (
  JsonObject *object, const char *name, gsize max_chars, const char **out, GError **error)
{
  const char *text = NULL;

  if (!duo_json_get_string (object, name, G_MAXSIZE, &text, error))
    return FALSE;
  if (!duo_text_is_plain (text, max_chars))
    return field_error (error, name, "is too long or has control characters");
  *out = text;

  return TRUE;
}

/**
 * duo_json_get_ascii:
 * @object: an object
 * @name: the name of a field
 * @max_chars: the most characters
 * @out: (out) (transfer none): the string
 * @error: return location for an error
 *
 * Reads a string of printable ASCII.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_ascii (
  JsonObject *object, const char *name, gsize max_chars, const char **out, GError **error)
{
  const char *text = NULL;

  if (!duo_json_get_string (object, name, max_chars, &text, error))
    return FALSE;
  if (!duo_text_is_printable_ascii (text))
    return field_error (error, name, "is not printable ASCII");
  *out = text;

  return TRUE;
}

/**
 * duo_json_get_id:
 * @object: an object
 * @name: the name of a field
 * @min_chars: the fewest characters
 * @out: (out) (transfer none): the id
 * @error: return location for an error
 *
 * Reads an id: up to 64 of `[A-Za-z0-9_-]`.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_id (
  JsonObject *object, const char *name, gsize min_chars, const char **out, GError **error)
{
  const char *text = NULL;

  if (!duo_json_get_string (object, name, DUO_ID_MAX_CHARS, &text, error))
    return FALSE;
  if (!duo_text_is_id (text, min_chars, DUO_ID_MAX_CHARS))
    return field_error (error, name, "is no id");
  *out = text;

  return TRUE;
}

/**
 * duo_json_get_integer:
 * @object: an object
 * @name: the name of a field
 * @min: the least value
 * @max: the greatest value
 * @out: (out): the value
 * @error: return location for an error
 *
 * Reads an integer.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_integer (
  JsonObject *object, const char *name, gint64 min, gint64 max, gint64 *out, GError **error)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64, error);

  if (node == NULL)
    return FALSE;
  if (json_node_get_int (node) < min || json_node_get_int (node) > max)
    return field_error (error, name, "is out of range");
  *out = json_node_get_int (node);

  return TRUE;
}

/**
 * duo_json_get_boolean:
 * @object: an object
 * @name: the name of a field
 * @out: (out): the value
 * @error: return location for an error
 *
 * Reads true or false.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_boolean (JsonObject *object, const char *name, gboolean *out, GError **error)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN, error);

  if (node == NULL)
    return FALSE;
  *out = json_node_get_boolean (node);

  return TRUE;
}

/**
 * duo_json_get_bytes:
 * @object: an object
 * @name: the name of a field
 * @min_bytes: the fewest bytes
 * @max_bytes: the most bytes
 * @out: (out) (transfer full): the bytes, overwritten when they are freed
 * @error: return location for an error
 *
 * Reads bytes in base64 (RFC 4648 section 4), padded and with no stray bits behind the last byte.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_bytes (JsonObject *object,
                    const char *name,
                    gsize min_bytes,
                    gsize max_bytes,
                    GBytes **out,
                    GError **error)
{
  const char *text = NULL;
  g_autofree guchar *bytes = NULL;
  g_autofree char *again = NULL;
  gsize length = 0;

  if (!duo_json_get_string (object, name, (max_bytes + 2) / 3 * 4, &text, error))
    return FALSE;

  /* GLib skips what it does not know. Only what it would have written itself comes back the same.
   */
  bytes = g_base64_decode (text, &length);
  again = g_base64_encode (bytes, length);
  if (!g_str_equal (again, text))
    return field_error (error, name, "is no base64");
  if (length < min_bytes || length > max_bytes)
    return field_error (error, name, "has a wrong size");
  *out = duo_secret_bytes_new (bytes, length);
  gnutls_memset (bytes, 0, length);

  return TRUE;
}

/**
 * duo_json_get_object:
 * @object: an object
 * @name: the name of a field
 * @out: (out) (transfer none): the object in it
 * @error: return location for an error
 *
 * Reads an object in an object.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_object (JsonObject *object, const char *name, JsonObject **out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return field_error (error, name, "is missing");
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return field_error (error, name, "has a wrong type");
  *out = json_node_get_object (node);

  return TRUE;
}

/**
 * duo_json_get_array:
 * @object: an object
 * @name: the name of a field
 * @max_elements: the most elements
 * @out: (out) (transfer none): the array
 * @error: return location for an error
 *
 * Reads an array.
 *
 * Returns: %FALSE if the field is missing or something else
 */
gboolean
duo_json_get_array (
  JsonObject *object, const char *name, guint max_elements, JsonArray **out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return field_error (error, name, "is missing");
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return field_error (error, name, "has a wrong type");
  if (json_array_get_length (json_node_get_array (node)) > max_elements)
    return field_error (error, name, "has too many elements");
  *out = json_node_get_array (node);

  return TRUE;
}

/**
 * duo_json_set_bytes:
 * @object: an object
 * @name: the name of a field
 * @bytes: the bytes
 *
 * Writes bytes in base64.
 */
void
duo_json_set_bytes (JsonObject *object, const char *name, GBytes *bytes)
{
  gsize length = 0;
  const guchar *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_base64_encode (data, length);

  json_object_set_string_member (object, name, text);
}
