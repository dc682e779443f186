/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define DUO_TYPE_ROOM_SOCKET (duo_room_socket_get_type ())
G_DECLARE_FINAL_TYPE (DuoRoomSocket, duo_room_socket, DUO, ROOM_SOCKET, GObject)

DuoRoomSocket *duo_room_socket_new (void);
void duo_room_socket_open (DuoRoomSocket *self,
                           SoupSession *session,
                           const char *uri,
                           guint ping_interval);
void duo_room_socket_send (DuoRoomSocket *self, const char *text);
void duo_room_socket_check (DuoRoomSocket *self);
void duo_room_socket_close (DuoRoomSocket *self);
void duo_room_socket_abandon (DuoRoomSocket *self);

G_END_DECLS
