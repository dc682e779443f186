/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-call-channel.h"
#include "duo-liveness.h"
#include "duo-peer-connection.h"
#include "duo-peer-stats.h"

G_BEGIN_DECLS

#define DUO_TYPE_CALL_MONITOR (duo_call_monitor_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallMonitor, duo_call_monitor, DUO, CALL_MONITOR, GObject)

DuoCallMonitor *duo_call_monitor_new (DuoPeerConnection *connection, DuoCallChannel *channel);

void duo_call_monitor_stop (DuoCallMonitor *self);
void duo_call_monitor_set_signaling (DuoCallMonitor *self, gboolean connected);

DuoLivenessLevel duo_call_monitor_get_level (DuoCallMonitor *self);
DuoCallTrouble duo_call_monitor_get_trouble (DuoCallMonitor *self);
gint64 duo_call_monitor_get_last_sign (DuoCallMonitor *self);
guint duo_call_monitor_get_quality (DuoCallMonitor *self);
DuoPeerStats *duo_call_monitor_dup_stats (DuoCallMonitor *self);

G_END_DECLS
