/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "duo-peer-counters.h"

G_BEGIN_DECLS

void duo_rtp_session_watch (GstElement *pipeline, DuoPeerCounters *counters, guint bitrate);
void duo_rtp_session_prepare (GstElement *webrtc);
void duo_rtp_session_tune (GstElement *webrtc);
GstStructure *duo_rtp_session_dup_stats (GstElement *webrtc);

G_END_DECLS
