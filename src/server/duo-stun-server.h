/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-server-counters.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoStunServer:
 *
 * Tells clients what their address looks like from here, over UDP, so that no third party has to.
 */
typedef struct _DuoStunServer DuoStunServer;

DuoStunServer *duo_stun_server_new (DuoServerCounters *counters);
void duo_stun_server_free (DuoStunServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoStunServer, duo_stun_server_free)
gboolean
duo_stun_server_listen (DuoStunServer *self, GInetAddress *address, guint16 port, GError **error);

G_END_DECLS
