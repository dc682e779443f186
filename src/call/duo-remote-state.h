/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-call-types.h"

G_BEGIN_DECLS

#define DUO_TYPE_REMOTE_STATE (duo_remote_state_get_type ())
G_DECLARE_FINAL_TYPE (DuoRemoteState, duo_remote_state, DUO, REMOTE_STATE, GObject)

DuoRemoteState *duo_remote_state_new (void);

void duo_remote_state_reset (DuoRemoteState *self);
void duo_remote_state_set_name (DuoRemoteState *self, const char *name);
void duo_remote_state_set_browser (DuoRemoteState *self, gboolean browser);
void duo_remote_state_set_devices (DuoRemoteState *self, gboolean microphone, gboolean camera);
void duo_remote_state_set_ringing (DuoRemoteState *self, gboolean ringing);
void duo_remote_state_set_connection (DuoRemoteState *self, DuoCallTrouble trouble, guint quality);
void duo_remote_state_set_safety (DuoRemoteState *self, DuoCallSafety safety, const guint emoji[4]);

void duo_remote_state_set_verified (DuoRemoteState *self, gboolean verified);
DuoCallSafety duo_remote_state_get_safety (DuoRemoteState *self);
gboolean duo_remote_state_get_emoji (DuoRemoteState *self, guint indices[4]);

G_END_DECLS
