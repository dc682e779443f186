/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GstCaps *duo_camera_format_choose (GstCaps *offered);
gboolean duo_camera_format_is_compressed (GstCaps *format);

G_END_DECLS
