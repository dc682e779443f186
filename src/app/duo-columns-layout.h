/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_COLUMNS_LAYOUT (duo_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (DuoColumnsLayout, duo_columns_layout, DUO, COLUMNS_LAYOUT, GtkLayoutManager)

GtkLayoutManager *duo_columns_layout_new (void);

G_END_DECLS
