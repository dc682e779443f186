/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-notice.h"

typedef struct {
  gpointer newcomer;
  gint64 wall_offset;
  DuoServerMessage *message;
} Listing;

static void
add_newcomer (const char *peer_id, gint64 joined_at, gpointer connection, gpointer user_data)
{
  Listing *listing = user_data;

  if (connection == listing->newcomer)
    duo_server_message_add_peer (listing->message, peer_id, joined_at + listing->wall_offset);
}

static void
add_to_greeting (const char *peer_id, gint64 joined_at, gpointer connection, gpointer user_data)
{
  Listing *listing = user_data;

  if (connection == listing->newcomer)
    listing->message->peer_id = g_strdup (peer_id);
  else
    duo_server_message_add_peer (listing->message, peer_id, joined_at + listing->wall_offset);
}

/**
 * duo_room_notice_greeting:
 * @room: a room
 * @name: its ROOM
 * @connection: a connection that has a seat in it
 * @wall_offset: from the room's clock to 1970, in milliseconds
 *
 * Makes what a newcomer is told first.
 *
 * Returns: (transfer full): a room-joined
 */
DuoServerMessage *
duo_room_notice_greeting (DuoRoom *room, const char *name, gpointer connection, gint64 wall_offset)
{
  DuoServerMessage *message = duo_server_message_new (DUO_SERVER_MESSAGE_ROOM_JOINED);
  Listing listing = { connection, wall_offset, message };

  message->room = g_strdup (name);
  message->max_participants = duo_room_get_max_participants (room);
  message->expires_at = duo_room_get_expires_at (room) + wall_offset;
  duo_room_foreach (room, add_to_greeting, &listing);

  return message;
}

/**
 * duo_room_notice_joined:
 * @room: a room
 * @connection: a connection that has a seat in it
 * @wall_offset: from the room's clock to 1970, in milliseconds
 *
 * Makes what the others are told of a newcomer.
 *
 * Returns: (transfer full): a peer-joined
 */
DuoServerMessage *
duo_room_notice_joined (DuoRoom *room, gpointer connection, gint64 wall_offset)
{
  DuoServerMessage *message = duo_server_message_new (DUO_SERVER_MESSAGE_PEER_JOINED);
  Listing listing = { connection, wall_offset, message };

  duo_room_foreach (room, add_newcomer, &listing);

  return message;
}

/**
 * duo_room_notice_gone:
 * @peer_id: a PEER
 *
 * Makes what the others are told when somebody has gone.
 *
 * Returns: (transfer full): a peer-disconnected
 */
DuoServerMessage *
duo_room_notice_gone (const char *peer_id)
{
  DuoServerMessage *message = duo_server_message_new (DUO_SERVER_MESSAGE_PEER_DISCONNECTED);

  message->peer_id = g_strdup (peer_id);

  return message;
}
