/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-relay.h"

#include "duo-room-notice.h"

static void
collect_participant (const char *peer_id, gint64 joined_at, gpointer connection, gpointer user_data)
{
  g_ptr_array_add (user_data, connection);
}

/**
 * duo_room_relay_list:
 * @room: a room of #DuoRoomConnection
 *
 * Lists who is connected. Sending may close a slow reader and so change the room: whoever sends to
 * several works on such a list.
 *
 * Returns: (transfer container) (element-type DuoRoomConnection): the connections
 */
GPtrArray *
duo_room_relay_list (DuoRoom *room)
{
  GPtrArray *participants = g_ptr_array_new ();

  duo_room_foreach (room, collect_participant, participants);

  return participants;
}

/**
 * duo_room_relay_tell:
 * @room: a room of #DuoRoomConnection
 * @except: (nullable): who is not told
 * @message: (transfer full): one of the server's messages
 *
 * Tells the others something.
 */
void
duo_room_relay_tell (DuoRoom *room, DuoRoomConnection *except, DuoServerMessage *message)
{
  g_autoptr (DuoServerMessage) owned = message;
  g_autoptr (GPtrArray) participants = duo_room_relay_list (room);

  for (guint i = 0; i < participants->len; i++) {
    DuoRoomConnection *connection = g_ptr_array_index (participants, i);

    if (connection != except)
      duo_room_connection_send_message (connection, owned);
  }
}

/**
 * duo_room_relay_tell_gone:
 * @room: a room
 * @except: (nullable): who need not hear of it
 * @peer_ids: (nullable) (element-type utf8): PEERs
 *
 * Tells everybody in a room who has gone.
 */
void
duo_room_relay_tell_gone (DuoRoom *room, DuoRoomConnection *except, GPtrArray *peer_ids)
{
  for (guint i = 0; peer_ids != NULL && i < peer_ids->len; i++)
    duo_room_relay_tell (room, except, duo_room_notice_gone (g_ptr_array_index (peer_ids, i)));
}

/**
 * duo_room_relay:
 * @room: a room of #DuoRoomConnection
 * @from: who sent it
 * @to: (nullable): the PEER it is for, or %NULL for all others
 * @text: (array length=length): the text as it came
 * @length: its length in bytes
 *
 * Passes a message on. For somebody who is not there it is dropped.
 */
void
duo_room_relay (
  DuoRoom *room, DuoRoomConnection *from, const char *to, const guint8 *text, gsize length)
{
  g_autoptr (GPtrArray) participants = NULL;

  if (to != NULL) {
    DuoRoomConnection *target = duo_room_find (room, to);

    if (target != NULL && target != from)
      duo_room_connection_send (target, text, length);
    return;
  }

  participants = duo_room_relay_list (room);
  for (guint i = 0; i < participants->len; i++) {
    DuoRoomConnection *target = g_ptr_array_index (participants, i);

    if (target != from)
      duo_room_connection_send (target, text, length);
  }
}
