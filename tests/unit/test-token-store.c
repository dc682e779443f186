/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ice-store.h"
#include "duo-token-store.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static void
test_store (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *tokens = g_build_filename (folder, "tokens", NULL);
  g_autofree char *token = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL;
  GStatBuf information;

  g_assert_null (duo_token_store_load (folder, "https://a"));
  g_assert_false (duo_token_store_save (folder, "https://a", "no token", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_assert_true (duo_token_store_save (folder, "https://a", "aaa.bbb.ccc", &error));
  g_assert_true (duo_token_store_save (folder, "https://a", "aaa.bbb.ddd", &error));
  token = duo_token_store_load (folder, "https://a");
  other = duo_token_store_load (folder, "https://b");
  g_assert_cmpstr (token, ==, "aaa.bbb.ddd");
  g_assert_null (other);

  dir = g_dir_open (tokens, 0, &error);
  g_assert_no_error (error);
  path = g_build_filename (tokens, g_dir_read_name (dir), NULL);
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (g_stat (path, &information), ==, 0);
  g_assert_cmpint (information.st_mode & 0777, ==, 0600);

  duo_token_store_remove (folder, "https://b");
  duo_token_store_remove (folder, "https://a");
  g_assert_null (duo_token_store_load (folder, "https://a"));
  g_assert_cmpint (g_stat (path, &information), ==, -1);
  g_rmdir (tokens);
  g_rmdir (folder);
}

/* One's own servers come back as they were, passwords and all; what is nonsense does not. */
static void
test_ice_servers (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "ice-servers", NULL);
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) duo_ice_entry_free);
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GPtrArray) none = duo_ice_store_load (folder);
  g_auto (GStrv) uris = NULL;
  g_autoptr (GError) error = NULL;
  const DuoIceEntry *entry;
  GStatBuf information;

  g_assert_cmpuint (none->len, ==, 0);
  g_ptr_array_add (entries, duo_ice_entry_new ("stun:[fd00::1]:99", NULL, NULL));
  g_ptr_array_add (entries, duo_ice_entry_new ("turn:without.password", "ada", NULL));
  g_ptr_array_add (entries, duo_ice_entry_new ("turn:a?transport=tcp", "ada", " a;\\b\n=[x] "));
  g_assert_true (duo_ice_store_save (folder, entries, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &information), ==, 0);
  g_assert_cmpint (information.st_mode & 0777, ==, 0600);

  loaded = duo_ice_store_load (folder);
  g_assert_cmpuint (loaded->len, ==, 2);
  entry = g_ptr_array_index (loaded, 0);
  g_assert_cmpstr (entry->url, ==, "stun:[fd00::1]:99");
  g_assert_null (entry->username);
  entry = g_ptr_array_index (loaded, 1);
  g_assert_cmpstr (entry->username, ==, "ada");
  g_assert_cmpstr (entry->password, ==, " a;\\b\n=[x] ");

  uris = duo_ice_store_load_uris (folder);
  g_assert_cmpuint (g_strv_length (uris), ==, 2);
  g_assert_cmpstr (uris[0], ==, "stun://[fd00::1]:99");

  g_ptr_array_set_size (entries, 0);
  g_assert_true (duo_ice_store_save (folder, entries, &error));
  g_clear_pointer (&uris, g_strfreev);
  uris = duo_ice_store_load_uris (folder);
  g_assert_cmpuint (g_strv_length (uris), ==, 0);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token-store/store", test_store);
  g_test_add_func ("/token-store/ice-servers", test_ice_servers);

  return g_test_run ();
}
