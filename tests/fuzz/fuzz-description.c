/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-candidate.h"
#include "duo-description-check.h"
#include "fuzz-target.h"

#include <string.h>

/* A description that is taken is written so that it reads the same, here and for webrtcbin, and has
 * nothing in it but lines of our own making. */
static void
try_description (const char *text, gboolean open_room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoDescription) description = duo_description_parse (text, open_room, &error);
  g_autoptr (DuoDescription) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *rewritten = NULL;

  g_assert_true ((description == NULL) == (error != NULL));
  if (description == NULL)
    return;

  written = duo_description_to_string (description);
  g_assert_true (g_str_is_ascii (written));
  again = duo_description_parse (written, open_room, &error);
  g_assert_no_error (error);
  rewritten = duo_description_to_string (again);
  g_assert_cmpstr (written, ==, rewritten);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  gboolean ignore;

  try_description (text, FALSE);
  try_description (text, TRUE);
  duo_candidate_check (text, &ignore, NULL);

  return 0;
}
