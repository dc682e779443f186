/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-device.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_DEVICE_ROW (duo_device_row_get_type ())
G_DECLARE_FINAL_TYPE (DuoDeviceRow, duo_device_row, DUO, DEVICE_ROW, AdwComboRow)

void duo_device_row_set_devices (DuoDeviceRow *self, GListModel *devices);
void duo_device_row_set_active (DuoDeviceRow *self, DuoDevice *device);
void duo_device_row_set_active_id (DuoDeviceRow *self, const char *id);

G_END_DECLS
