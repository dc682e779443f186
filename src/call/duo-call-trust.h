/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-leg.h"
#include "duo-remote-state.h"

G_BEGIN_DECLS

/**
 * DuoCallTrust:
 *
 * What is known of the other's identity, over all epochs: the safety emoji and the key that proves
 * later epochs.
 */
typedef struct _DuoCallTrust DuoCallTrust;

DuoCallTrust *duo_call_trust_new (GBytes *seal_key, DuoRemoteState *state);
void duo_call_trust_free (DuoCallTrust *self);

GBytes *duo_call_trust_get_resume_key (DuoCallTrust *self);
void duo_call_trust_reset (DuoCallTrust *self);
void duo_call_trust_update (DuoCallTrust *self, DuoCallLeg *leg);
void duo_call_trust_share_key (DuoCallTrust *self, DuoCallLeg *leg);
void duo_call_trust_take_key (DuoCallTrust *self, DuoCallLeg *leg, GBytes *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoCallTrust, duo_call_trust_free)

G_END_DECLS
