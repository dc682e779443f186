/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_ROOM_CODE_SYMBOLS:
 *
 * How many symbols a room code has, the check symbol among them.
 */
#define DUO_ROOM_CODE_SYMBOLS 12

char *duo_room_code_generate (GError **error);
char *duo_room_code_parse (const char *text, GError **error);
char *duo_room_code_format (const char *symbols);

G_END_DECLS
