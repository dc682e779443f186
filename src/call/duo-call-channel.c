/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-channel.h"

#include <string.h>

#include "duo-call-signal.h"
#include "duo-channel-message.h"
#include "duo-channel-pace.h"
#include "duo-json.h"

/* The conversation on the data channel of one peer connection. The connection passes nothing on
 * before the other's fingerprint has been verified, and takes nothing either. */
struct _DuoCallChannel {
  GObject parent_instance;

  /* Owned */
  DuoPeerConnection *connection;

  DuoChannelPace pace;
  gint64 last_message;
};

enum {
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallChannel, duo_call_channel, G_TYPE_OBJECT)

static void
send (DuoCallChannel *self, const DuoChannelMessage *message)
{
  g_autoptr (JsonObject) object = duo_channel_message_to_json (message);
  g_autofree char *text = duo_json_to_string (object);
  g_autoptr (GError) error = NULL;

  /* A channel that is not open yet, or no more, loses nothing: the state is sent when it opens. */
  if (!duo_peer_connection_send_text (self->connection, text, &error))
    g_debug ("Not sent: %s", error->message);
}

static void
answer_ping (DuoCallChannel *self, const DuoChannelMessage *ping)
{
  g_autoptr (DuoChannelMessage) pong = duo_channel_message_new (DUO_CHANNEL_MESSAGE_PONG);

  pong->id = ping->id;
  send (self, pong);
}

static void
on_message (DuoCallChannel *self, const char *text)
{
  g_autoptr (DuoChannelMessage) message = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_monotonic_time ();
  gsize length = strlen (text);

  self->last_message = now;
  if (!duo_channel_pace_admit (&self->pace, length, now))
    return;

  object = duo_json_parse (text, length, &error);
  if (object != NULL)
    message = duo_channel_message_from_json (object, &error);
  if (message == NULL) {
    g_debug ("Message on the data channel ignored: %s", error->message);
    return;
  }

  switch (message->type) {
  case DUO_CHANNEL_MESSAGE_PING:
    answer_ping (self, message);
    break;
  case DUO_CHANNEL_MESSAGE_PONG:
    duo_channel_pace_pong (&self->pace, message->id, now);
    break;
  case DUO_CHANNEL_MESSAGE_STATE:
  case DUO_CHANNEL_MESSAGE_RESUME:
  case DUO_CHANNEL_MESSAGE_BYE:
    g_signal_emit (self, signals[MESSAGE], 0, message);
    break;
  default:
    break;
  }
}

static void
duo_call_channel_dispose (GObject *object)
{
  DuoCallChannel *self = DUO_CALL_CHANNEL (object);

  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (duo_call_channel_parent_class)->dispose (object);
}

static void
duo_call_channel_class_init (DuoCallChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_call_channel_dispose;

  /* A DuoChannelMessage: state, resume or bye; all else is only a sign of life. */
  signals[MESSAGE] = duo_call_signal_new (klass, "message", 1, DUO_TYPE_CHANNEL_MESSAGE);
}

static void
duo_call_channel_init (DuoCallChannel *self)
{
  self->pace = (DuoChannelPace) DUO_CHANNEL_PACE_INIT;
}

/**
 * duo_call_channel_new:
 * @connection: a peer connection
 *
 * Listens on the connection's data channel, at most 20 messages a second and 16 KiB each.
 *
 * Returns: (transfer full): a channel
 */
DuoCallChannel *
duo_call_channel_new (DuoPeerConnection *connection)
{
  DuoCallChannel *self;

  g_return_val_if_fail (DUO_IS_PEER_CONNECTION (connection), NULL);

  self = g_object_new (DUO_TYPE_CALL_CHANNEL, NULL);
  self->connection = g_object_ref (connection);
  g_signal_connect_swapped (connection, "message", G_CALLBACK (on_message), self);

  return self;
}

/**
 * duo_call_channel_send_state:
 * @self: a channel
 * @microphone: whether sound is being sent
 * @camera: whether a picture is being sent
 * @display_name: (nullable): the person's name
 *
 * Tells how things stand here.
 */
void
duo_call_channel_send_state (DuoCallChannel *self,
                             gboolean microphone,
                             gboolean camera,
                             const char *display_name)
{
  g_autoptr (DuoChannelMessage) message = duo_channel_message_new (DUO_CHANNEL_MESSAGE_STATE);

  g_return_if_fail (DUO_IS_CALL_CHANNEL (self));

  message->microphone = microphone;
  message->camera = camera;
  message->display_name = g_strdup (display_name);
  send (self, message);
}

/**
 * duo_call_channel_send_resume:
 * @self: a channel
 * @key: 32 random bytes
 *
 * Shares the key that proves, in later epochs, that it is still us.
 */
void
duo_call_channel_send_resume (DuoCallChannel *self, GBytes *key)
{
  g_autoptr (DuoChannelMessage) message = duo_channel_message_new (DUO_CHANNEL_MESSAGE_RESUME);

  g_return_if_fail (DUO_IS_CALL_CHANNEL (self));

  message->key = g_bytes_ref (key);
  send (self, message);
}

/**
 * duo_call_channel_send_ping:
 * @self: a channel
 *
 * Gives a sign of life, and asks for one. To be called once a second.
 */
void
duo_call_channel_send_ping (DuoCallChannel *self)
{
  g_autoptr (DuoChannelMessage) message = duo_channel_message_new (DUO_CHANNEL_MESSAGE_PING);

  g_return_if_fail (DUO_IS_CALL_CHANNEL (self));

  message->id = duo_channel_pace_ping (&self->pace, g_get_monotonic_time ());
  send (self, message);
}

/**
 * duo_call_channel_send_bye:
 * @self: a channel
 * @reason: why
 *
 * Says goodbye on the way that works without the room server.
 */
void
duo_call_channel_send_bye (DuoCallChannel *self, DuoByeReason reason)
{
  g_autoptr (DuoChannelMessage) message = duo_channel_message_new (DUO_CHANNEL_MESSAGE_BYE);

  g_return_if_fail (DUO_IS_CALL_CHANNEL (self));

  message->reason = reason;
  send (self, message);
}

/**
 * duo_call_channel_get_last_message:
 * @self: a channel
 *
 * Returns: when anything last came, monotonic µs, 0 before the first
 */
gint64
duo_call_channel_get_last_message (DuoCallChannel *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CHANNEL (self), 0);

  return self->last_message;
}

/**
 * duo_call_channel_get_round_trip:
 * @self: a channel
 *
 * Returns: the newest ping's time there and back in µs, negative before the first
 */
gint64
duo_call_channel_get_round_trip (DuoCallChannel *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CHANNEL (self), -1);

  return self->pace.round_trip;
}
