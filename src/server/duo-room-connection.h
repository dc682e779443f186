/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-poller.h"
#include "duo-room-close-code.h"
#include "duo-server-counters.h"
#include "duo-server-limits.h"
#include "duo-server-message.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoRoomConnection:
 *
 * One client's WebSocket at the server: keeps the limits, judges what comes in, answers pings, and
 * notices when nobody is there any more. It knows nothing of rooms but the name of its own.
 */
typedef struct _DuoRoomConnection DuoRoomConnection;

/**
 * DuoUpgrade:
 * @stream: (owned): the connection
 * @socket: (owned): the socket below it
 * @early: (owned) (nullable): what came in behind the handshake
 * @client: (owned): whose connection it is, as duo_client_address_name()
 * @host: (owned) (nullable): its Host header
 *
 * A connection that HTTP has handed over.
 */
typedef struct {
  GIOStream *stream;
  GSocket *socket;
  GBytes *early;
  char *client;
  char *host;
} DuoUpgrade;

/**
 * DuoRoomConnectionHost:
 * @limits: what a client may do
 * @counters: what is counted
 * @poller: what tells when there is something to do
 * @message: the client sent something to be relayed, to one or (%NULL) to all others
 * @gone: the client takes no part any more; called once, and before @closed
 * @closed: the socket is closed; called once, the connection is to be freed
 * @owner: handed to the three
 *
 * What all connections of a server share.
 */
typedef struct {
  DuoServerLimits limits;
  DuoServerCounters counters;
  DuoPoller *poller;
  void (*message) (DuoRoomConnection *connection,
                   const char *to,
                   const guint8 *text,
                   gsize length,
                   gpointer owner);
  void (*gone) (DuoRoomConnection *connection, gboolean for_good, gpointer owner);
  void (*closed) (DuoRoomConnection *connection, gpointer owner);
  gpointer owner;
} DuoRoomConnectionHost;

void duo_upgrade_clear (DuoUpgrade *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DuoUpgrade, duo_upgrade_clear)

DuoRoomConnection *duo_room_connection_new (const DuoUpgrade *upgrade,
                                            const char *room,
                                            const char *peer_id,
                                            DuoRoomConnectionHost *host);
void duo_room_connection_start (DuoRoomConnection *self, GBytes *early);
void duo_room_connection_free (DuoRoomConnection *self);
const char *duo_room_connection_get_room (DuoRoomConnection *self);
const char *duo_room_connection_get_peer_id (DuoRoomConnection *self);
const char *duo_room_connection_get_client (DuoRoomConnection *self);
void duo_room_connection_send (DuoRoomConnection *self, const guint8 *text, gsize length);
void duo_room_connection_send_message (DuoRoomConnection *self, const DuoServerMessage *message);
void duo_room_connection_check_pings (DuoRoomConnection *self, gint64 now);
void duo_room_connection_close (DuoRoomConnection *self, DuoRoomCloseCode code);

G_END_DECLS
