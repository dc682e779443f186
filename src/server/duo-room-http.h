/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-access.h"
#include "duo-room-registry.h"
#include "duo-server-config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_HTTP (duo_room_http_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomHttp, duo_room_http, DUO, ROOM_HTTP, GObject)

DuoRoomHttp *duo_room_http_new (const DuoServerConfig *config,
                                GTlsCertificate *certificate,
                                DuoRoomRegistry *registry,
                                const DuoAccess *access);
void duo_room_http_accept (DuoRoomHttp *self, GSocketConnection *connection);
void duo_room_http_stop (DuoRoomHttp *self);

G_END_DECLS
