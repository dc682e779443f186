/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void duo_keyframe_guard_install (GstElement *depayloader);

G_END_DECLS
