/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-token-store.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "duo-private-file.h"
#include "duo-text.h"

static char *
get_folder (const char *directory)
{
  return directory != NULL ? g_build_filename (directory, "tokens", NULL)
                           : g_build_filename (g_get_user_state_dir (), "duologue", "tokens", NULL);
}

/* The name says nothing about the server to those who see the directory. */
static char *
get_path (const char *folder, const char *server)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, server, -1);

  return g_build_filename (folder, name, NULL);
}

/**
 * duo_token_store_load:
 * @directory: (nullable): the directory of seats and tokens, %NULL for the user's state directory
 * @server: `http[s]://HOST[:PORT]`
 *
 * Looks up the access token of this user for a server. Blocks for the time of a small file.
 *
 * Returns: (transfer full) (nullable): the token, or %NULL if there is none
 */
char *
duo_token_store_load (const char *directory, const char *server)
{
  g_autofree char *folder = get_folder (directory);
  g_autofree char *path = get_path (folder, server);
  g_autofree char *token = NULL;

  if (!g_file_get_contents (path, &token, NULL, NULL))
    return NULL;

  g_strstrip (token);

  return duo_text_is_token (token) ? g_steal_pointer (&token) : NULL;
}

/**
 * duo_token_store_save:
 * @directory: (nullable): the directory of seats and tokens, %NULL for the user's state directory
 * @server: `http[s]://HOST[:PORT]`
 * @token: an access token
 * @error: return location for an error
 *
 * Keeps an access token for a server, in a file that only this user can read.
 *
 * Returns: whether it is kept
 */
gboolean
duo_token_store_save (const char *directory, const char *server, const char *token, GError **error)
{
  g_autofree char *folder = get_folder (directory);
  g_autofree char *path = get_path (folder, server);

  if (!duo_text_is_token (token)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "That is no access token");
    return FALSE;
  }

  return duo_private_file_write (path, token, error);
}

/**
 * duo_token_store_remove:
 * @directory: (nullable): the directory of seats and tokens, %NULL for the user's state directory
 * @server: `http[s]://HOST[:PORT]`
 *
 * Forgets the access token for a server, if there is one.
 */
void
duo_token_store_remove (const char *directory, const char *server)
{
  g_autofree char *folder = get_folder (directory);
  g_autofree char *path = get_path (folder, server);

  (void) g_unlink (path);
}
