/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GstElement *duo_elements_make (const char *factory, const char *name, GError **error);
GstElement *duo_elements_make_appsrc (const char *name, GstClockTime max_time, GError **error);
GstElement *duo_elements_make_appsink (const char *name, GError **error);
GstElement *duo_elements_make_caps_filter (const char *name, GstCaps *caps);
gboolean duo_elements_add_chain (GstBin *bin, GstElement **chain, gsize length);
GstElement *duo_elements_make_source_bin (const char *name, GstElement **chain, gsize length);
void duo_elements_keep_buffers_alive (GstElement *source);
void duo_elements_add_ghost_pad (GstBin *bin, GstElement *child, const char *pad_name);
GstCaps *duo_elements_dup_voice_caps (void);

G_END_DECLS
