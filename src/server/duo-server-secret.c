/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-secret.h"

#include "duo-server-config.h"

#include <string.h>

/**
 * duo_server_secret_load:
 * @file: the name of a file
 * @min_length: what a secret needs at least, in bytes
 * @error: return location for an error
 *
 * Reads a secret: what stands in a file, without the space around it.
 *
 * Returns: (transfer full) (nullable): the secret
 */
char *
duo_server_secret_load (const char *file, gsize min_length, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  if (!g_file_get_contents (file, &text, NULL, error))
    return NULL;

  g_strstrip (text);
  if (strlen (text) >= min_length)
    return g_steal_pointer (&text);

  g_set_error (error,
               DUO_SERVER_CONFIG_ERROR,
               DUO_SERVER_CONFIG_ERROR_VALUE,
               "%s: a secret has at least %" G_GSIZE_FORMAT " bytes",
               file,
               min_length);

  return NULL;
}
