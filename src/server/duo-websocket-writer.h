/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-websocket-frame.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoWebsocketWriter:
 * @output: (owned): where it goes
 * @queue: (owned): what the socket has not taken yet, of #GBytes
 * @unsent: how many bytes that is
 *
 * Sends frames and keeps what the socket does not take. A plain value inside another.
 */
typedef struct {
  GPollableOutputStream *output;
  GQueue queue;
  gsize unsent;
} DuoWebsocketWriter;

void duo_websocket_writer_init (DuoWebsocketWriter *self, GOutputStream *output);
void duo_websocket_writer_clear (DuoWebsocketWriter *self);
void duo_websocket_writer_send (DuoWebsocketWriter *self,
                                DuoWebsocketOpcode opcode,
                                const guint8 *data,
                                gsize length);
gboolean duo_websocket_writer_flush (DuoWebsocketWriter *self);

G_END_DECLS
