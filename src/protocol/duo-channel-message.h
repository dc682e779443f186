/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-bye-reason.h"

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DUO_CHANNEL_MESSAGE_MAX_BYTES:
 *
 * The largest text on the data channel.
 */
#define DUO_CHANNEL_MESSAGE_MAX_BYTES (16 * 1024)

/**
 * DuoChannelMessageType:
 * @DUO_CHANNEL_MESSAGE_STATE: what the sender has switched on
 * @DUO_CHANNEL_MESSAGE_RESUME: the key that proves later epochs
 * @DUO_CHANNEL_MESSAGE_PING: a sign of life that wants an answer
 * @DUO_CHANNEL_MESSAGE_PONG: the answer
 * @DUO_CHANNEL_MESSAGE_BYE: the sender leaves
 *
 * What two peers say to each other over the data channel.
 */
typedef enum {
  DUO_CHANNEL_MESSAGE_STATE,
  DUO_CHANNEL_MESSAGE_RESUME,
  DUO_CHANNEL_MESSAGE_PING,
  DUO_CHANNEL_MESSAGE_PONG,
  DUO_CHANNEL_MESSAGE_BYE,
} DuoChannelMessageType;

/**
 * DuoChannelMessage:
 * @type: the type, which says what fields below hold anything
 * @microphone: state: whether the microphone is on
 * @camera: state: whether the camera is on
 * @screen: state: whether the screen is shared
 * @hand: state: whether a hand is raised
 * @recording: state: whether the call is recorded
 * @display_name: (nullable): state: the sender's name, at most %DUO_NAME_MAX_CHARS
 * @key: (nullable): resume: %DUO_NONCE_BYTES; a secret
 * @id: ping, pong: the ping's number
 * @reason: bye: why
 *
 * A message on the data channel. All that is not %NULL is owned.
 */
typedef struct _DuoChannelMessage DuoChannelMessage;

struct _DuoChannelMessage {
  DuoChannelMessageType type;
  gboolean microphone;
  gboolean camera;
  gboolean screen;
  gboolean hand;
  gboolean recording;
  char *display_name;
  GBytes *key;
  guint64 id;
  DuoByeReason reason;
};

#define DUO_TYPE_CHANNEL_MESSAGE (duo_channel_message_get_type ())
GType duo_channel_message_get_type (void);

DuoChannelMessage *duo_channel_message_new (DuoChannelMessageType type);
DuoChannelMessage *duo_channel_message_copy (const DuoChannelMessage *self);
void duo_channel_message_free (DuoChannelMessage *self);
DuoChannelMessage *duo_channel_message_from_json (JsonObject *object, GError **error);
JsonObject *duo_channel_message_to_json (const DuoChannelMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoChannelMessage, duo_channel_message_free)

G_END_DECLS
