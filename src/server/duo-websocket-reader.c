/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-websocket-reader.h"

#include <string.h>

struct _DuoWebsocketReader {
  /* Owned */
  GByteArray *pending; /* a header that is not complete, or NULL */
  GByteArray *message; /* the message so far, or NULL */
  GByteArray *control; /* the control frame so far, or NULL: it may come between fragments */

  DuoWebsocketFrame frame; /* the one whose payload is being read */
  guint64 done;            /* of its payload */
  gsize max_message;
  gboolean in_frame;
  gboolean in_message;
  gboolean stopped;
  DuoWebsocketOpcode kind; /* of the message */
};

typedef struct {
  DuoWebsocketReaderFunc func;
  gpointer user_data;
} Target;

static gboolean
is_control (const DuoWebsocketFrame *frame)
{
  return frame->opcode >= DUO_WEBSOCKET_OPCODE_CLOSE;
}

/* RFC 6455 section 7.4: what a close frame may hold. */
static gboolean
is_close_code (guint code)
{
  return (code >= 1000 && code <= 1014 && code != 1004 && code != DUO_WEBSOCKET_CLOSE_NONE &&
          code != DUO_WEBSOCKET_CLOSE_ABNORMAL) ||
         (code >= 3000 && code <= 4999);
}

static guint
check_header (DuoWebsocketReader *self)
{
  const DuoWebsocketFrame *frame = &self->frame;
  gsize so_far = self->message != NULL ? self->message->len : 0;

  if (is_control (frame))
    return 0;
  if ((frame->opcode == DUO_WEBSOCKET_OPCODE_CONTINUATION) != self->in_message)
    return DUO_WEBSOCKET_CLOSE_PROTOCOL;
  if (frame->length > self->max_message - so_far)
    return DUO_WEBSOCKET_CLOSE_TOO_LARGE;

  if (!self->in_message)
    self->kind = frame->opcode;
  self->in_message = TRUE;

  return 0;
}

/* Returns 0 to go on, or the code to close with. */
static guint
deliver (DuoWebsocketReader *self,
         DuoWebsocketOpcode kind,
         const guint8 *data,
         gsize length,
         const Target *target)
{
  guint code = 0;

  if (kind == DUO_WEBSOCKET_OPCODE_TEXT && !g_utf8_validate_len ((const char *) data, length, NULL))
    return DUO_WEBSOCKET_CLOSE_BAD_TEXT;

  if (kind == DUO_WEBSOCKET_OPCODE_CLOSE) {
    code = length >= 2 ? (guint) data[0] << 8 | data[1] : DUO_WEBSOCKET_CLOSE_NONE;
    if (length == 1 || (length >= 2 && !is_close_code (code)))
      return DUO_WEBSOCKET_CLOSE_PROTOCOL;
    if (length > 2 && !g_utf8_validate_len ((const char *) data + 2, length - 2, NULL))
      return DUO_WEBSOCKET_CLOSE_BAD_TEXT;
    data += MIN (length, 2);
    length -= MIN (length, 2);
    self->stopped = TRUE;
  }

  if (!target->func (kind, data, length, code, target->user_data))
    self->stopped = TRUE;

  return 0;
}

/* A frame is complete: @data is its last part, all of it where nothing was kept. */
static guint
finish_frame (DuoWebsocketReader *self, const guint8 *data, gsize length, const Target *target)
{
  GByteArray **kept = is_control (&self->frame) ? &self->control : &self->message;
  g_autoptr (GByteArray) whole = NULL;
  DuoWebsocketOpcode kind = is_control (&self->frame) ? self->frame.opcode : self->kind;

  self->in_frame = FALSE;
  if (*kept != NULL || !self->frame.final) {
    if (*kept == NULL)
      *kept = g_byte_array_new ();
    g_byte_array_append (*kept, data, (guint) length);
  }
  if (!self->frame.final)
    return 0;

  if (!is_control (&self->frame))
    self->in_message = FALSE;
  if (*kept == NULL)
    return deliver (self, kind, data, length, target);

  whole = g_steal_pointer (kept);

  return deliver (self, kind, whole->data, whole->len, target);
}

/* Reads a header, from what was kept of it too. Returns how many of the bytes it took. */
static gsize
read_header (DuoWebsocketReader *self, const guint8 *data, gsize length, guint *code)
{
  gsize before = self->pending != NULL ? self->pending->len : 0;
  gsize taken = length;

  if (before > 0) {
    g_byte_array_append (self->pending,
                         data,
                         (guint) MIN (length, DUO_WEBSOCKET_HEADER_MAX - before));
    data = self->pending->data;
    length = self->pending->len;
  }

  switch (duo_websocket_frame_parse (data, length, &self->frame)) {
  case DUO_WEBSOCKET_PARSE_DONE:
    self->in_frame = TRUE;
    self->done = 0;
    taken = self->frame.header_length - before;
    g_clear_pointer (&self->pending, g_byte_array_unref);
    *code = check_header (self);
    break;
  case DUO_WEBSOCKET_PARSE_MORE:
    if (self->pending == NULL) {
      self->pending = g_byte_array_new ();
      g_byte_array_append (self->pending, data, (guint) length);
    }
    break;
  case DUO_WEBSOCKET_PARSE_INVALID:
  default:
    *code = DUO_WEBSOCKET_CLOSE_PROTOCOL;
    break;
  }

  return taken;
}

static gsize
read_payload (
  DuoWebsocketReader *self, guint8 *data, gsize length, const Target *target, guint *code)
{
  gsize part = (gsize) MIN (self->frame.length - self->done, (guint64) length);
  GByteArray **kept = is_control (&self->frame) ? &self->control : &self->message;

  duo_websocket_frame_unmask (data, part, self->frame.mask, self->done);
  self->done += part;

  if (self->done == self->frame.length) {
    *code = finish_frame (self, data, part, target);
  } else if (part > 0) {
    if (*kept == NULL)
      *kept = g_byte_array_new ();
    g_byte_array_append (*kept, data, (guint) part);
  }

  return part;
}

/**
 * duo_websocket_reader_new:
 * @max_message: the largest message in bytes, fragments counted together
 *
 * Makes a reader for a connection that has just been opened.
 *
 * Returns: (transfer full): the reader
 */
DuoWebsocketReader *
duo_websocket_reader_new (gsize max_message)
{
  DuoWebsocketReader *self = g_new0 (DuoWebsocketReader, 1);

  self->max_message = max_message;

  return self;
}

/**
 * duo_websocket_reader_free:
 * @self: (transfer full): a reader
 *
 * Frees the reader and what is incomplete.
 */
void
duo_websocket_reader_free (DuoWebsocketReader *self)
{
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_clear_pointer (&self->message, g_byte_array_unref);
  g_clear_pointer (&self->control, g_byte_array_unref);
  g_free (self);
}

/**
 * duo_websocket_reader_feed:
 * @self: a reader
 * @data: (array length=length): what has come in; changed
 * @length: how much
 * @func: (scope call): called for each message that is complete with it
 * @user_data: handed to @func
 *
 * Reads on. After a close frame, a fault, or once @func has said so, everything more is ignored.
 *
 * Returns: 0, or the WebSocket close code that says what is wrong
 */
guint
duo_websocket_reader_feed (DuoWebsocketReader *self,
                           guint8 *data,
                           gsize length,
                           DuoWebsocketReaderFunc func,
                           gpointer user_data)
{
  const Target target = { func, user_data };
  guint code = 0;
  gsize at = 0;

  g_return_val_if_fail (self != NULL && func != NULL, 0);

  while (!self->stopped && code == 0 && at < length) {
    if (!self->in_frame)
      at += read_header (self, data + at, length - at, &code);

    /* A frame without payload is complete with its header. */
    if (self->in_frame && code == 0)
      at += read_payload (self, data + at, length - at, &target, &code);
  }

  if (code != 0)
    self->stopped = TRUE;

  return code;
}
