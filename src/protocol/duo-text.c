/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-text.h"

#include <string.h>

/* What could reorder or break up the line of text around it. */
static gboolean
is_plain_character (gunichar c)
{
  return !(g_unichar_iscntrl (c)             /* C0, DEL, C1 */
           || c == 0x2028 || c == 0x2029     /* line and paragraph separator */
           || (c >= 0x202a && c <= 0x202e)   /* bidi embeddings and overrides */
           || (c >= 0x2066 && c <= 0x2069)); /* bidi isolates */
}

/**
 * duo_text_is_plain:
 * @text: a string
 * @max_chars: the most characters (code points) it may have
 *
 * Whether @text is UTF-8 that may be shown as one line: no control characters, no line separators,
 * none of the bidi embeddings, overrides and isolates that would reorder what stands around it.
 */
gboolean
duo_text_is_plain (const char *text, gsize max_chars)
{
  gsize n_chars = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (++n_chars > max_chars || !is_plain_character (g_utf8_get_char (p)))
      return FALSE;
  }

  return TRUE;
}

/**
 * duo_text_to_plain:
 * @text: (nullable): a string, perhaps not even UTF-8
 * @max_chars: the most characters to keep
 *
 * Makes of anything a text that duo_text_is_plain() accepts: what is not allowed is left out,
 * what is too long is cut, white space at the ends goes.
 *
 * Returns: (transfer full): the text, perhaps empty
 */
char *
duo_text_to_plain (const char *text, gsize max_chars)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);
  gsize n_chars = 0;

  if (text == NULL)
    return g_strdup ("");

  valid = g_utf8_make_valid (text, -1);
  g_strchug (valid);
  for (const char *p = valid; *p != '\0' && n_chars < max_chars; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!is_plain_character (c))
      continue;
    g_string_append_unichar (plain, c);
    n_chars++;
  }

  return g_strchomp (g_string_free (g_steal_pointer (&plain), FALSE));
}

/**
 * duo_text_is_printable_ascii:
 * @text: a string
 *
 * Whether @text has only the characters from space to tilde.
 */
gboolean
duo_text_is_printable_ascii (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p++) {
    if (*p < ' ' || *p > '~')
      return FALSE;
  }

  return TRUE;
}

/**
 * duo_text_is_id:
 * @text: (nullable): a string
 * @min_chars: the fewest characters
 * @max_chars: the most characters
 *
 * Whether @text is so many of `[A-Za-z0-9_-]`.
 */
gboolean
duo_text_is_id (const char *text, gsize min_chars, gsize max_chars)
{
  gsize length = 0;

  if (text == NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++) {
    if (!(g_ascii_isalnum (*p) || *p == '_' || *p == '-') || ++length > max_chars)
      return FALSE;
  }

  return length >= min_chars;
}

/**
 * duo_text_is_peer_id:
 * @text: (nullable): a string
 *
 * Whether @text has the grammar of a PEER or a SECRET: 22 to 64 of `[A-Za-z0-9_-]`.
 */
gboolean
duo_text_is_peer_id (const char *text)
{
  return duo_text_is_id (text, DUO_PEER_ID_MIN_CHARS, DUO_ID_MAX_CHARS);
}

/**
 * duo_text_is_room_name:
 * @text: (nullable): a string
 *
 * Whether @text has the grammar of a ROOM or a PARTY: 1 to 64 of `[A-Za-z0-9_-]`.
 */
gboolean
duo_text_is_room_name (const char *text)
{
  return duo_text_is_id (text, 1, DUO_ID_MAX_CHARS);
}

/**
 * duo_text_is_token:
 * @text: any text
 *
 * Returns: whether that may be a TOKEN: 1 to %DUO_TOKEN_MAX_CHARS of base64url and dots
 */
gboolean
duo_text_is_token (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= DUO_TOKEN_MAX_CHARS &&
         strspn (text,
                 "0123456789abcdefghijklmnopqrstuvwxyz"
                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.") == length;
}
