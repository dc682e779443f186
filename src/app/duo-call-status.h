/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_STATUS (duo_call_status_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallStatus, duo_call_status, DUO, CALL_STATUS, AdwBin)

void duo_call_status_set_call (DuoCallStatus *self, DuoCall *call);

G_END_DECLS
