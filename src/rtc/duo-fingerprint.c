/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-fingerprint.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "duo-rtc-error.h"

/**
 * duo_fingerprint_parse:
 * @text: the value of a fingerprint attribute (RFC 8122, section 5)
 * @error: return location for a #GError
 *
 * Reads a fingerprint. Only SHA-256 is taken: what webrtcbin and the browsers use.
 *
 * Returns: (transfer full): its %DUO_FINGERPRINT_LENGTH bytes, or %NULL with
 *   %DUO_RTC_ERROR_DESCRIPTION
 */
GBytes *
duo_fingerprint_parse (const char *text, GError **error)
{
  guint8 bytes[DUO_FINGERPRINT_LENGTH];
  const char *hex;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_ascii_strncasecmp (text, "sha-256 ", strlen ("sha-256 ")) != 0) {
    g_set_error_literal (error,
                         DUO_RTC_ERROR,
                         DUO_RTC_ERROR_DESCRIPTION,
                         "The fingerprint is not a SHA-256");
    return NULL;
  }

  hex = text + strlen ("sha-256 ");
  if (strlen (hex) != 3 * DUO_FINGERPRINT_LENGTH - 1)
    goto malformed;

  for (guint i = 0; i < DUO_FINGERPRINT_LENGTH; i++) {
    const char *pair = hex + 3 * i;

    if (!g_ascii_isxdigit (pair[0]) || !g_ascii_isxdigit (pair[1]))
      goto malformed;
    if (i + 1 < DUO_FINGERPRINT_LENGTH && pair[2] != ':')
      goto malformed;

    bytes[i] = (guint8) (g_ascii_xdigit_value (pair[0]) << 4 | g_ascii_xdigit_value (pair[1]));
  }

  return g_bytes_new (bytes, sizeof bytes);

malformed:
  g_set_error_literal (error,
                       DUO_RTC_ERROR,
                       DUO_RTC_ERROR_DESCRIPTION,
                       "The fingerprint is malformed");
  return NULL;
}

/**
 * duo_fingerprint_to_string:
 * @fingerprint: %DUO_FINGERPRINT_LENGTH bytes
 *
 * Returns: (transfer full): the value of a fingerprint attribute, `sha-256 AB:CD:…`
 */
char *
duo_fingerprint_to_string (GBytes *fingerprint)
{
  const guint8 *bytes;
  gsize length;
  GString *text;

  g_return_val_if_fail (fingerprint != NULL, NULL);

  bytes = g_bytes_get_data (fingerprint, &length);
  text = g_string_new ("sha-256 ");
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, i == 0 ? "%02X" : ":%02X", bytes[i]);

  return g_string_free (text, FALSE);
}

/**
 * duo_fingerprint_of_certificate:
 * @pem: a certificate
 * @error: return location for a #GError
 *
 * Hashes the DER form of a certificate, as RFC 8122, section 5, has it.
 *
 * Returns: (transfer full): %DUO_FINGERPRINT_LENGTH bytes, or %NULL with
 *   %DUO_RTC_ERROR_FINGERPRINT
 */
GBytes *
duo_fingerprint_of_certificate (const char *pem, GError **error)
{
  guint8 bytes[DUO_FINGERPRINT_LENGTH];
  gnutls_datum_t in, der = { NULL, 0 };
  int result;

  g_return_val_if_fail (pem != NULL, NULL);

  in.data = (guint8 *) pem;
  in.size = (guint) strlen (pem);

  result = gnutls_pem_base64_decode2 ("CERTIFICATE", &in, &der);
  if (result >= 0)
    result = gnutls_hash_fast (GNUTLS_DIG_SHA256, der.data, der.size, bytes);
  gnutls_free (der.data);

  if (result < 0) {
    g_set_error (error,
                 DUO_RTC_ERROR,
                 DUO_RTC_ERROR_FINGERPRINT,
                 "The certificate cannot be read: %s",
                 gnutls_strerror (result));
    return NULL;
  }

  return g_bytes_new (bytes, sizeof bytes);
}
