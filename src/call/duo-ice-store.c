/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-ice-store.h"

#include "duo-ice-uri.h"
#include "duo-private-file.h"

#define URL "Url"
#define USERNAME "Username"
#define PASSWORD "Password"

static char *
get_path (const char *directory)
{
  return directory != NULL
           ? g_build_filename (directory, "ice-servers", NULL)
           : g_build_filename (g_get_user_state_dir (), "duologue", "ice-servers", NULL);
}

/**
 * duo_ice_entry_new:
 * @url: the server
 * @username: (nullable): for TURN
 * @password: (nullable): for TURN
 *
 * Returns: (transfer full): an entry
 */
DuoIceEntry *
duo_ice_entry_new (const char *url, const char *username, const char *password)
{
  DuoIceEntry *self = g_new (DuoIceEntry, 1);

  self->url = g_strdup (url);
  self->username = g_strdup (username);
  self->password = g_strdup (password);

  return self;
}

/**
 * duo_ice_entry_free:
 * @self: (transfer full): an entry
 *
 * Frees an entry.
 */
void
duo_ice_entry_free (DuoIceEntry *self)
{
  g_free (self->url);
  g_free (self->username);
  g_free (self->password);
  g_free (self);
}

/**
 * duo_ice_store_load:
 * @directory: (nullable): the directory of seats and tokens, %NULL for the user's state directory
 *
 * Reads the list. What is not understood is left out. Blocks for the time of a small file.
 *
 * Returns: (transfer full) (element-type DuoIceEntry): the servers, perhaps none
 */
GPtrArray *
duo_ice_store_load (const char *directory)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) duo_ice_entry_free);
  g_autofree char *path = get_path (directory);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  (void) g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL && entries->len < DUO_ICE_URIS_MAX; i++) {
    g_autofree char *url = g_key_file_get_string (file, groups[i], URL, NULL);
    g_autofree char *username = g_key_file_get_string (file, groups[i], USERNAME, NULL);
    g_autofree char *password = g_key_file_get_string (file, groups[i], PASSWORD, NULL);
    g_autofree char *uri = url != NULL ? duo_ice_uri_from_url (url, username, password) : NULL;

    if (uri != NULL)
      g_ptr_array_add (entries, duo_ice_entry_new (url, username, password));
  }

  return entries;
}

/**
 * duo_ice_store_load_uris:
 * @directory: (nullable): the directory of seats and tokens, %NULL for the user's state directory
 *
 * Reads the list as duo_ice_plan_set_own() takes it.
 *
 * Returns: (transfer full): the servers, perhaps none
 */
GStrv
duo_ice_store_load_uris (const char *directory)
{
  g_autoptr (GPtrArray) entries = duo_ice_store_load (directory);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < entries->len; i++) {
    const DuoIceEntry *entry = g_ptr_array_index (entries, i);
    g_autofree char *uri = duo_ice_uri_from_url (entry->url, entry->username, entry->password);

    g_strv_builder_add (builder, uri);
  }

  return g_strv_builder_end (builder);
}

static void
set_string (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
}

/**
 * duo_ice_store_save:
 * @directory: (nullable): the directory of seats and tokens, %NULL for the user's state directory
 * @entries: (element-type DuoIceEntry): the servers
 * @error: return location for an error
 *
 * Keeps the list, in a file that only this user can read, since it has passwords in it.
 *
 * Returns: whether it is kept
 */
gboolean
duo_ice_store_save (const char *directory, GPtrArray *entries, GError **error)
{
  g_autofree char *path = get_path (directory);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < entries->len; i++) {
    const DuoIceEntry *entry = g_ptr_array_index (entries, i);
    g_autofree char *group = g_strdup_printf ("Server %u", i + 1);

    set_string (file, group, URL, entry->url);
    set_string (file, group, USERNAME, entry->username);
    set_string (file, group, PASSWORD, entry->password);
  }
  text = g_key_file_to_data (file, NULL, NULL);

  return duo_private_file_write (path, text, error);
}
