/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-description.h"
#include "duo-peer-pipeline.h"

G_BEGIN_DECLS

#define DUO_TYPE_NEGOTIATION (duo_negotiation_get_type ())
G_DECLARE_FINAL_TYPE (DuoNegotiation, duo_negotiation, DUO, NEGOTIATION, GObject)

DuoNegotiation *duo_negotiation_new (DuoPeerPipeline *pipeline,
                                     GstElement *audio_encoder,
                                     GstElement *video_encoder,
                                     gboolean open_room);
void duo_negotiation_create_offer (DuoNegotiation *self, GTask *task);
void duo_negotiation_accept_offer (DuoNegotiation *self, const char *sdp, GTask *task);
void duo_negotiation_accept_answer (DuoNegotiation *self, const char *sdp, GTask *task);
gboolean
duo_negotiation_add_candidate (DuoNegotiation *self, const char *candidate, GError **error);
const DuoDescription *duo_negotiation_get_local (DuoNegotiation *self);
const DuoDescription *duo_negotiation_get_remote (DuoNegotiation *self);
void duo_negotiation_abort (DuoNegotiation *self, const GError *error);

G_END_DECLS
