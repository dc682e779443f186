/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_NOTICES (duo_call_notices_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallNotices, duo_call_notices, DUO, CALL_NOTICES, AdwBin)

void duo_call_notices_set_call (DuoCallNotices *self, DuoCall *call);

G_END_DECLS
