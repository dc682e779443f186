/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-device.h"

#include <gio/gio.h>

G_BEGIN_DECLS

const char *duo_device_choice_get_key (DuoDeviceKind kind);
char *duo_device_choice_find (GSettings *settings, DuoDeviceKind kind, GListModel *devices);
gboolean duo_device_choice_is_there (GListModel *devices, const char *id);
void duo_device_choice_remember (GSettings *settings, DuoDevice *device);

G_END_DECLS
