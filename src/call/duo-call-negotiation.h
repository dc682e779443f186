/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-peer-connection.h"
#include "duo-peer-message.h"
#include "duo-verification.h"

G_BEGIN_DECLS

#define DUO_TYPE_CALL_NEGOTIATION (duo_call_negotiation_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallNegotiation, duo_call_negotiation, DUO, CALL_NEGOTIATION, GObject)

DuoCallNegotiation *duo_call_negotiation_new (DuoPeerConnection *connection,
                                              guint64 epoch,
                                              gboolean offerer,
                                              GBytes *resume_key,
                                              GError **error);

void duo_call_negotiation_offer (DuoCallNegotiation *self);
void duo_call_negotiation_answer (DuoCallNegotiation *self, const DuoPeerMessage *offer);
void duo_call_negotiation_receive (DuoCallNegotiation *self, const DuoPeerMessage *message);
void duo_call_negotiation_stop (DuoCallNegotiation *self);

gboolean duo_call_negotiation_is_offerer (DuoCallNegotiation *self);
gboolean duo_call_negotiation_is_resumed (DuoCallNegotiation *self);
DuoVerification *duo_call_negotiation_get_verification (DuoCallNegotiation *self);

G_END_DECLS
