/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-device.h"

G_BEGIN_DECLS

GstElement *duo_camera_source_new_test (GError **error);
GstElement *duo_camera_source_new_black (GError **error);
GstElement *duo_camera_source_new_for_device (DuoDevice *device, GError **error);

G_END_DECLS
