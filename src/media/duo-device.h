/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "duo-media-types.h"

G_BEGIN_DECLS

#define DUO_TYPE_DEVICE (duo_device_get_type ())
G_DECLARE_FINAL_TYPE (DuoDevice, duo_device, DUO, DEVICE, GObject)

DuoDevice *
duo_device_new (DuoDeviceKind kind, const char *id, const char *label, GstDevice *source);
DuoDeviceKind duo_device_get_kind (DuoDevice *self);
const char *duo_device_get_id (DuoDevice *self);
const char *duo_device_get_label (DuoDevice *self);
GstDevice *duo_device_get_source (DuoDevice *self);

G_END_DECLS
