/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-join-link.h"
#include "duo-room-code.h"
#include "fuzz-target.h"

#include <string.h>

/* A code that is taken is written so that it reads the same. */
static void
try_code (const char *text)
{
  g_autofree char *symbols = duo_room_code_parse (text, NULL);
  g_autofree char *code = NULL;
  g_autofree char *again = NULL;

  if (symbols == NULL)
    return;
  code = duo_room_code_format (symbols);
  again = duo_room_code_parse (code, NULL);
  g_assert_cmpstr (again, ==, symbols);
}

/* A link that is taken is written so that it leads to the same place. */
static void
try_link (const char *text, const char *default_server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoJoinLink) link = duo_join_link_parse (text, default_server, &error);
  g_autoptr (DuoJoinLink) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *app_uri = NULL;
  g_autofree char *room_uri = NULL;

  g_assert_true ((link == NULL) == (error != NULL));
  if (link == NULL)
    return;

  written = duo_join_link_to_string (link);
  app_uri = duo_join_link_to_app_uri (link);
  room_uri = duo_join_link_dup_room_uri (link, "room");
  g_assert_true (g_str_is_ascii (written));
  g_assert_true (g_uri_is_valid (written, G_URI_FLAGS_NONE, NULL));
  g_assert_true (g_uri_is_valid (room_uri, G_URI_FLAGS_NONE, NULL));
  again = duo_join_link_parse (app_uri, NULL, NULL);
  g_assert_nonnull (again);
  g_assert_true (duo_join_link_equal (link, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");

  try_code (text);
  try_link (text, NULL);
  try_link (text, "https://meet.example:8443");
  try_link ("k7qm-4xwp-93h3", text);

  return 0;
}
