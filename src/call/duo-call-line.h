/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-call-leg.h"
#include "duo-pairing.h"
#include "duo-peer-factory.h"
#include "duo-peer-message.h"
#include "duo-peer-stats.h"
#include "duo-remote-state.h"

G_BEGIN_DECLS

#define DUO_TYPE_CALL_LINE (duo_call_line_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallLine, duo_call_line, DUO, CALL_LINE, GObject)

DuoCallLine *duo_call_line_new (DuoPeerFactory *factory, GBytes *seal_key, DuoRemoteState *state);

void duo_call_line_set_signaling (DuoCallLine *self, gboolean connected);
void duo_call_line_set_local (DuoCallLine *self,
                              gboolean microphone,
                              gboolean camera,
                              const char *display_name);

void duo_call_line_offer (DuoCallLine *self, guint64 epoch);
void duo_call_line_answer (DuoCallLine *self, const DuoPeerMessage *offer);
void duo_call_line_receive (DuoCallLine *self, const DuoPeerMessage *message);
void duo_call_line_reset (DuoCallLine *self);
void duo_call_line_hang_up (DuoCallLine *self, const DuoByeReason *bye);

DuoEpochLink duo_call_line_get_link (DuoCallLine *self);
DuoPairingMedia duo_call_line_get_media (DuoCallLine *self);
gint64 duo_call_line_get_last_sign (DuoCallLine *self);
DuoPeerStats *duo_call_line_dup_stats (DuoCallLine *self);

G_END_DECLS
