/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoWebsocketOpcode:
 *
 * What a frame is (RFC 6455 section 5.2).
 */
typedef enum {
  DUO_WEBSOCKET_OPCODE_CONTINUATION = 0x0,
  DUO_WEBSOCKET_OPCODE_TEXT = 0x1,
  DUO_WEBSOCKET_OPCODE_BINARY = 0x2,
  DUO_WEBSOCKET_OPCODE_CLOSE = 0x8,
  DUO_WEBSOCKET_OPCODE_PING = 0x9,
  DUO_WEBSOCKET_OPCODE_PONG = 0xa,
} DuoWebsocketOpcode;

#define DUO_WEBSOCKET_CONTROL_MAX 125
#define DUO_WEBSOCKET_HEADER_MAX 14

/**
 * DuoWebsocketFrame:
 * @opcode: what it is
 * @final: whether the message ends with it
 * @mask: the key its payload is masked with
 * @length: the payload's length in bytes
 * @header_length: the header's length in bytes
 *
 * The header of a frame from a client.
 */
typedef struct {
  DuoWebsocketOpcode opcode;
  gboolean final;
  guint8 mask[4];
  guint64 length;
  gsize header_length;
} DuoWebsocketFrame;

/**
 * DuoWebsocketParse:
 * @DUO_WEBSOCKET_PARSE_DONE: the header is there
 * @DUO_WEBSOCKET_PARSE_MORE: more bytes are needed
 * @DUO_WEBSOCKET_PARSE_INVALID: no client may send that
 */
typedef enum {
  DUO_WEBSOCKET_PARSE_DONE,
  DUO_WEBSOCKET_PARSE_MORE,
  DUO_WEBSOCKET_PARSE_INVALID,
} DuoWebsocketParse;

DuoWebsocketParse
duo_websocket_frame_parse (const guint8 *data, gsize length, DuoWebsocketFrame *frame);
gsize duo_websocket_frame_write_header (guint8 header[DUO_WEBSOCKET_HEADER_MAX],
                                        DuoWebsocketOpcode opcode,
                                        gsize length);
void duo_websocket_frame_unmask (guint8 *data, gsize length, const guint8 mask[4], guint64 offset);

G_END_DECLS
