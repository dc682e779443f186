/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room-connection.h"
#include "duo-server-config.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define DUO_TYPE_HTTP_GATE (duo_http_gate_get_type ())
G_DECLARE_FINAL_TYPE (DuoHttpGate, duo_http_gate, DUO, HTTP_GATE, GObject)

DuoHttpGate *duo_http_gate_new (SoupServer *http,
                                const DuoServerConfig *config,
                                GTlsCertificate *certificate,
                                DuoServerCounters *counters);
void duo_http_gate_accept (DuoHttpGate *self, GSocketConnection *connection);
gboolean duo_http_gate_take (DuoHttpGate *self, SoupServerMessage *message, DuoUpgrade *upgrade);

G_END_DECLS
