/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-websocket-writer.h"

/* Returns what the socket took. */
static gsize
write_pieces (DuoWebsocketWriter *self, GOutputVector *pieces, guint count, gboolean *failed)
{
  gsize written = 0;
  GPollableReturn result =
    g_pollable_output_stream_writev_nonblocking (self->output, pieces, count, &written, NULL, NULL);

  *failed = result == G_POLLABLE_RETURN_FAILED;

  return result == G_POLLABLE_RETURN_OK ? written : 0;
}

static void
queue_rest (DuoWebsocketWriter *self, const GOutputVector *pieces, guint count, gsize written)
{
  for (guint i = 0; i < count; i++) {
    gsize skip = MIN (written, pieces[i].size);
    gsize rest = pieces[i].size - skip;

    written -= skip;
    if (rest == 0)
      continue;
    g_queue_push_tail (&self->queue, g_bytes_new ((const char *) pieces[i].buffer + skip, rest));
    self->unsent += rest;
  }
}

/**
 * duo_websocket_writer_init:
 * @self: a writer
 * @output: a stream that can be polled
 *
 * Starts with nothing to send.
 */
void
duo_websocket_writer_init (DuoWebsocketWriter *self, GOutputStream *output)
{
  self->output = g_object_ref (G_POLLABLE_OUTPUT_STREAM (output));
  self->unsent = 0;
  g_queue_init (&self->queue);
}

/**
 * duo_websocket_writer_clear:
 * @self: a writer
 *
 * Forgets what has not been sent, and the stream.
 */
void
duo_websocket_writer_clear (DuoWebsocketWriter *self)
{
  g_queue_clear_full (&self->queue, (GDestroyNotify) g_bytes_unref);
  self->unsent = 0;
  g_clear_object (&self->output);
}

/**
 * duo_websocket_writer_send:
 * @self: a writer
 * @opcode: what to send
 * @data: (array length=length) (nullable): its payload
 * @length: the length of the payload
 *
 * Sends a frame at once if the socket takes it, and keeps the rest. That a connection has failed is
 * not told here: it is found out by reading.
 */
void
duo_websocket_writer_send (DuoWebsocketWriter *self,
                           DuoWebsocketOpcode opcode,
                           const guint8 *data,
                           gsize length)
{
  guint8 header[DUO_WEBSOCKET_HEADER_MAX];
  gsize header_length = duo_websocket_frame_write_header (header, opcode, length);
  GOutputVector pieces[] = { { header, header_length }, { data, length } };
  guint count = length > 0 ? 2 : 1;
  gboolean failed = FALSE;
  gsize written = 0;

  if (self->unsent == 0)
    written = write_pieces (self, pieces, count, &failed);
  if (!failed)
    queue_rest (self, pieces, count, written);
}

/**
 * duo_websocket_writer_flush:
 * @self: a writer
 *
 * Sends what has been kept, as far as the socket takes it.
 *
 * Returns: %FALSE if the connection has failed
 */
gboolean
duo_websocket_writer_flush (DuoWebsocketWriter *self)
{
  gboolean failed = FALSE;

  while (!failed && !g_queue_is_empty (&self->queue)) {
    g_autoptr (GBytes) bytes = g_queue_pop_head (&self->queue);
    GOutputVector piece = { 0 };
    gsize written;

    piece.buffer = g_bytes_get_data (bytes, &piece.size);
    written = write_pieces (self, &piece, 1, &failed);
    self->unsent -= written;
    if (written == piece.size)
      continue;

    g_queue_push_head (&self->queue, g_bytes_new_from_bytes (bytes, written, piece.size - written));
    break;
  }

  return !failed;
}
