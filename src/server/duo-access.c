/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-access.h"

#include "duo-token.h"

/**
 * duo_access_check:
 * @self: who may start a room
 * @token: (nullable): what the client has brought
 * @room: the room it wants to start
 * @now: the present time in seconds since 1970
 * @expires_at: (out): when the room ends at the latest, in seconds since 1970, 0 if nothing says so
 *
 * Judges whether a client may start a room. A ticket does not make the room live any longer.
 *
 * Returns: 0 if it may, or the close code that says why not
 */
DuoRoomCloseCode
duo_access_check (
  const DuoAccess *self, const char *token, const char *room, gint64 now, gint64 *expires_at)
{
  *expires_at = 0;
  if (self->secret == NULL)
    return 0;
  if (token == NULL)
    return DUO_ROOM_CLOSE_CODE_NOT_STARTED;
  if (duo_token_check (token, self->secret, DUO_TOKEN_START, NULL, now) > 0)
    return 0;

  *expires_at = duo_token_check (token, self->secret, DUO_TOKEN_TICKET, room, now);

  return *expires_at > 0 ? 0 : DUO_ROOM_CLOSE_CODE_NOT_ALLOWED;
}

/**
 * duo_access_make_ticket:
 * @self: who may start a room
 * @room: a room
 * @expires_at: when it ends, in seconds since 1970
 *
 * Makes what a participant needs to start its room again, should the server have forgotten it.
 *
 * Returns: (transfer full) (nullable): the ticket, %NULL where none is needed
 */
char *
duo_access_make_ticket (const DuoAccess *self, const char *room, gint64 expires_at)
{
  return self->secret != NULL ? duo_token_make (self->secret, DUO_TOKEN_TICKET, room, expires_at)
                              : NULL;
}
