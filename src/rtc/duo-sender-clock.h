/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void duo_sender_clock_install (GstElement *rtpsession);

G_END_DECLS
