/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-device-monitor.h"
#include "duo-device-selector.h"
#include "duo-input.h"
#include "duo-speaker.h"

G_BEGIN_DECLS

#define DUO_TYPE_MEDIA_PARTS (duo_media_parts_get_type ())
G_DECLARE_FINAL_TYPE (DuoMediaParts, duo_media_parts, DUO, MEDIA_PARTS, GObject)

DuoMediaParts *duo_media_parts_new (DuoDeviceMonitor *monitor, gboolean test_media);
void duo_media_parts_start (DuoMediaParts *self);
void
duo_media_parts_stop_async (DuoMediaParts *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean duo_media_parts_stop_finish (DuoMediaParts *self, GAsyncResult *result, GError **error);
void duo_media_parts_set_camera_enabled (DuoMediaParts *self, gboolean enabled);
void duo_media_parts_set_microphone_enabled (DuoMediaParts *self, gboolean enabled);
void duo_media_parts_set_noise_suppression (DuoMediaParts *self, gboolean noise_suppression);
DuoDeviceSelector *duo_media_parts_get_selector (DuoMediaParts *self, DuoDeviceKind kind);
DuoInput *duo_media_parts_get_camera (DuoMediaParts *self);
DuoInput *duo_media_parts_get_microphone (DuoMediaParts *self);
DuoSpeaker *duo_media_parts_get_speaker (DuoMediaParts *self);

G_END_DECLS
