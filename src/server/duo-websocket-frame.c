/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-websocket-frame.h"

#include <string.h>

#define FINAL 0x80
#define RESERVED 0x70
#define MASKED 0x80
#define LENGTH_16 126
#define LENGTH_64 127

static gboolean
is_control (guint opcode)
{
  return (opcode & 0x8) != 0;
}

static gboolean
is_known (guint opcode)
{
  return opcode <= DUO_WEBSOCKET_OPCODE_BINARY ||
         (opcode >= DUO_WEBSOCKET_OPCODE_CLOSE && opcode <= DUO_WEBSOCKET_OPCODE_PONG);
}

static guint64
read_number (const guint8 *data, gsize size)
{
  guint64 number = 0;

  for (gsize i = 0; i < size; i++)
    number = number << 8 | data[i];

  return number;
}

/**
 * duo_websocket_frame_parse:
 * @data: (array length=length): bytes that begin with a header
 * @length: how many there are
 * @frame: (out caller-allocates): the header, where it is complete
 *
 * Reads the header of a client's frame (RFC 6455 section 5.2): masked, without extensions, its
 * length in the shortest form, control frames short and in one piece.
 *
 * Returns: whether it is there
 */
DuoWebsocketParse
duo_websocket_frame_parse (const guint8 *data, gsize length, DuoWebsocketFrame *frame)
{
  gsize extended = 0;
  guint opcode;

  g_return_val_if_fail (data != NULL || length == 0, DUO_WEBSOCKET_PARSE_INVALID);
  g_return_val_if_fail (frame != NULL, DUO_WEBSOCKET_PARSE_INVALID);

  if (length < 2)
    return DUO_WEBSOCKET_PARSE_MORE;

  opcode = data[0] & 0x0f;
  if ((data[0] & RESERVED) || !is_known (opcode) || !(data[1] & MASKED))
    return DUO_WEBSOCKET_PARSE_INVALID;

  frame->opcode = (DuoWebsocketOpcode) opcode;
  frame->final = (data[0] & FINAL) != 0;
  frame->length = data[1] & ~MASKED;
  if (is_control (opcode) && (!frame->final || frame->length > DUO_WEBSOCKET_CONTROL_MAX))
    return DUO_WEBSOCKET_PARSE_INVALID;

  if (frame->length == LENGTH_16)
    extended = 2;
  else if (frame->length == LENGTH_64)
    extended = 8;

  frame->header_length = 2 + extended + sizeof frame->mask;
  if (length < frame->header_length)
    return DUO_WEBSOCKET_PARSE_MORE;

  if (extended > 0)
    frame->length = read_number (data + 2, extended);
  if ((extended == 2 && frame->length < LENGTH_16) ||
      (extended == 8 && (frame->length <= G_MAXUINT16 || frame->length > G_MAXINT64)))
    return DUO_WEBSOCKET_PARSE_INVALID;

  memcpy (frame->mask, data + 2 + extended, sizeof frame->mask);

  return DUO_WEBSOCKET_PARSE_DONE;
}

/**
 * duo_websocket_frame_write_header:
 * @header: where to write it
 * @opcode: what the frame is
 * @length: the length of its payload in bytes
 *
 * Writes the header of a server's frame: in one piece, not masked.
 *
 * Returns: the length of the header
 */
gsize
duo_websocket_frame_write_header (guint8 header[DUO_WEBSOCKET_HEADER_MAX],
                                  DuoWebsocketOpcode opcode,
                                  gsize length)
{
  gsize extended = 0;

  header[0] = (guint8) (FINAL | opcode);
  if (length < LENGTH_16) {
    header[1] = (guint8) length;
  } else if (length <= G_MAXUINT16) {
    header[1] = LENGTH_16;
    extended = 2;
  } else {
    header[1] = LENGTH_64;
    extended = 8;
  }

  for (gsize i = 0; i < extended; i++)
    header[2 + i] = (guint8) ((guint64) length >> (8 * (extended - 1 - i)));

  return 2 + extended;
}

/**
 * duo_websocket_frame_unmask:
 * @data: (array length=length): a part of a payload
 * @length: its length in bytes
 * @mask: the frame's key
 * @offset: where in the payload the part begins
 *
 * Takes the mask off, in place.
 */
void
duo_websocket_frame_unmask (guint8 *data, gsize length, const guint8 mask[4], guint64 offset)
{
  guint8 turned[4];

  for (guint i = 0; i < 4; i++)
    turned[i] = mask[(offset + i) & 3];
  for (gsize i = 0; i < length; i++)
    data[i] ^= turned[i & 3];
}
