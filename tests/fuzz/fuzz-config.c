/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "duo-server-config.h"
#include "fuzz-target.h"

/* A file of options. What is good can be read once more. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autoptr (DuoServerConfig) config = duo_server_config_new ();
  g_autoptr (GError) error = NULL;
  gboolean good = duo_server_config_load (config, text, strlen (text), &error);

  g_assert_cmpint (good, ==, error == NULL);
  if (good)
    g_assert_true (duo_server_config_load (config, text, strlen (text), &error));
  g_clear_error (&error);
  g_assert_cmpint (duo_server_config_check (config, &error), ==, error == NULL);

  return 0;
}
