/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an HMAC-SHA256 needs to be as strong as it is. */
#define DUO_TOKEN_SECRET_MIN 32 /* bytes */

/**
 * DuoTokenScope:
 * @DUO_TOKEN_START: starts any room
 * @DUO_TOKEN_TICKET: starts one room again
 * @DUO_TOKEN_ANNOUNCE: speaks to a room in the server's name
 *
 * What a token is good for.
 */
typedef enum {
  DUO_TOKEN_START,
  DUO_TOKEN_TICKET,
  DUO_TOKEN_ANNOUNCE,
} DuoTokenScope;

char *
duo_token_make (const char *secret, DuoTokenScope scope, const char *subject, gint64 expires_at);
gint64 duo_token_check (
  const char *token, const char *secret, DuoTokenScope scope, const char *subject, gint64 now);

G_END_DECLS
