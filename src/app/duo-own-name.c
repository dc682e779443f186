/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-own-name.h"

#include "duo-text.h"

/**
 * duo_own_name_get:
 * @settings: where a chosen name is kept
 *
 * Returns: (transfer full): the person's name: as chosen, or else as the system knows it
 */
char *
duo_own_name_get (GSettings *settings)
{
  g_autofree char *chosen = g_settings_get_string (settings, "name");
  const char *name = chosen;

  if (*name == '\0')
    name = g_get_real_name ();
  /* What GLib says where the user database has no name. */
  if (g_str_equal (name, "Unknown"))
    name = g_get_user_name ();
  return duo_text_to_plain (name, DUO_NAME_MAX_CHARS);
}
