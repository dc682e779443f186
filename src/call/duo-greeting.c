/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-greeting.h"

#define CLIENT "duologue/" PACKAGE_VERSION

/**
 * duo_greeting_new_hello:
 * @display_name: (nullable): one's own name
 * @epoch: the newest epoch, 0 for none
 * @connected: whether its connection is up
 *
 * Returns: (transfer full): a hello of a native app
 */
DuoPeerMessage *
duo_greeting_new_hello (const char *display_name, guint64 epoch, gboolean connected)
{
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);

  message->display_name = g_strdup (display_name);
  message->client = g_strdup (CLIENT);
  message->offers = 1;
  message->epoch = epoch;
  message->connected = connected;

  return message;
}

/**
 * duo_greeting_new_join_room:
 * @display_name: (nullable): one's own name
 *
 * Returns: (transfer full): what a server wants to hear that is one for chats
 */
DuoPeerMessage *
duo_greeting_new_join_room (const char *display_name)
{
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_JOIN_ROOM);

  message->display_name = g_strdup (display_name);

  return message;
}

/**
 * duo_greeting_new_bye:
 * @reason: why
 *
 * Returns: (transfer full): a goodbye
 */
DuoPeerMessage *
duo_greeting_new_bye (DuoByeReason reason)
{
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_BYE);

  message->reason = reason;

  return message;
}

/**
 * duo_greeting_new_restart:
 * @epoch: the epoch that is wanted
 *
 * Returns: (transfer full): a request to the offerer
 */
DuoPeerMessage *
duo_greeting_new_restart (guint64 epoch)
{
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_RESTART);

  message->epoch = epoch;

  return message;
}
