/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_LEVEL_METER (duo_level_meter_get_type ())
G_DECLARE_FINAL_TYPE (DuoLevelMeter, duo_level_meter, DUO, LEVEL_METER, GtkWidget)

GtkWidget *duo_level_meter_new (void);
void duo_level_meter_set_level (DuoLevelMeter *self, double level);
double duo_level_meter_get_level (DuoLevelMeter *self);

G_END_DECLS
