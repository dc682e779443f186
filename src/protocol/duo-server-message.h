/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DuoServerMessageType:
 * @DUO_SERVER_MESSAGE_ROOM_JOINED: the first frame of a connection
 * @DUO_SERVER_MESSAGE_PEER_JOINED: somebody came
 * @DUO_SERVER_MESSAGE_PEER_DISCONNECTED: somebody's connection went; a hint
 * @DUO_SERVER_MESSAGE_ANNOUNCEMENT: the server's own words
 * @DUO_SERVER_MESSAGE_PONG: the answer to a ping
 * @DUO_SERVER_MESSAGE_ERROR: why the connection will be closed now
 *
 * What a room server says.
 */
typedef enum {
  DUO_SERVER_MESSAGE_ROOM_JOINED,
  DUO_SERVER_MESSAGE_PEER_JOINED,
  DUO_SERVER_MESSAGE_PEER_DISCONNECTED,
  DUO_SERVER_MESSAGE_ANNOUNCEMENT,
  DUO_SERVER_MESSAGE_PONG,
  DUO_SERVER_MESSAGE_ERROR,
} DuoServerMessageType;

/**
 * DuoRoomPeer:
 * @id: (owned): the PEER
 * @joined_at: ms since 1970
 *
 * Somebody in the room.
 */
typedef struct {
  char *id;
  gint64 joined_at;
} DuoRoomPeer;

/**
 * DuoIceServer:
 * @urls: (owned): `stun:` and `turn:` URLs as browsers know them
 * @username: (owned) (nullable): for TURN
 * @credential: (owned) (nullable): for TURN; a secret
 *
 * A helper for finding a way between two peers, an RTCIceServer.
 */
typedef struct {
  char **urls;
  char *username;
  char *credential;
} DuoIceServer;

/**
 * DuoServerMessage:
 * @type: the type, which says what fields below hold anything
 * @room: (nullable): room-joined: the ROOM
 * @peer_id: (nullable): room-joined: one's own PEER; peer-disconnected: whose connection went
 * @peers: (element-type DuoRoomPeer): room-joined: the others in the room; peer-joined: the one
 * @ice_servers: (element-type DuoIceServer): room-joined: STUN and TURN servers
 * @max_participants: room-joined: how many the room takes
 * @expires_at: room-joined: when it ends, ms since 1970
 * @ticket: (nullable): room-joined: a TOKEN for coming back where starting is restricted; a secret
 * @text: (nullable): announcement: at most 200 characters
 * @code: error: the close code that follows
 * @message: (nullable): error: what is wrong, in English, for the log
 *
 * A message from a room server. All that is not %NULL is owned; the arrays never are %NULL.
 */
typedef struct _DuoServerMessage DuoServerMessage;

struct _DuoServerMessage {
  DuoServerMessageType type;
  char *room;
  char *peer_id;
  GPtrArray *peers;
  GPtrArray *ice_servers;
  guint max_participants;
  gint64 expires_at;
  char *ticket;
  char *text;
  guint code;
  char *message;
};

#define DUO_TYPE_SERVER_MESSAGE (duo_server_message_get_type ())
GType duo_server_message_get_type (void);

DuoServerMessage *duo_server_message_new (DuoServerMessageType type);
DuoServerMessage *duo_server_message_copy (const DuoServerMessage *self);
void duo_server_message_free (DuoServerMessage *self);
void duo_server_message_add_peer (DuoServerMessage *self, const char *id, gint64 joined_at);
void duo_server_message_add_ice_server (DuoServerMessage *self,
                                        const char *const *urls,
                                        const char *username,
                                        const char *credential);
DuoServerMessage *duo_server_message_from_json (JsonObject *object, GError **error);
JsonObject *duo_server_message_to_json (const DuoServerMessage *self);
gboolean duo_server_message_is_type (const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoServerMessage, duo_server_message_free)

G_END_DECLS
