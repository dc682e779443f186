/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-device-selector.h"
#include "duo-playback.h"

G_BEGIN_DECLS

#define DUO_TYPE_SPEAKER (duo_speaker_get_type ())
G_DECLARE_FINAL_TYPE (DuoSpeaker, duo_speaker, DUO, SPEAKER, GObject)

DuoSpeaker *duo_speaker_new (DuoDeviceSelector *selector);
void duo_speaker_open (DuoSpeaker *self);
void duo_speaker_close_async (DuoSpeaker *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean duo_speaker_close_finish (DuoSpeaker *self, GAsyncResult *result, GError **error);
DuoPlayback *duo_speaker_get_playback (DuoSpeaker *self);
DuoMediaProblem duo_speaker_get_problem (DuoSpeaker *self);
DuoDevice *duo_speaker_get_active (DuoSpeaker *self);
const char *duo_speaker_get_echo_probe (DuoSpeaker *self);

G_END_DECLS
