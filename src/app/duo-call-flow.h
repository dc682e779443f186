/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-controller.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_FLOW (duo_call_flow_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallFlow, duo_call_flow, DUO, CALL_FLOW, GObject)

DuoCallFlow *
duo_call_flow_new (DuoCallController *controller, GSettings *settings, GtkWindow *window);
void duo_call_flow_start (DuoCallFlow *self);
void duo_call_flow_join (DuoCallFlow *self);
void duo_call_flow_hang_up (DuoCallFlow *self);
void duo_call_flow_play_chime (DuoCallFlow *self);
DuoCall *duo_call_flow_get_running_call (DuoCallFlow *self);
gboolean duo_call_flow_is_in_lobby (DuoCallFlow *self);
const DuoCallRequest *duo_call_flow_get_request (DuoCallFlow *self);
DuoCallRequest *duo_call_flow_dup_rejoin_request (DuoCallFlow *self);
void duo_call_flow_close (DuoCallFlow *self);

G_END_DECLS
