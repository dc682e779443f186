/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_SAFETY_POPOVER (duo_safety_popover_get_type ())
G_DECLARE_FINAL_TYPE (DuoSafetyPopover, duo_safety_popover, DUO, SAFETY_POPOVER, GtkPopover)

void duo_safety_popover_set_call (DuoSafetyPopover *self, DuoCall *call);

G_END_DECLS
