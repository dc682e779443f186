/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-message.h"

#include "duo-secret.h"

G_DEFINE_BOXED_TYPE (DuoServerMessage,
                     duo_server_message,
                     duo_server_message_copy,
                     duo_server_message_free)

static void
room_peer_free (gpointer data)
{
  DuoRoomPeer *peer = data;

  g_free (peer->id);
  g_free (peer);
}

static void
ice_server_free (gpointer data)
{
  DuoIceServer *server = data;

  g_strfreev (server->urls);
  g_free (server->username);
  duo_secret_string_free (server->credential);
  g_free (server);
}

/**
 * duo_server_message_new:
 * @type: a type
 *
 * Returns: (transfer full): a message whose other fields are empty
 */
DuoServerMessage *
duo_server_message_new (DuoServerMessageType type)
{
  DuoServerMessage *self = g_new0 (DuoServerMessage, 1);

  self->type = type;
  self->peers = g_ptr_array_new_with_free_func (room_peer_free);
  self->ice_servers = g_ptr_array_new_with_free_func (ice_server_free);

  return self;
}

/**
 * duo_server_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): a copy of @self
 */
DuoServerMessage *
duo_server_message_copy (const DuoServerMessage *self)
{
  DuoServerMessage *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = duo_server_message_new (self->type);
  for (guint i = 0; i < self->peers->len; i++) {
    const DuoRoomPeer *peer = g_ptr_array_index (self->peers, i);

    duo_server_message_add_peer (copy, peer->id, peer->joined_at);
  }
  for (guint i = 0; i < self->ice_servers->len; i++) {
    const DuoIceServer *server = g_ptr_array_index (self->ice_servers, i);

    duo_server_message_add_ice_server (copy,
                                       (const char *const *) server->urls,
                                       server->username,
                                       server->credential);
  }
  copy->room = g_strdup (self->room);
  copy->peer_id = g_strdup (self->peer_id);
  copy->max_participants = self->max_participants;
  copy->expires_at = self->expires_at;
  copy->ticket = g_strdup (self->ticket);
  copy->text = g_strdup (self->text);
  copy->code = self->code;
  copy->message = g_strdup (self->message);

  return copy;
}

/**
 * duo_server_message_free:
 * @self: (transfer full) (nullable): a message
 *
 * Frees a message and what it holds.
 */
void
duo_server_message_free (DuoServerMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->room);
  g_free (self->peer_id);
  g_ptr_array_unref (self->peers);
  g_ptr_array_unref (self->ice_servers);
  duo_secret_string_free (self->ticket);
  g_free (self->text);
  g_free (self->message);
  g_free (self);
}

/**
 * duo_server_message_add_peer:
 * @self: a room-joined or peer-joined
 * @id: the PEER
 * @joined_at: ms since 1970
 *
 * Names somebody in the room.
 */
void
duo_server_message_add_peer (DuoServerMessage *self, const char *id, gint64 joined_at)
{
  DuoRoomPeer *peer = g_new0 (DuoRoomPeer, 1);

  peer->id = g_strdup (id);
  peer->joined_at = joined_at;
  g_ptr_array_add (self->peers, peer);
}

/**
 * duo_server_message_add_ice_server:
 * @self: a room-joined
 * @urls: (array zero-terminated=1): its URLs
 * @username: (nullable): for TURN
 * @credential: (nullable): for TURN
 *
 * Names a STUN or TURN server.
 */
void
duo_server_message_add_ice_server (DuoServerMessage *self,
                                   const char *const *urls,
                                   const char *username,
                                   const char *credential)
{
  DuoIceServer *server = g_new0 (DuoIceServer, 1);

  server->urls = g_strdupv ((char **) urls);
  server->username = g_strdup (username);
  server->credential = g_strdup (credential);
  g_ptr_array_add (self->ice_servers, server);
}
