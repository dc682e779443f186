/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-device.h"

G_BEGIN_DECLS

#define DUO_TYPE_DEVICE_MONITOR (duo_device_monitor_get_type ())
G_DECLARE_FINAL_TYPE (DuoDeviceMonitor, duo_device_monitor, DUO, DEVICE_MONITOR, GObject)

DuoDeviceMonitor *duo_device_monitor_new (void);
void duo_device_monitor_start (DuoDeviceMonitor *self);
gboolean duo_device_monitor_is_ready (DuoDeviceMonitor *self);
GListModel *duo_device_monitor_get_devices (DuoDeviceMonitor *self, DuoDeviceKind kind);

G_END_DECLS
