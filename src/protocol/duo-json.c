/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-json.h"

#include "duo-protocol-error.h"

#include <string.h>

#define MAX_DEPTH 16

/* An own parser for RFC 8259, as json-glib's takes comments, single quotes, hexadecimal numbers and
 * duplicate keys, and cuts strings at U+0000. It makes json-glib's nodes. */
typedef struct {
  /* Borrowed */
  const char *start;
  const char *at;
  const char *end;
  guint depth;

  /* Owned */
  GError *error;
} Parser;

static gpointer
fail (Parser *parser, const char *message)
{
  if (parser->error == NULL)
    parser->error = g_error_new (DUO_PROTOCOL_ERROR,
                                 DUO_PROTOCOL_ERROR_JSON,
                                 "%s at byte %" G_GSIZE_FORMAT,
                                 message,
                                 (gsize) (parser->at - parser->start));

  return NULL;
}

/* U+0000 is no JSON anywhere outside a string and refused in one, so it can stand for the end. */
static char
peek (Parser *parser)
{
  return parser->at < parser->end ? *parser->at : '\0';
}

static void
skip_space (Parser *parser)
{
  while (parser->at < parser->end && memchr (" \t\n\r", *parser->at, 4) != NULL)
    parser->at++;
}

static gboolean
take (Parser *parser, char c)
{
  if (parser->at >= parser->end || *parser->at != c)
    return FALSE;
  parser->at++;

  return TRUE;
}

static gboolean
take_word (Parser *parser, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (parser->end - parser->at) < length || memcmp (parser->at, word, length) != 0)
    return FALSE;
  parser->at += length;

  return TRUE;
}

static int
take_hex4 (Parser *parser)
{
  int value = 0;

  for (int i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (peek (parser));

    if (digit < 0)
      return -1;
    value = value << 4 | digit;
    parser->at++;
  }

  return value;
}

static gboolean
parse_unicode_escape (Parser *parser, GString *out)
{
  int unit = take_hex4 (parser);
  gunichar c = (gunichar) unit;

  if (unit <= 0)
    return fail (parser, unit == 0 ? "U+0000" : "No hexadecimal number") != NULL;
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (parser, "A lone surrogate") != NULL;
  if (unit >= 0xd800 && unit <= 0xdbff) {
    int low = take_word (parser, "\\u") ? take_hex4 (parser) : -1;

    if (low < 0xdc00 || low > 0xdfff)
      return fail (parser, "A lone surrogate") != NULL;
    c = 0x10000 + (((gunichar) unit - 0xd800) << 10) + ((gunichar) low - 0xdc00);
  }
  g_string_append_unichar (out, c);

  return TRUE;
}

static gboolean
parse_escape (Parser *parser, GString *out)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char c = peek (parser);
  const char *found = c != '\0' ? strchr (escapes, c) : NULL;

  if (c == 'u') {
    parser->at++;
    return parse_unicode_escape (parser, out);
  }
  if (found == NULL)
    return fail (parser, "An unknown escape") != NULL;
  parser->at++;
  g_string_append_c (out, meanings[found - escapes]);

  return TRUE;
}

static char *
parse_string (Parser *parser)
{
  g_autoptr (GString) out = NULL;

  if (!take (parser, '"'))
    return fail (parser, "No string");

  out = g_string_new (NULL);
  for (;;) {
    const char *run = parser->at;

    while (parser->at < parser->end && (guchar) *parser->at >= ' ' && *parser->at != '"' &&
           *parser->at != '\\')
      parser->at++;
    g_string_append_len (out, run, parser->at - run);

    if (take (parser, '"'))
      return g_string_free (g_steal_pointer (&out), FALSE);
    if (!take (parser, '\\'))
      return fail (parser, "A string without end or with a control character");
    if (!parse_escape (parser, out))
      return NULL;
  }
}

static JsonNode *
parse_number (Parser *parser)
{
  gboolean negative = take (parser, '-');
  gint64 value = 0;

  if (!g_ascii_isdigit (peek (parser)))
    return fail (parser, "No value");
  if (take (parser, '0')) {
    if (g_ascii_isdigit (peek (parser)))
      return fail (parser, "A leading zero");
  } else {
    while (g_ascii_isdigit (peek (parser))) {
      value = value * 10 + (*parser->at++ - '0');
      if (value > DUO_JSON_MAX_INTEGER)
        return fail (parser, "A number too large");
    }
  }
  if (peek (parser) == '.' || peek (parser) == 'e' || peek (parser) == 'E')
    return fail (parser, "A number that is no integer");

  return json_node_init_int (json_node_alloc (), negative ? -value : value);
}

/* Values hold members and members hold values: one of the two has to be named first. */
static JsonNode *parse_value (Parser *parser);

static gboolean
parse_member (Parser *parser, JsonObject *object)
{
  g_autofree char *name = parse_string (parser);
  JsonNode *value = NULL;

  if (name == NULL)
    return FALSE;
  if (json_object_has_member (object, name))
    return fail (parser, "A duplicate name") != NULL;
  skip_space (parser);
  if (!take (parser, ':'))
    return fail (parser, "No colon") != NULL;
  value = parse_value (parser);
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);

  return TRUE;
}

static JsonObject *
parse_object (Parser *parser)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!take (parser, '{'))
    return fail (parser, "No object");
  if (++parser->depth > MAX_DEPTH)
    return fail (parser, "Nested too deep");

  skip_space (parser);
  if (!take (parser, '}')) {
    do {
      skip_space (parser);
      if (!parse_member (parser, object))
        return NULL;
      skip_space (parser);
    } while (take (parser, ','));
    if (!take (parser, '}'))
      return fail (parser, "An object without end");
  }
  parser->depth--;

  return g_steal_pointer (&object);
}

static JsonArray *
parse_array (Parser *parser)
{
  g_autoptr (JsonArray) array = json_array_new ();

  parser->at++;
  if (++parser->depth > MAX_DEPTH)
    return fail (parser, "Nested too deep");

  skip_space (parser);
  if (!take (parser, ']')) {
    do {
      JsonNode *value = parse_value (parser);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
      skip_space (parser);
    } while (take (parser, ','));
    if (!take (parser, ']'))
      return fail (parser, "An array without end");
  }
  parser->depth--;

  return g_steal_pointer (&array);
}

static JsonNode *
parse_text (Parser *parser)
{
  g_autofree char *text = parse_string (parser);

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
parse_value (Parser *parser)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonArray) array = NULL;

  skip_space (parser);
  switch (peek (parser)) {
  case '{':
    object = parse_object (parser);
    return object != NULL ? json_node_init_object (json_node_alloc (), object) : NULL;
  case '[':
    array = parse_array (parser);
    return array != NULL ? json_node_init_array (json_node_alloc (), array) : NULL;
  case '"':
    return parse_text (parser);
  default:
    if (take_word (parser, "true"))
      return json_node_init_boolean (json_node_alloc (), TRUE);
    if (take_word (parser, "false"))
      return json_node_init_boolean (json_node_alloc (), FALSE);
    if (take_word (parser, "null"))
      return json_node_init_null (json_node_alloc ());
    return parse_number (parser);
  }
}

/**
 * duo_json_parse:
 * @text: (array length=length): what came from the network
 * @length: its length in bytes, or -1 if it ends in a nul
 * @error: return location for an error
 *
 * Reads one JSON object (RFC 8259), strictly: valid UTF-8, nested at most 16 deep, without U+0000,
 * lone surrogates or duplicate names; every number an integer within ±(2^53 − 1) without fraction
 * or exponent. Callable from any thread.
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with %DUO_PROTOCOL_ERROR_JSON
 */
JsonObject *
duo_json_parse (const char *text, gssize length, GError **error)
{
  /* An empty message may come without an address. */
  const char *start = text != NULL ? text : "";
  gsize size = length < 0 ? strlen (start) : (gsize) length;
  Parser parser = { start, start, start + size, 0, NULL };
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (!g_utf8_validate_len (start, size, NULL)) {
    fail (&parser, "No UTF-8");
  } else {
    skip_space (&parser);
    object = parse_object (&parser);
    skip_space (&parser);
    if (object != NULL && parser.at != parser.end)
      fail (&parser, "Something behind the object");
  }

  if (parser.error != NULL) {
    g_propagate_error (error, parser.error);
    return NULL;
  }

  return g_steal_pointer (&object);
}
