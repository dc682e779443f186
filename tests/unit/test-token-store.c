/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

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

  g_unlink (path);
  g_rmdir (tokens);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token-store/store", test_store);

  return g_test_run ();
}
