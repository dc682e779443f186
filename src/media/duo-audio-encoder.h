/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>

G_BEGIN_DECLS

#define DUO_TYPE_AUDIO_ENCODER (duo_audio_encoder_get_type ())
G_DECLARE_FINAL_TYPE (DuoAudioEncoder, duo_audio_encoder, DUO, AUDIO_ENCODER, GstBin)

DuoAudioEncoder *duo_audio_encoder_new (GError **error);
GstAppSrc *duo_audio_encoder_get_source (DuoAudioEncoder *self);
void duo_audio_encoder_set_packet_loss (DuoAudioEncoder *self, guint percent);

G_END_DECLS
