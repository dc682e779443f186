/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-seal.h"

#include "duo-protocol-error.h"
#include "duo-room-keys.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

static void
seal_error (GError **error, const char *message)
{
  g_set_error_literal (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_SEAL, message);
}

static gboolean
cipher_new (GBytes *key, gnutls_aead_cipher_hd_t *cipher, GError **error)
{
  gnutls_datum_t datum = { NULL, 0 };
  gsize length = 0;
  int result = 0;

  datum.data = (guint8 *) g_bytes_get_data (key, &length);
  datum.size = length;
  result = gnutls_aead_cipher_init (cipher, GNUTLS_CIPHER_AES_256_GCM, &datum);
  if (result < 0) {
    seal_error (error, gnutls_strerror (result));
    return FALSE;
  }

  return TRUE;
}

/**
 * duo_seal_context:
 * @room: the ROOM
 * @from: the sender's PEER
 * @to: (nullable): the receiver's PEER, or %NULL for everybody
 *
 * Returns: (transfer full): what is sealed along with a message without being in it, so that a
 *   server cannot present it as another's, to another, or in another room
 */
char *
duo_seal_context (const char *room, const char *from, const char *to)
{
  return g_strdup_printf ("duologue/1|%s|%s|%s", room, from, to != NULL ? to : "");
}

/**
 * duo_seal_close:
 * @key: a seal key
 * @iv: %DUO_SEAL_IV_BYTES never used with @key before
 * @context: see duo_seal_context()
 * @plain_text: what to seal
 * @error: return location for an error
 *
 * Seals a text with AES-256-GCM (NIST SP 800-38D). Callable from any thread.
 *
 * Returns: (transfer full) (nullable): the cipher text and behind it the tag
 */
GBytes *
duo_seal_close (
  GBytes *key, GBytes *iv, const char *context, const char *plain_text, GError **error)
{
  gsize plain_length = strlen (plain_text);
  gsize length = plain_length + DUO_SEAL_TAG_BYTES;
  gnutls_aead_cipher_hd_t cipher = NULL;
  g_autofree guint8 *data = NULL;
  int result = 0;

  g_return_val_if_fail (g_bytes_get_size (key) == DUO_SEAL_KEY_BYTES, NULL);
  g_return_val_if_fail (g_bytes_get_size (iv) == DUO_SEAL_IV_BYTES, NULL);

  if (!cipher_new (key, &cipher, error))
    return NULL;

  data = g_malloc (length);
  result = gnutls_aead_cipher_encrypt (cipher,
                                       g_bytes_get_data (iv, NULL),
                                       DUO_SEAL_IV_BYTES,
                                       context,
                                       strlen (context),
                                       DUO_SEAL_TAG_BYTES,
                                       plain_text,
                                       plain_length,
                                       data,
                                       &length);
  gnutls_aead_cipher_deinit (cipher);
  if (result < 0) {
    seal_error (error, gnutls_strerror (result));
    return NULL;
  }

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/**
 * duo_seal_open:
 * @key: a seal key
 * @iv: %DUO_SEAL_IV_BYTES
 * @context: see duo_seal_context()
 * @data: cipher text and tag
 * @length: (out): the length of the text
 * @error: return location for an error
 *
 * Opens what duo_seal_close() sealed. Callable from any thread.
 *
 * Returns: (transfer full) (nullable): the text, ended by a nul, perhaps with others in it; or
 * %NULL with %DUO_PROTOCOL_ERROR_SEAL if key, context or a single bit is another
 */
char *
duo_seal_open (
  GBytes *key, GBytes *iv, const char *context, GBytes *data, gsize *length, GError **error)
{
  gsize sealed_length = g_bytes_get_size (data);
  gnutls_aead_cipher_hd_t cipher = NULL;
  g_autofree char *plain_text = NULL;
  int result = 0;

  g_return_val_if_fail (g_bytes_get_size (key) == DUO_SEAL_KEY_BYTES, NULL);

  if (g_bytes_get_size (iv) != DUO_SEAL_IV_BYTES || sealed_length < DUO_SEAL_TAG_BYTES) {
    seal_error (error, "A sealed message is too short");
    return NULL;
  }
  if (!cipher_new (key, &cipher, error))
    return NULL;

  *length = sealed_length - DUO_SEAL_TAG_BYTES;
  plain_text = g_malloc (*length + 1);
  result = gnutls_aead_cipher_decrypt (cipher,
                                       g_bytes_get_data (iv, NULL),
                                       DUO_SEAL_IV_BYTES,
                                       context,
                                       strlen (context),
                                       DUO_SEAL_TAG_BYTES,
                                       g_bytes_get_data (data, NULL),
                                       sealed_length,
                                       plain_text,
                                       length);
  gnutls_aead_cipher_deinit (cipher);
  if (result < 0) {
    seal_error (error, "A sealed message does not open");
    return NULL;
  }
  plain_text[*length] = '\0';

  return g_steal_pointer (&plain_text);
}
