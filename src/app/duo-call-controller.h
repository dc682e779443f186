/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-request.h"
#include "duo-call.h"
#include "duo-device-monitor.h"
#include "duo-media-graph.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_CONTROLLER (duo_call_controller_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallController, duo_call_controller, DUO, CALL_CONTROLLER, GObject)

DuoCallController *duo_call_controller_new (const DuoCallRequest *request,
                                            DuoDeviceMonitor *monitor,
                                            GSettings *settings);
const DuoCallRequest *duo_call_controller_get_request (DuoCallController *self);
DuoMediaGraph *duo_call_controller_get_graph (DuoCallController *self);
DuoDeviceMonitor *duo_call_controller_get_monitor (DuoCallController *self);
GdkPaintable *duo_call_controller_get_own_picture (DuoCallController *self);
GdkPaintable *duo_call_controller_get_remote_picture (DuoCallController *self);
DuoCall *duo_call_controller_get_call (DuoCallController *self);
DuoCall *duo_call_controller_join (DuoCallController *self, const char *name);
void duo_call_controller_prefer (DuoCallController *self, DuoDevice *device);
void duo_call_controller_close (DuoCallController *self);

G_END_DECLS
