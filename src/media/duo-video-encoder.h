/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>

G_BEGIN_DECLS

#define DUO_TYPE_VIDEO_ENCODER (duo_video_encoder_get_type ())
G_DECLARE_FINAL_TYPE (DuoVideoEncoder, duo_video_encoder, DUO, VIDEO_ENCODER, GstBin)

DuoVideoEncoder *duo_video_encoder_new (GError **error);
GstAppSrc *duo_video_encoder_get_source (DuoVideoEncoder *self);
void duo_video_encoder_set_bitrate (DuoVideoEncoder *self, guint bits_per_second);
guint64 duo_video_encoder_get_frames (DuoVideoEncoder *self);

G_END_DECLS
