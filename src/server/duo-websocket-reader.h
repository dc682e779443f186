/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-websocket-frame.h"

G_BEGIN_DECLS

#define DUO_WEBSOCKET_CLOSE_NONE 1005
#define DUO_WEBSOCKET_CLOSE_ABNORMAL 1006
#define DUO_WEBSOCKET_CLOSE_PROTOCOL 1002
#define DUO_WEBSOCKET_CLOSE_BAD_TEXT 1007
#define DUO_WEBSOCKET_CLOSE_TOO_LARGE 1009

/**
 * DuoWebsocketReader:
 *
 * Puts a client's messages together from the bytes that come in. A pure value: no socket. It holds
 * memory only while a message or a header is incomplete.
 */
typedef struct _DuoWebsocketReader DuoWebsocketReader;

/**
 * DuoWebsocketReaderFunc:
 * @opcode: what has come: TEXT, BINARY, PING, PONG or CLOSE
 * @data: the payload; for CLOSE without the code
 * @length: its length
 * @code: for CLOSE, the code
 * @user_data: what the caller gave
 *
 * Called for each whole message.
 *
 * Returns: whether to go on reading
 */
typedef gboolean (*DuoWebsocketReaderFunc) (
  DuoWebsocketOpcode opcode, const guint8 *data, gsize length, guint code, gpointer user_data);

DuoWebsocketReader *duo_websocket_reader_new (gsize max_message);
void duo_websocket_reader_free (DuoWebsocketReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoWebsocketReader, duo_websocket_reader_free)
guint duo_websocket_reader_feed (DuoWebsocketReader *self,
                                 guint8 *data,
                                 gsize length,
                                 DuoWebsocketReaderFunc func,
                                 gpointer user_data);

G_END_DECLS
