/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-json.h"

/* An own writer, as json-glib's leaves U+001F as it is. */

/* Objects hold nodes and nodes hold objects: one of the two has to be named first. */
static void write_node (GString *out, JsonNode *node);

static void
write_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if (*p == '\n')
      g_string_append (out, "\\n");
    else if (*p == '\r')
      g_string_append (out, "\\r");
    else if ((guchar) *p < ' ' || *p == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guint) *p);
    else
      g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

static void
write_object (GString *out, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (!first)
      g_string_append_c (out, ',');
    first = FALSE;
    write_string (out, name);
    g_string_append_c (out, ':');
    write_node (out, node);
  }
  g_string_append_c (out, '}');
}

static void
write_array (GString *out, JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    write_node (out, json_array_get_element (array, i));
  }
  g_string_append_c (out, ']');
}

static void
write_value (GString *out, JsonNode *node)
{
  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    write_string (out, json_node_get_string (node));
    break;
  case G_TYPE_BOOLEAN:
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
    break;
  default:
    /* The protocol has no other numbers than integers. */
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
    break;
  }
}

static void
write_node (GString *out, JsonNode *node)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    write_object (out, json_node_get_object (node));
    break;
  case JSON_NODE_ARRAY:
    write_array (out, json_node_get_array (node));
    break;
  case JSON_NODE_VALUE:
    write_value (out, node);
    break;
  case JSON_NODE_NULL:
  default:
    g_string_append (out, "null");
    break;
  }
}

/**
 * duo_json_to_string:
 * @object: an object whose numbers are integers
 *
 * Returns: (transfer full): @object as one line of JSON, its members in the order they were added
 */
char *
duo_json_to_string (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  write_object (out, object);

  return g_string_free (out, FALSE);
}
