/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-ice-offer.h"
#include "duo-server-config.h"
#include "duo-server-counters.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoServerIce:
 *
 * The STUN server of a room server, and all that it offers for finding a way between two clients.
 */
typedef struct _DuoServerIce DuoServerIce;

DuoServerIce *duo_server_ice_new (const DuoServerConfig *config,
                                  DuoServerCounters *counters,
                                  GPtrArray *addresses,
                                  guint16 port,
                                  GError **error);
void duo_server_ice_free (DuoServerIce *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoServerIce, duo_server_ice_free)
const DuoIceOffer *duo_server_ice_get_offer (DuoServerIce *self);

G_END_DECLS
