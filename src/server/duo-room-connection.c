/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-connection.h"

#include "duo-client-frame.h"
#include "duo-counted-stream.h"
#include "duo-json.h"
#include "duo-rate-limit.h"

/* libsoup's own limit resets the connection, so the client sees no close code: the real limit is
 * DUO_CLIENT_FRAME_MAX and this one only guards the memory. */
#define FRAME_LIMIT (128 * 1024)
/* A message of the allowed size in very small fragments is several times as long on the wire. */
#define READ_LIMIT (4 * DUO_CLIENT_FRAME_MAX)
#define UNSENT_LIMIT (256 * 1024)
#define MISSED_PINGS 2

#define MESSAGES_PER_SECOND 50
#define MESSAGES_BURST 200
#define BYTES_PER_SECOND (64 * 1024)
#define BYTES_BURST (512 * 1024)

/**
 * DuoRoomConnection:
 *
 * One client's WebSocket at the server: keeps the limits, judges what comes in, answers pings, and
 * notices when nobody is there any more. It knows nothing of rooms but the name of its own.
 *
 * It stays alive by itself until its socket is closed, at the longest some seconds after
 * duo_room_connection_close().
 */
struct _DuoRoomConnection {
  GObject parent_instance;

  /* Owned */
  SoupWebsocketConnection *websocket;
  DuoCountedStream *stream;
  char *room;
  char *peer_id;
  guint ping_id;

  DuoRateLimit messages;
  DuoRateLimit bytes;
  guint64 queued;
  guint unanswered;
  gboolean gone;
};

enum {
  MESSAGE,
  GONE,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoRoomConnection, duo_room_connection, G_TYPE_OBJECT)

static gboolean
is_open (DuoRoomConnection *self)
{
  return soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN;
}

/* From here on the client takes no part any more, whatever its socket still does. */
static void
set_gone (DuoRoomConnection *self, gboolean for_good)
{
  if (self->gone)
    return;

  self->gone = TRUE;
  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_signal_emit (self, signals[GONE], 0, for_good);
}

static void
handle_text (DuoRoomConnection *self, GBytes *text)
{
  g_autofree char *to = NULL;

  switch (duo_client_frame_check (text, self->peer_id, &to)) {
  case DUO_CLIENT_FRAME_RELAY:
    g_signal_emit (self, signals[MESSAGE], 0, to, text);
    break;
  case DUO_CLIENT_FRAME_PING: {
    g_autoptr (DuoServerMessage) pong = duo_server_message_new (DUO_SERVER_MESSAGE_PONG);

    duo_room_connection_send_message (self, pong);
    break;
  }
  case DUO_CLIENT_FRAME_TOO_LARGE:
    duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_TOO_FAST);
    break;
  case DUO_CLIENT_FRAME_MALFORMED:
  default:
    duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_MALFORMED);
    break;
  }
}

static void
websocket_message_cb (SoupWebsocketConnection *websocket,
                      SoupWebsocketDataType type,
                      GBytes *message,
                      gpointer user_data)
{
  DuoRoomConnection *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->unanswered = 0;
  if (self->stream != NULL)
    duo_counted_stream_reset_read (self->stream);

  /* libsoup goes on delivering what it had read already when the connection was closed. */
  if (self->gone || !is_open (self))
    return;

  if (!duo_rate_limit_take (&self->messages, 1, now) ||
      !duo_rate_limit_take (&self->bytes, (double) g_bytes_get_size (message), now))
    duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_TOO_FAST);
  else if (type != SOUP_WEBSOCKET_DATA_TEXT)
    duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_MALFORMED);
  else
    handle_text (self, message);
}

static void
websocket_pong_cb (SoupWebsocketConnection *websocket, GBytes *message, gpointer user_data)
{
  DuoRoomConnection *self = user_data;

  self->unanswered = 0;
}

static void
websocket_closing_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  DuoRoomConnection *self = user_data;
  gushort code = soup_websocket_connection_get_close_code (websocket);

  set_gone (self, code == SOUP_WEBSOCKET_CLOSE_NORMAL);
}

static void
websocket_closed_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  DuoRoomConnection *self = user_data;

  set_gone (self, FALSE);
  g_signal_emit (self, signals[CLOSED], 0);

  /* The handlers kept this object alive. */
  g_signal_handlers_disconnect_by_data (websocket, self);
}

static void
read_limit_exceeded_cb (DuoCountedStream *stream, gpointer user_data)
{
  duo_room_connection_close (user_data, DUO_ROOM_CLOSE_CODE_TOO_FAST);
}

/* libsoup sends the pings but does not look whether they are answered. */
static gboolean
check_pings_cb (gpointer user_data)
{
  DuoRoomConnection *self = user_data;

  if (self->unanswered++ < MISSED_PINGS)
    return G_SOURCE_CONTINUE;

  self->ping_id = 0;
  duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_GOING_AWAY);

  return G_SOURCE_REMOVE;
}

static void
watch_traffic (DuoRoomConnection *self)
{
  g_autoptr (GIOStream) base = NULL;

  g_object_get (soup_websocket_connection_get_io_stream (self->websocket),
                "base-iostream",
                &base,
                NULL);

  if (!DUO_IS_COUNTED_STREAM (base))
    return;

  self->stream = DUO_COUNTED_STREAM (g_steal_pointer (&base));
  self->queued = duo_counted_stream_get_written (self->stream);
  duo_counted_stream_set_read_limit (self->stream, READ_LIMIT);
  g_signal_connect_object (self->stream,
                           "read-limit-exceeded",
                           G_CALLBACK (read_limit_exceeded_cb),
                           self,
                           0);
}

/* What libsoup has still to send. Its own control frames pass through the stream without having
 * been counted here, so the written bytes may run ahead of the queued ones: then nothing waits. */
static guint64
get_unsent (DuoRoomConnection *self)
{
  guint64 written;

  if (self->stream == NULL)
    return 0;

  written = duo_counted_stream_get_written (self->stream);
  self->queued = MAX (self->queued, written);

  return self->queued - written;
}

static void
duo_room_connection_finalize (GObject *object)
{
  DuoRoomConnection *self = DUO_ROOM_CONNECTION (object);

  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_clear_object (&self->websocket);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->peer_id, g_free);

  G_OBJECT_CLASS (duo_room_connection_parent_class)->finalize (object);
}

static void
duo_room_connection_class_init (DuoRoomConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = DUO_TYPE_ROOM_CONNECTION;
  const GSignalFlags last = G_SIGNAL_RUN_LAST;

  object_class->finalize = duo_room_connection_finalize;

  /**
   * DuoRoomConnection::message:
   * @self: the connection
   * @to: (nullable): the PEER it is for, or %NULL for all others
   * @text: the text as it came
   *
   * The client sent something to be relayed.
   */
  signals[MESSAGE] = g_signal_new ("message",
                                   type,
                                   last,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   2,
                                   G_TYPE_STRING,
                                   G_TYPE_BYTES);

  /**
   * DuoRoomConnection::gone:
   * @self: the connection
   * @for_good: whether the client left or was thrown out, rather than lost
   *
   * The client takes no part any more. Emitted once, and before "closed".
   */
  signals[GONE] =
    g_signal_new ("gone", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * DuoRoomConnection::closed:
   * @self: the connection
   *
   * The socket is closed.
   */
  signals[CLOSED] = g_signal_new ("closed", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
duo_room_connection_init (DuoRoomConnection *self)
{
}

static void
connect_websocket (DuoRoomConnection *self, const char *name, GCallback callback)
{
  g_signal_connect_data (self->websocket,
                         name,
                         callback,
                         g_object_ref (self),
                         (GClosureNotify) (void (*) (void)) g_object_unref,
                         0);
}

/**
 * duo_room_connection_new:
 * @websocket: a connection that has just been opened
 * @room: the name of its room, for whoever asks
 * @peer_id: the client's PEER
 * @ping_interval: the time between two pings, in seconds
 *
 * Takes charge of a client's WebSocket. If it runs over a #DuoCountedStream, message fragments and
 * unsent bytes are limited too.
 *
 * Returns: (transfer full): the connection
 */
DuoRoomConnection *
duo_room_connection_new (SoupWebsocketConnection *websocket,
                         const char *room,
                         const char *peer_id,
                         guint ping_interval)
{
  DuoRoomConnection *self;
  gint64 now = g_get_monotonic_time ();

  g_return_val_if_fail (SOUP_IS_WEBSOCKET_CONNECTION (websocket), NULL);
  g_return_val_if_fail (room != NULL && peer_id != NULL, NULL);

  self = g_object_new (DUO_TYPE_ROOM_CONNECTION, NULL);
  self->websocket = g_object_ref (websocket);
  self->room = g_strdup (room);
  self->peer_id = g_strdup (peer_id);
  duo_rate_limit_init (&self->messages, MESSAGES_PER_SECOND, MESSAGES_BURST, now);
  duo_rate_limit_init (&self->bytes, BYTES_PER_SECOND, BYTES_BURST, now);
  watch_traffic (self);

  soup_websocket_connection_set_max_incoming_payload_size (websocket, FRAME_LIMIT);
  soup_websocket_connection_set_keepalive_interval (websocket, ping_interval);
  self->ping_id = g_timeout_add_seconds (ping_interval, check_pings_cb, self);
  connect_websocket (self, "message", G_CALLBACK (websocket_message_cb));
  connect_websocket (self, "pong", G_CALLBACK (websocket_pong_cb));
  connect_websocket (self, "closing", G_CALLBACK (websocket_closing_cb));
  connect_websocket (self, "closed", G_CALLBACK (websocket_closed_cb));

  return self;
}

/**
 * duo_room_connection_get_room:
 * @self: a connection
 *
 * Returns: (transfer none): the name of its room
 */
const char *
duo_room_connection_get_room (DuoRoomConnection *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_CONNECTION (self), NULL);

  return self->room;
}

/**
 * duo_room_connection_get_peer_id:
 * @self: a connection
 *
 * Returns: (transfer none): the client's PEER
 */
const char *
duo_room_connection_get_peer_id (DuoRoomConnection *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_CONNECTION (self), NULL);

  return self->peer_id;
}

/**
 * duo_room_connection_send:
 * @self: a connection
 * @text: UTF-8 text
 *
 * Sends a text. A client that reads so slowly that too much waits for it already is closed instead;
 * it may come back. Does nothing once the client has gone.
 */
void
duo_room_connection_send (DuoRoomConnection *self, GBytes *text)
{
  gsize size;

  g_return_if_fail (DUO_IS_ROOM_CONNECTION (self));
  g_return_if_fail (text != NULL);

  if (self->gone || !is_open (self))
    return;

  size = g_bytes_get_size (text);
  if (get_unsent (self) + size > UNSENT_LIMIT) {
    duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_GOING_AWAY);
    return;
  }

  self->queued += size;
  soup_websocket_connection_send_message (self->websocket, SOUP_WEBSOCKET_DATA_TEXT, text);
}

/**
 * duo_room_connection_send_message:
 * @self: a connection
 * @message: one of the server's messages
 *
 * Sends one of the server's own messages, as duo_room_connection_send() does.
 */
void
duo_room_connection_send_message (DuoRoomConnection *self, const DuoServerMessage *message)
{
  g_autoptr (JsonObject) object = duo_server_message_to_json (message);
  char *text = duo_json_to_string (object);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  duo_room_connection_send (self, bytes);
}

/**
 * duo_room_connection_close:
 * @self: a connection
 * @code: why
 *
 * Ends the client's part: says why, in an `error` message first where the code is a room's own, and
 * closes the socket. Does nothing the second time.
 */
void
duo_room_connection_close (DuoRoomConnection *self, DuoRoomCloseCode code)
{
  g_autoptr (DuoRoomConnection) alive = NULL;
  const char *text = duo_room_close_code_explain (code);

  g_return_if_fail (DUO_IS_ROOM_CONNECTION (self));

  if (self->gone)
    return;

  alive = g_object_ref (self);
  if (text != NULL) {
    g_autoptr (DuoServerMessage) error = duo_server_message_new (DUO_SERVER_MESSAGE_ERROR);

    error->code = code;
    error->message = g_strdup (text);
    duo_room_connection_send_message (self, error);
  }

  set_gone (self, code != DUO_ROOM_CLOSE_CODE_GOING_AWAY);

  if (is_open (self))
    soup_websocket_connection_close (self->websocket, (gushort) code, text);
}
