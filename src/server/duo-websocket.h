/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-poller.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoWebsocket:
 *
 * The server's end of one WebSocket (RFC 6455) over a stream that has been upgraded already.
 */
typedef struct _DuoWebsocket DuoWebsocket;

/**
 * DuoWebsocketEvents:
 * @received: so many bytes came in, whatever they are; returns whether to look at them
 * @message: a whole message, valid during the call
 * @ping: the client asked whether the server is there; returns whether to answer
 * @pong: the client answered
 * @closing: the client closed with that code, 1006 where it just vanished; or broke the protocol,
 *   and the code is the one it is told. Called once, and not after duo_websocket_close()
 * @closed: the connection is gone; called once, and nothing after it
 *
 * What a WebSocket tells its owner.
 */
typedef struct {
  gboolean (*received) (gpointer owner, gsize bytes);
  void (*message) (gpointer owner, gboolean text, const guint8 *data, gsize length);
  gboolean (*ping) (gpointer owner);
  void (*pong) (gpointer owner);
  void (*closing) (gpointer owner, guint code);
  void (*closed) (gpointer owner);
} DuoWebsocketEvents;

DuoWebsocket *duo_websocket_new (GIOStream *stream,
                                 GSocket *socket,
                                 DuoPoller *poller,
                                 gsize max_message,
                                 const DuoWebsocketEvents *events,
                                 gpointer owner);
void duo_websocket_start (DuoWebsocket *self, GBytes *early);
void duo_websocket_free (DuoWebsocket *self);
gboolean duo_websocket_is_open (DuoWebsocket *self);
gsize duo_websocket_get_unsent (DuoWebsocket *self);
void duo_websocket_send (DuoWebsocket *self, const guint8 *text, gsize length);
void duo_websocket_ping (DuoWebsocket *self);
void duo_websocket_close (DuoWebsocket *self, guint code, const char *reason);

G_END_DECLS
