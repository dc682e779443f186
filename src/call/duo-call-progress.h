/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-call-state.h"
#include "duo-call-types.h"

G_BEGIN_DECLS

#define DUO_TYPE_CALL_PROGRESS (duo_call_progress_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallProgress, duo_call_progress, DUO, CALL_PROGRESS, GObject)

DuoCallProgress *duo_call_progress_new (void);

void duo_call_progress_handle (DuoCallProgress *self, DuoCallEvent event, gint64 now);
gboolean duo_call_progress_end (DuoCallProgress *self,
                                DuoCallEndReason reason,
                                const GError *error,
                                gint64 now);
gboolean duo_call_progress_judge (DuoCallProgress *self, gint64 last_sign, gint64 now);

DuoCallState duo_call_progress_get_state (DuoCallProgress *self);
DuoCallEndReason duo_call_progress_get_end_reason (DuoCallProgress *self);
const GError *duo_call_progress_get_error (DuoCallProgress *self);
gint64 duo_call_progress_get_duration (DuoCallProgress *self, gint64 now);

G_END_DECLS
