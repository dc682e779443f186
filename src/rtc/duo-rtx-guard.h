/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void duo_rtx_guard_install (GstElement *rtxsend, guint bitrate);

G_END_DECLS
