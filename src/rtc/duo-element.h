/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GstElement *duo_element_add (GstBin *bin, const char *factory, GError **error);
gboolean duo_element_ghost (GstElement *bin, GstElement *child, const char *name, GError **error);

G_END_DECLS
