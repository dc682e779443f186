/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_NAME_MAX_CHARS:
 *
 * The longest name of a person, in characters.
 */
#define DUO_NAME_MAX_CHARS 64

#define DUO_ID_MAX_CHARS 64
#define DUO_PEER_ID_MIN_CHARS 22
#define DUO_TOKEN_MAX_CHARS 1024

gboolean duo_text_is_plain (const char *text, gsize max_chars);
char *duo_text_to_plain (const char *text, gsize max_chars);
gboolean duo_text_is_printable_ascii (const char *text);
gboolean duo_text_is_id (const char *text, gsize min_chars, gsize max_chars);
gboolean duo_text_is_peer_id (const char *text);
gboolean duo_text_is_room_name (const char *text);
gboolean duo_text_is_token (const char *text);

G_END_DECLS
