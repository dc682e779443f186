/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-request.h"
#include "duo-device-monitor.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_APPLICATION (duo_application_get_type ())
G_DECLARE_FINAL_TYPE (DuoApplication, duo_application, DUO, APPLICATION, AdwApplication)

DuoApplication *duo_application_new (void);
GSettings *duo_application_get_settings (DuoApplication *self);
DuoDeviceMonitor *duo_application_get_monitor (DuoApplication *self);
DuoCallRequest *duo_application_new_call (DuoApplication *self, const char *server, GError **error);

G_END_DECLS
