/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "duo-room-request.h"
#include "duo-text.h"
#include "duo-token.h"
#include "fuzz-target.h"

#define SECRET "0123456789abcdef0123456789abcdef"

/* What a request asks for: a path, a query, and a token in it. What is taken keeps to its grammar.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autoptr (DuoRoomAddress) address = duo_room_address_parse (text);
  g_autoptr (DuoRoomIdentity) identity = duo_room_identity_parse (text);

  if (address != NULL)
    g_assert_true (duo_text_is_room_name (address->room));
  if (identity != NULL) {
    g_assert_true (duo_text_is_peer_id (identity->peer_id));
    g_assert_true (identity->secret == NULL || duo_text_is_peer_id (identity->secret));
  }
  g_assert_cmpint (duo_token_check (text, SECRET, DUO_TOKEN_START, NULL, 1), ==, 0);

  return 0;
}
