/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-private-file.h"

#include <errno.h>
#include <gio/gio.h>

/**
 * duo_private_file_write:
 * @path: a file, whose folder is made if need be
 * @text: what is to be in it
 * @error: return location for a #GIOErrorEnum or #GFileError
 *
 * Writes a file that only this user can read, whole or not at all. Blocks for the time of a small
 * file.
 *
 * Returns: whether it is written
 */
gboolean
duo_private_file_write (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    int code = errno;

    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
    return FALSE;
  }

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
