/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-close-policy.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define DUO_TYPE_STEADY_SOCKET (duo_steady_socket_get_type ())
G_DECLARE_FINAL_TYPE (DuoSteadySocket, duo_steady_socket, DUO, STEADY_SOCKET, GObject)

DuoSteadySocket *duo_steady_socket_new (const char *uri);
void duo_steady_socket_set_ping_interval (DuoSteadySocket *self, guint milliseconds);
void duo_steady_socket_set_full_timeout (DuoSteadySocket *self, guint milliseconds);
DuoRoomObstacle duo_steady_socket_get_obstacle (DuoSteadySocket *self);
gboolean duo_steady_socket_is_open (DuoSteadySocket *self);
void duo_steady_socket_set_token (DuoSteadySocket *self, const char *token);
void duo_steady_socket_start (DuoSteadySocket *self);
void duo_steady_socket_send (DuoSteadySocket *self, const char *text);
void duo_steady_socket_note_welcome (DuoSteadySocket *self);
void duo_steady_socket_close (DuoSteadySocket *self);
void duo_steady_socket_stop (DuoSteadySocket *self);

G_END_DECLS
