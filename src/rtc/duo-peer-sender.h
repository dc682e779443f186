/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "duo-description.h"

G_BEGIN_DECLS

GstPad *duo_peer_sender_add (GstElement *pipeline,
                             GstElement *webrtc,
                             const DuoSection *section,
                             guint mline,
                             GstElement *encoder,
                             GError **error);

G_END_DECLS
