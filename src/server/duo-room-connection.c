/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-connection.h"

#include "duo-client-frame.h"
#include "duo-json.h"
#include "duo-rate-limit.h"
#include "duo-websocket-reader.h"
#include "duo-websocket.h"

#include <string.h>

#define MISSED_PINGS 2

struct _DuoRoomConnection {
  /* Owned */
  DuoWebsocket *websocket;
  char *room;
  char *peer_id;
  char *client;

  /* Borrowed */
  DuoRoomConnectionHost *host;

  DuoRateLimit messages;
  DuoRateLimit bytes;
  gint64 next_ping; /* monotonic, in milliseconds */
  guint unanswered;
  gboolean gone;
};

static const struct {
  DuoRoomCloseCode code;
  DuoServerDrop drop;
} drops[] = {
  { DUO_ROOM_CLOSE_CODE_MALFORMED, DUO_SERVER_DROP_MALFORMED },
  { DUO_ROOM_CLOSE_CODE_TAKEN_OVER, DUO_SERVER_DROP_TAKEN_OVER },
  { DUO_ROOM_CLOSE_CODE_FULL, DUO_SERVER_DROP_FULL },
  { DUO_ROOM_CLOSE_CODE_EXPIRED, DUO_SERVER_DROP_EXPIRED },
  { DUO_ROOM_CLOSE_CODE_NOT_ALLOWED, DUO_SERVER_DROP_NOT_ALLOWED },
  { DUO_ROOM_CLOSE_CODE_NOT_STARTED, DUO_SERVER_DROP_NOT_STARTED },
};

/* From here on the client takes no part any more, whatever its socket still does. */
static void
set_gone (DuoRoomConnection *self, gboolean for_good)
{
  if (self->gone)
    return;

  self->gone = TRUE;
  self->host->gone (self, for_good, self->host->owner);
}

static void
drop (DuoRoomConnection *self, DuoServerDrop reason, DuoRoomCloseCode code)
{
  if (self->gone)
    return;

  self->host->counters.drops[reason]++;
  duo_room_connection_close (self, code);
}

static gboolean
received_cb (gpointer owner, gsize bytes)
{
  DuoRoomConnection *self = owner;

  self->unanswered = 0;
  self->host->counters.bytes_in += bytes;
  if (duo_rate_limit_take (&self->bytes, (double) bytes, g_get_monotonic_time ()))
    return TRUE;

  drop (self, DUO_SERVER_DROP_TOO_FAST, DUO_ROOM_CLOSE_CODE_TOO_FAST);

  return FALSE;
}

static gboolean
take_message (DuoRoomConnection *self)
{
  self->host->counters.messages_in++;
  if (duo_rate_limit_take (&self->messages, 1, g_get_monotonic_time ()))
    return TRUE;

  drop (self, DUO_SERVER_DROP_TOO_FAST, DUO_ROOM_CLOSE_CODE_TOO_FAST);

  return FALSE;
}

static void
message_cb (gpointer owner, gboolean text, const guint8 *data, gsize length)
{
  DuoRoomConnection *self = owner;
  g_autofree char *to = NULL;

  if (self->gone || !take_message (self))
    return;

  if (!text) {
    duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_MALFORMED);
    return;
  }

  switch (duo_client_frame_check ((const char *) data, length, self->peer_id, &to)) {
  case DUO_CLIENT_FRAME_RELAY:
    self->host->message (self, to, data, length, self->host->owner);
    break;
  case DUO_CLIENT_FRAME_PING: {
    g_autoptr (DuoServerMessage) pong = duo_server_message_new (DUO_SERVER_MESSAGE_PONG);

    duo_room_connection_send_message (self, pong);
    break;
  }
  case DUO_CLIENT_FRAME_MALFORMED:
  default:
    duo_room_connection_close (self, DUO_ROOM_CLOSE_CODE_MALFORMED);
    break;
  }
}

static gboolean
ping_cb (gpointer owner)
{
  DuoRoomConnection *self = owner;

  return !self->gone && take_message (self);
}

static void
pong_cb (gpointer owner)
{
  DuoRoomConnection *self = owner;

  self->unanswered = 0;
}

static void
closing_cb (gpointer owner, guint code)
{
  DuoRoomConnection *self = owner;

  if (code == DUO_WEBSOCKET_CLOSE_TOO_LARGE) {
    drop (self, DUO_SERVER_DROP_TOO_LARGE, DUO_ROOM_CLOSE_CODE_TOO_FAST);
    return;
  }

  if (code == DUO_WEBSOCKET_CLOSE_PROTOCOL || code == DUO_WEBSOCKET_CLOSE_BAD_TEXT)
    self->host->counters.drops[DUO_SERVER_DROP_MALFORMED]++;
  set_gone (self, code == 1000);
}

static void
closed_cb (gpointer owner)
{
  DuoRoomConnection *self = owner;

  self->host->closed (self, self->host->owner);
}

static const DuoWebsocketEvents events = {
  .received = received_cb,
  .message = message_cb,
  .ping = ping_cb,
  .pong = pong_cb,
  .closing = closing_cb,
  .closed = closed_cb,
};

/**
 * duo_upgrade_clear:
 * @self: an upgrade
 *
 * Frees what is in @self.
 */
void
duo_upgrade_clear (DuoUpgrade *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->early, g_bytes_unref);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->host, g_free);
}

/**
 * duo_room_connection_new:
 * @upgrade: a connection that has just become a WebSocket
 * @room: the name of its room, for whoever asks
 * @peer_id: the client's PEER
 * @host: what all connections share; outlives this one
 *
 * Takes charge of a client's WebSocket. Nothing is read before duo_room_connection_start().
 *
 * Returns: (transfer full): the connection
 */
DuoRoomConnection *
duo_room_connection_new (const DuoUpgrade *upgrade,
                         const char *room,
                         const char *peer_id,
                         DuoRoomConnectionHost *host)
{
  const DuoServerLimits *limits = &host->limits;
  DuoRoomConnection *self = g_new0 (DuoRoomConnection, 1);
  gint64 now = g_get_monotonic_time ();

  self->host = host;
  self->room = g_strdup (room);
  self->peer_id = g_strdup (peer_id);
  self->client = g_strdup (upgrade->client);
  self->next_ping = now / 1000 + limits->ping_interval;
  duo_rate_limit_init (&self->messages, limits->message_rate, limits->message_burst, now);
  duo_rate_limit_init (&self->bytes, limits->byte_rate, limits->byte_burst, now);
  self->websocket = duo_websocket_new (upgrade->stream,
                                       upgrade->socket,
                                       host->poller,
                                       limits->message_size,
                                       &events,
                                       self);
  host->counters.connections++;

  return self;
}

/**
 * duo_room_connection_start:
 * @self: a connection
 * @early: (nullable): what came in behind the handshake
 *
 * Begins to read. The connection may be gone afterwards.
 */
void
duo_room_connection_start (DuoRoomConnection *self, GBytes *early)
{
  duo_websocket_start (self->websocket, early);
}

/**
 * duo_room_connection_free:
 * @self: (transfer full): a connection
 *
 * Cuts the connection, if there is one, and tells nobody.
 */
void
duo_room_connection_free (DuoRoomConnection *self)
{
  duo_websocket_free (self->websocket);
  g_free (self->room);
  g_free (self->peer_id);
  g_free (self->client);
  g_free (self);
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
  return self->peer_id;
}

/**
 * duo_room_connection_get_client:
 * @self: a connection
 *
 * Returns: (transfer none): whose it is, as duo_client_address_name()
 */
const char *
duo_room_connection_get_client (DuoRoomConnection *self)
{
  return self->client;
}

/**
 * duo_room_connection_send:
 * @self: a connection
 * @text: (array length=length): UTF-8 text
 * @length: its length in bytes
 *
 * Sends a text. A client that reads so slowly that too much waits for it already is closed instead;
 * it may come back. Does nothing once the client has gone.
 */
void
duo_room_connection_send (DuoRoomConnection *self, const guint8 *text, gsize length)
{
  g_return_if_fail (self != NULL && text != NULL);

  if (self->gone || !duo_websocket_is_open (self->websocket))
    return;

  if (duo_websocket_get_unsent (self->websocket) + length > self->host->limits.unsent_bytes) {
    drop (self, DUO_SERVER_DROP_SLOW_READER, DUO_ROOM_CLOSE_CODE_GOING_AWAY);
    return;
  }

  self->host->counters.messages_out++;
  self->host->counters.bytes_out += length;
  duo_websocket_send (self->websocket, text, length);
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
  g_autofree char *text = duo_json_to_string (object);

  duo_room_connection_send (self, (const guint8 *) text, strlen (text));
}

/**
 * duo_room_connection_check_pings:
 * @self: a connection
 * @now: the present monotonic time in milliseconds
 *
 * Asks the client whether it is there, if it is time to, or ends the connection if it has not
 * answered for long.
 */
void
duo_room_connection_check_pings (DuoRoomConnection *self, gint64 now)
{
  if (self->gone || now < self->next_ping)
    return;

  self->next_ping = now + self->host->limits.ping_interval;
  if (self->unanswered++ < MISSED_PINGS)
    duo_websocket_ping (self->websocket);
  else
    drop (self, DUO_SERVER_DROP_PING, DUO_ROOM_CLOSE_CODE_GOING_AWAY);
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
  const char *text = duo_room_close_code_explain (code);

  g_return_if_fail (self != NULL);

  if (self->gone)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (drops); i++) {
    if (drops[i].code == code)
      self->host->counters.drops[drops[i].drop]++;
  }

  if (text != NULL &&
      duo_websocket_get_unsent (self->websocket) < self->host->limits.unsent_bytes) {
    g_autoptr (DuoServerMessage) error = duo_server_message_new (DUO_SERVER_MESSAGE_ERROR);

    error->code = code;
    error->message = g_strdup (text);
    duo_room_connection_send_message (self, error);
  }

  set_gone (self, duo_room_close_code_is_final (code));
  duo_websocket_close (self->websocket, code, text);
}
