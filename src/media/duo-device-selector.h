/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-device.h"

G_BEGIN_DECLS

#define DUO_TYPE_DEVICE_SELECTOR (duo_device_selector_get_type ())
G_DECLARE_FINAL_TYPE (DuoDeviceSelector, duo_device_selector, DUO, DEVICE_SELECTOR, GObject)

DuoDeviceSelector *duo_device_selector_new (GListModel *devices);
gboolean duo_device_selector_set_wanted (DuoDeviceSelector *self, const char *id);
const char *duo_device_selector_get_wanted (DuoDeviceSelector *self);
DuoDevice *duo_device_selector_get_current (DuoDeviceSelector *self);
void duo_device_selector_mark_failed (DuoDeviceSelector *self, DuoDevice *device);

G_END_DECLS
