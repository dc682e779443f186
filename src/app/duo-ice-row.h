/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-ice-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_ICE_ROW (duo_ice_row_get_type ())
G_DECLARE_FINAL_TYPE (DuoIceRow, duo_ice_row, DUO, ICE_ROW, AdwExpanderRow)

GtkWidget *duo_ice_row_new (const DuoIceEntry *entry);
DuoIceEntry *duo_ice_row_dup_entry (DuoIceRow *self);
void duo_ice_row_edit (DuoIceRow *self);

G_END_DECLS
