/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-call-monitor.h"
#include "duo-call-negotiation.h"
#include "duo-channel-message.h"
#include "duo-epoch.h"
#include "duo-peer-factory.h"
#include "duo-peer-message.h"

G_BEGIN_DECLS

/**
 * DuoCallLegConfig:
 * @epoch: its number
 * @offerer: whether it is on us to offer
 * @open_room: whether descriptions may lack sections
 * @resume_key: (nullable): what an earlier epoch's two ends share
 *
 * What an epoch begins with.
 */
typedef struct {
  guint64 epoch;
  gboolean offerer;
  gboolean open_room;
  GBytes *resume_key;
} DuoCallLegConfig;

#define DUO_TYPE_CALL_LEG (duo_call_leg_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallLeg, duo_call_leg, DUO, CALL_LEG, GObject)

DuoCallLeg *
duo_call_leg_new (DuoPeerFactory *factory, const DuoCallLegConfig *config, GError **error);

void duo_call_leg_offer (DuoCallLeg *self);
void duo_call_leg_answer (DuoCallLeg *self, const DuoPeerMessage *offer);
void duo_call_leg_receive (DuoCallLeg *self, const DuoPeerMessage *message);

void duo_call_leg_set_signaling (DuoCallLeg *self, gboolean connected);
gboolean duo_call_leg_get_emoji (DuoCallLeg *self, GBytes *seal_key, guint indices[4]);

DuoCallNegotiation *duo_call_leg_get_negotiation (DuoCallLeg *self);
DuoCallChannel *duo_call_leg_get_channel (DuoCallLeg *self);
DuoCallMonitor *duo_call_leg_get_monitor (DuoCallLeg *self);

DuoEpochLink duo_call_leg_get_link (DuoCallLeg *self);

void duo_call_leg_close (DuoCallLeg *self, gboolean linger);

G_END_DECLS
