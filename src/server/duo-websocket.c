/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-websocket.h"

#include "duo-websocket-reader.h"
#include "duo-websocket-writer.h"

#include <string.h>

#define READ_SIZE (16 * 1024)
/* So much from one client, then the others have their turn. */
#define READS_AT_ONCE 8
/* How long a client may take to answer a close frame. */
#define CLOSE_TIMEOUT 3000 /* ms */
/* Whoever goes on sending so much after our close frame does not listen. */
#define IGNORED_MAX (256 * 1024)

typedef enum {
  OPEN,
  CLOSING, /* our close frame is out or queued */
  CLOSED,
} State;

struct _DuoWebsocket {
  /* Owned */
  GIOStream *stream;
  GSocket *socket;
  DuoPollerWatch *watch;
  DuoWebsocketReader *reader;
  DuoWebsocketWriter writer;
  guint timeout_id;

  /* Borrowed */
  const DuoWebsocketEvents *events;
  gpointer owner;

  gsize ignored; /* bytes that came in after our close frame */
  State state;
  gboolean heard_close;
  gboolean broken; /* nothing more that comes in can be understood */
};

static void
clear_connection (DuoWebsocket *self)
{
  g_clear_pointer (&self->watch, duo_poller_watch_remove);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_pointer (&self->reader, duo_websocket_reader_free);
  duo_websocket_writer_clear (&self->writer);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
}

static void
set_closed (DuoWebsocket *self)
{
  State before = self->state;

  if (before == CLOSED)
    return;

  self->state = CLOSED;
  clear_connection (self);
  if (before == OPEN)
    self->events->closing (self->owner, DUO_WEBSOCKET_CLOSE_ABNORMAL);
  self->events->closed (self->owner);
}

static void
send_frame (DuoWebsocket *self, DuoWebsocketOpcode opcode, const guint8 *data, gsize length)
{
  gsize before = self->writer.unsent;

  duo_websocket_writer_send (&self->writer, opcode, data, length);
  if (before == 0 && self->writer.unsent > 0 && self->watch != NULL)
    duo_poller_watch_set_writable (self->watch, TRUE);
}

/* Returns FALSE if the connection has failed. */
static gboolean
flush (DuoWebsocket *self)
{
  if (!duo_websocket_writer_flush (&self->writer))
    return FALSE;

  if (self->writer.unsent == 0)
    duo_poller_watch_set_writable (self->watch, FALSE);

  return TRUE;
}

static gboolean
close_timeout_cb (gpointer user_data)
{
  DuoWebsocket *self = user_data;

  self->timeout_id = 0;
  set_closed (self);

  return G_SOURCE_REMOVE;
}

static void
send_close (DuoWebsocket *self, guint code, const char *reason)
{
  guint8 payload[DUO_WEBSOCKET_CONTROL_MAX] = { (guint8) (code >> 8), (guint8) code };
  gsize length = reason != NULL ? MIN (strlen (reason), sizeof payload - 2) : 0;

  memcpy (payload + 2, reason != NULL ? reason : "", length);
  self->state = CLOSING;
  send_frame (self,
              DUO_WEBSOCKET_OPCODE_CLOSE,
              payload,
              code == DUO_WEBSOCKET_CLOSE_NONE ? 0 : length + 2);
  self->timeout_id = g_timeout_add (CLOSE_TIMEOUT, close_timeout_cb, self);
}

/* The client's close frame answers ours, or ours answers it. */
static void
handle_close (DuoWebsocket *self, guint code)
{
  self->heard_close = TRUE;
  if (self->state == OPEN) {
    send_close (self, code, NULL);
    self->events->closing (self->owner, code);
  }
}

static gboolean
reader_cb (
  DuoWebsocketOpcode opcode, const guint8 *data, gsize length, guint code, gpointer user_data)
{
  DuoWebsocket *self = user_data;

  if (opcode == DUO_WEBSOCKET_OPCODE_CLOSE)
    handle_close (self, code);

  /* What still comes after our close frame is thrown away, but its answer is waited for. */
  if (self->state != OPEN)
    return self->state == CLOSING && !self->heard_close;

  switch (opcode) {
  case DUO_WEBSOCKET_OPCODE_PING:
    if (self->events->ping (self->owner))
      send_frame (self, DUO_WEBSOCKET_OPCODE_PONG, data, length);
    break;
  case DUO_WEBSOCKET_OPCODE_PONG:
    self->events->pong (self->owner);
    break;
  case DUO_WEBSOCKET_OPCODE_TEXT:
  case DUO_WEBSOCKET_OPCODE_BINARY:
  case DUO_WEBSOCKET_OPCODE_CONTINUATION:
  case DUO_WEBSOCKET_OPCODE_CLOSE:
  default:
    self->events->message (self->owner, opcode == DUO_WEBSOCKET_OPCODE_TEXT, data, length);
    break;
  }

  return self->state != CLOSED;
}

static void
feed (DuoWebsocket *self, guint8 *data, gsize length)
{
  guint code;

  if (self->broken || (self->state == OPEN && !self->events->received (self->owner, length)))
    return;

  code = duo_websocket_reader_feed (self->reader, data, length, reader_cb, self);
  if (code == 0)
    return;

  self->broken = TRUE;
  if (self->state == OPEN)
    self->events->closing (self->owner, code);
  if (self->state == OPEN)
    send_close (self, code, NULL);
}

/* Returns whether there may be more to read at once. */
static gboolean
read_some (DuoWebsocket *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  g_autoptr (GError) error = NULL;
  guint8 buffer[READ_SIZE];
  gssize length = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input),
                                                            buffer,
                                                            sizeof buffer,
                                                            NULL,
                                                            &error);

  if (length < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return FALSE;
  if (length <= 0) {
    set_closed (self);
    return FALSE;
  }

  if (self->state == CLOSING)
    self->ignored += (gsize) length;
  if (self->ignored > IGNORED_MAX) {
    set_closed (self);
    return FALSE;
  }
  feed (self, buffer, (gsize) length);

  /* Behind encryption there may be something where the socket has nothing. */
  return self->state != CLOSED && (length == sizeof buffer || G_IS_TLS_CONNECTION (self->stream));
}

static void
end_if_over (DuoWebsocket *self)
{
  if (self->state != CLOSING || self->writer.unsent > 0)
    return;

  /* Closing a socket that has unread data resets the connection, and the client would not see why.
   * Who cannot be understood any more has to close first. */
  if (self->heard_close)
    set_closed (self);
  else if (self->broken)
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

static void
ready_cb (GIOCondition condition, gpointer user_data)
{
  DuoWebsocket *self = g_rc_box_acquire (user_data);

  if ((condition & G_IO_OUT) && self->writer.unsent > 0 && !flush (self))
    set_closed (self);

  if ((condition & G_IO_IN) && self->state != CLOSED) {
    guint reads = 0;

    while (read_some (self) && ++reads < READS_AT_ONCE)
      continue;
  }
  if (self->state != CLOSED)
    end_if_over (self);

  g_rc_box_release (self);
}

/**
 * duo_websocket_new:
 * @stream: a connection that has been upgraded
 * @socket: the socket below it
 * @poller: what tells when there is something to do
 * @max_message: the largest message in bytes, fragments counted together
 * @events: what to call
 * @owner: handed to @events
 *
 * Takes a connection over. Nothing is called before duo_websocket_start().
 *
 * Returns: (transfer full): the WebSocket
 */
DuoWebsocket *
duo_websocket_new (GIOStream *stream,
                   GSocket *socket,
                   DuoPoller *poller,
                   gsize max_message,
                   const DuoWebsocketEvents *events,
                   gpointer owner)
{
  DuoWebsocket *self = g_rc_box_new0 (DuoWebsocket);
  g_autoptr (GError) error = NULL;

  self->stream = g_object_ref (stream);
  self->socket = g_object_ref (socket);
  self->reader = duo_websocket_reader_new (max_message);
  self->events = events;
  self->owner = owner;
  duo_websocket_writer_init (&self->writer, g_io_stream_get_output_stream (stream));
  self->watch = duo_poller_add (poller, g_socket_get_fd (socket), ready_cb, self, &error);
  if (self->watch == NULL)
    g_warning ("Cannot watch a connection: %s", error->message);

  return self;
}

/**
 * duo_websocket_start:
 * @self: a WebSocket
 * @early: (nullable): what came in behind the handshake
 *
 * Begins to read.
 */
void
duo_websocket_start (DuoWebsocket *self, GBytes *early)
{
  g_rc_box_acquire (self);
  if (self->watch == NULL) {
    set_closed (self);
  } else if (early != NULL && g_bytes_get_size (early) > 0) {
    g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (early, NULL), g_bytes_get_size (early));

    feed (self, copy, g_bytes_get_size (early));
    if (self->state != CLOSED)
      end_if_over (self);
  }
  g_rc_box_release (self);
}

/**
 * duo_websocket_free:
 * @self: (transfer full): a WebSocket
 *
 * Cuts the connection, if there is one, without a word to either side.
 */
void
duo_websocket_free (DuoWebsocket *self)
{
  self->state = CLOSED;
  clear_connection (self);
  g_rc_box_release (self);
}

/**
 * duo_websocket_is_open:
 * @self: a WebSocket
 *
 * Returns: whether neither side has closed
 */
gboolean
duo_websocket_is_open (DuoWebsocket *self)
{
  return self->state == OPEN;
}

/**
 * duo_websocket_get_unsent:
 * @self: a WebSocket
 *
 * Returns: how many bytes the socket has not taken yet
 */
gsize
duo_websocket_get_unsent (DuoWebsocket *self)
{
  return self->writer.unsent;
}

/**
 * duo_websocket_send:
 * @self: a WebSocket
 * @text: (array length=length): UTF-8 text
 * @length: its length in bytes
 *
 * Sends a message, or queues what the socket does not take. Does nothing unless open.
 */
void
duo_websocket_send (DuoWebsocket *self, const guint8 *text, gsize length)
{
  if (self->state == OPEN)
    send_frame (self, DUO_WEBSOCKET_OPCODE_TEXT, text, length);
}

/**
 * duo_websocket_ping:
 * @self: a WebSocket
 *
 * Asks whether the client is there. Does nothing unless open.
 */
void
duo_websocket_ping (DuoWebsocket *self)
{
  if (self->state == OPEN)
    send_frame (self, DUO_WEBSOCKET_OPCODE_PING, NULL, 0);
}

/**
 * duo_websocket_close:
 * @self: a WebSocket
 * @code: why
 * @reason: (nullable): why, in words; ASCII
 *
 * Says goodbye. The connection ends when the client has answered, or some seconds later. Does
 * nothing unless open.
 */
void
duo_websocket_close (DuoWebsocket *self, guint code, const char *reason)
{
  if (self->state == OPEN)
    send_close (self, code, reason);
}
