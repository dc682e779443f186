/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/video/gstvideosink.h>

#include "duo-frame-slot.h"

G_BEGIN_DECLS

#define DUO_TYPE_VIDEO_SINK (duo_video_sink_get_type ())
G_DECLARE_FINAL_TYPE (DuoVideoSink, duo_video_sink, DUO, VIDEO_SINK, GstVideoSink)

GstElement *duo_video_sink_new (DuoFrameSlot *slot, DuoRenderMode mode);

G_END_DECLS
