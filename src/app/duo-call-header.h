/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_HEADER (duo_call_header_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallHeader, duo_call_header, DUO, CALL_HEADER, AdwBin)

void duo_call_header_set_call (DuoCallHeader *self, DuoCall *call);
void duo_call_header_show_safety (DuoCallHeader *self);
gboolean duo_call_header_has_popover (DuoCallHeader *self);

G_END_DECLS
