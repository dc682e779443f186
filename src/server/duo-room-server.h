/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-server-config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_SERVER (duo_room_server_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomServer, duo_room_server, DUO, ROOM_SERVER, GObject)

DuoRoomServer *duo_room_server_new (void);
void duo_room_server_set_config (DuoRoomServer *self, DuoServerConfig *config);
DuoServerConfig *duo_room_server_get_config (DuoRoomServer *self);
gboolean
duo_room_server_listen (DuoRoomServer *self, gboolean loopback_only, guint16 port, GError **error);
gboolean duo_room_server_listen_address (DuoRoomServer *self,
                                         const char *address,
                                         guint16 port,
                                         GError **error);
gboolean
duo_room_server_listen_inherited (DuoRoomServer *self, int first, guint count, GError **error);
guint16 duo_room_server_get_port (DuoRoomServer *self);
guint duo_room_server_get_connections (DuoRoomServer *self);
void duo_room_server_stop (DuoRoomServer *self);

G_END_DECLS
