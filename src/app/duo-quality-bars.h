/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_QUALITY_BARS (duo_quality_bars_get_type ())
G_DECLARE_FINAL_TYPE (DuoQualityBars, duo_quality_bars, DUO, QUALITY_BARS, GtkWidget)

void duo_quality_bars_set_quality (DuoQualityBars *self, guint quality);

G_END_DECLS
