/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void duo_ice_setup (GstElement *webrtc,
                    const char *const *uris,
                    const char *const *addresses,
                    gboolean relay_only);

G_END_DECLS
