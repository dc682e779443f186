/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-secret.h"

#include <gnutls/gnutls.h>
#include <string.h>

typedef struct {
  gsize length;
  guint8 data[];
} Secret;

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  gnutls_memset (secret->data, 0, secret->length);
  g_free (secret);
}

/**
 * duo_secret_bytes_new:
 * @data: the bytes
 * @length: how many
 *
 * Copies a secret into bytes that are overwritten when the last reference goes.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
duo_secret_bytes_new (gconstpointer data, gsize length)
{
  Secret *secret = g_malloc (sizeof *secret + length);

  secret->length = length;
  memcpy (secret->data, data, length);

  return g_bytes_new_with_free_func (secret->data, length, secret_free, secret);
}

/**
 * duo_secret_string_free:
 * @text: (transfer full) (nullable): a string
 *
 * Overwrites and frees a string.
 */
void
duo_secret_string_free (char *text)
{
  if (text == NULL)
    return;
  gnutls_memset (text, 0, strlen (text));
  g_free (text);
}
