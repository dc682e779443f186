/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-client.h"

/**
 * duo_room_client_set_token:
 * @self: a client that is idle
 * @token: (nullable): an access token, where the server restricts who may start rooms
 *
 * Chooses what is shown to the server. Once in the room, the ticket that the server gives takes its
 * place.
 */
void
duo_room_client_set_token (DuoRoomClient *self, const char *token)
{
  duo_steady_socket_set_token (duo_room_client_get_socket (self), token);
}
