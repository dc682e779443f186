/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-code.h"

#include "duo-protocol-error.h"
#include "duo-random.h"

#include <gnutls/gnutls.h>
#include <string.h>

#define N_RANDOM (DUO_ROOM_CODE_SYMBOLS - 1)
#define GROUP 4
#define SOFT_HYPHEN 0x00ad
#define MINUS_SIGN 0x2212

/* Crockford's base32: no i, l, o (read as 1, 1, 0) and no u. */
static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

static int
symbol_value (char c)
{
  const char *at = c != '\0' ? strchr (alphabet, c) : NULL;

  return at != NULL ? (int) (at - alphabet) : -1;
}

/* Luhn mod 32. The check symbol stands rightmost with factor 1, so the random symbols begin with
 * factor 2 at their right end. */
static char
check_symbol (const char *symbols)
{
  guint sum = 0;
  guint factor = 2;

  for (int i = N_RANDOM - 1; i >= 0; i--) {
    guint x = factor * (guint) symbol_value (symbols[i]);

    sum += x / 32 + x % 32;
    factor = 3 - factor;
  }

  return alphabet[(32 - sum % 32) % 32];
}

/* What a person may write between the symbols without meaning anything by it. */
static gboolean
is_filler (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_SPACE_SEPARATOR || type == G_UNICODE_DASH_PUNCTUATION ||
         c == MINUS_SIGN || c == SOFT_HYPHEN;
}

static int
read_symbol (gunichar c)
{
  if (c >= 0x80)
    return -1;
  switch (g_ascii_tolower ((char) c)) {
  case 'i':
  case 'l':
    return '1';
  case 'o':
    return '0';
  default:
    return symbol_value (g_ascii_tolower ((char) c)) >= 0 ? g_ascii_tolower ((char) c) : -1;
  }
}

/**
 * duo_room_code_generate:
 * @error: return location for an error
 *
 * Makes a fresh room code of 55 random bits from the kernel.
 *
 * Returns: (transfer full) (nullable): its 12 symbols, the check symbol last; a secret
 */
char *
duo_room_code_generate (GError **error)
{
  guint8 random[N_RANDOM];
  char symbols[DUO_ROOM_CODE_SYMBOLS + 1] = { 0 };
  char *code = NULL;

  if (!duo_random_bytes (random, sizeof random, error))
    return NULL;

  for (int i = 0; i < N_RANDOM; i++)
    symbols[i] = alphabet[random[i] & 0x1f];
  symbols[N_RANDOM] = check_symbol (symbols);
  code = g_strdup (symbols);
  gnutls_memset (random, 0, sizeof random);
  gnutls_memset (symbols, 0, sizeof symbols);

  return code;
}

/**
 * duo_room_code_parse:
 * @text: what somebody typed or pasted
 * @error: return location for an error
 *
 * Reads a room code. Case, spaces and dashes of any kind do not matter, "i" and "l" are read as 1
 * and "o" as 0.
 *
 * Returns: (transfer full) (nullable): the 12 symbols in lower case; or %NULL with
 *   %DUO_PROTOCOL_ERROR_CODE_MISTYPED if only the check symbol is wrong, with
 *   %DUO_PROTOCOL_ERROR_CODE if the text is no code at all
 */
char *
duo_room_code_parse (const char *text, GError **error)
{
  char symbols[DUO_ROOM_CODE_SYMBOLS + 1] = { 0 };
  guint n_symbols = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error_literal (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_CODE, "A code is text");
    return NULL;
  }

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int symbol = read_symbol (c);

    if (is_filler (c))
      continue;
    if (symbol < 0) {
      g_set_error_literal (error,
                           DUO_PROTOCOL_ERROR,
                           DUO_PROTOCOL_ERROR_CODE,
                           "A code has only letters and digits");
      return NULL;
    }
    if (n_symbols < DUO_ROOM_CODE_SYMBOLS)
      symbols[n_symbols] = (char) symbol;
    n_symbols++;
  }

  if (n_symbols != DUO_ROOM_CODE_SYMBOLS) {
    g_set_error (error,
                 DUO_PROTOCOL_ERROR,
                 DUO_PROTOCOL_ERROR_CODE,
                 "A code has %d letters and digits, not %u",
                 DUO_ROOM_CODE_SYMBOLS,
                 n_symbols);
    return NULL;
  }
  if (symbols[N_RANDOM] != check_symbol (symbols)) {
    g_set_error_literal (error,
                         DUO_PROTOCOL_ERROR,
                         DUO_PROTOCOL_ERROR_CODE_MISTYPED,
                         "The code has a typing mistake");
    return NULL;
  }

  return g_strdup (symbols);
}

/**
 * duo_room_code_format:
 * @symbols: 12 symbols of duo_room_code_parse()
 *
 * Writes a room code as people see it: `k7qm-4xwp-93h3`.
 *
 * Returns: (transfer full): the code
 */
char *
duo_room_code_format (const char *symbols)
{
  g_return_val_if_fail (symbols != NULL && strlen (symbols) == DUO_ROOM_CODE_SYMBOLS, NULL);

  return g_strdup_printf ("%.4s-%.4s-%.4s", symbols, symbols + GROUP, symbols + 2 * GROUP);
}
