/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room-close-code.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoAccess:
 * @secret: (nullable): what tokens are signed with; %NULL where anybody may start a room
 *
 * Who may start a room. A plain value.
 */
typedef struct {
  char *secret;
} DuoAccess;

DuoRoomCloseCode duo_access_check (
  const DuoAccess *self, const char *token, const char *room, gint64 now, gint64 *expires_at);
char *duo_access_make_ticket (const DuoAccess *self, const char *room, gint64 expires_at);

G_END_DECLS
