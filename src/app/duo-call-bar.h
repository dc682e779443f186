/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_BAR (duo_call_bar_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallBar, duo_call_bar, DUO, CALL_BAR, AdwBin)

void duo_call_bar_set_call (DuoCallBar *self, DuoCall *call);

G_END_DECLS
