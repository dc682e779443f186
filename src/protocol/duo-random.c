/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-random.h"

#include "duo-protocol-error.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <sys/random.h>

#define ID_BYTES 16

/**
 * duo_random_bytes:
 * @out: (array length=length): where the bytes go
 * @length: how many
 * @error: return location for an error
 *
 * Fills @out with random bytes from the kernel. Callable from any thread.
 *
 * Returns: %FALSE with %DUO_PROTOCOL_ERROR_RANDOM if the kernel has none
 */
gboolean
duo_random_bytes (guint8 *out, gsize length, GError **error)
{
  gsize done = 0;

  while (done < length) {
    gssize n = getrandom (out + done, length - done, 0);

    if (n < 0) {
      int saved_errno = errno;

      if (saved_errno == EINTR)
        continue;
      g_set_error (error,
                   DUO_PROTOCOL_ERROR,
                   DUO_PROTOCOL_ERROR_RANDOM,
                   "No random bytes: %s",
                   g_strerror (saved_errno));
      return FALSE;
    }
    done += n;
  }

  return TRUE;
}

/**
 * duo_random_id:
 * @error: return location for an error
 *
 * Makes a fresh id of 128 random bits: 22 of `[A-Za-z0-9_-]`, as wanted for a PEER or a SECRET.
 *
 * Returns: (transfer full) (nullable): the id
 */
char *
duo_random_id (GError **error)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  guint8 bytes[ID_BYTES];
  GString *id = NULL;
  guint32 bits = 0;
  guint n_bits = 0;

  if (!duo_random_bytes (bytes, sizeof bytes, error))
    return NULL;

  /* RFC 4648 section 5 without padding; by hand, as GLib only writes the section 4 alphabet and its
   * copy of the secret could not be wiped. */
  id = g_string_sized_new (ID_BYTES * 4 / 3 + 2);
  for (gsize i = 0; i < sizeof bytes; i++) {
    bits = bits << 8 | bytes[i];
    n_bits += 8;
    while (n_bits >= 6) {
      n_bits -= 6;
      g_string_append_c (id, alphabet[bits >> n_bits & 0x3f]);
    }
  }
  if (n_bits > 0)
    g_string_append_c (id, alphabet[bits << (6 - n_bits) & 0x3f]);
  gnutls_memset (bytes, 0, sizeof bytes);

  return g_string_free (id, FALSE);
}
