/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>

G_BEGIN_DECLS

#define DUO_TYPE_PLAYBACK (duo_playback_get_type ())
G_DECLARE_FINAL_TYPE (DuoPlayback, duo_playback, DUO, PLAYBACK, GObject)

DuoPlayback *duo_playback_new (void);
void duo_playback_set_source (DuoPlayback *self, GstAppSink *source);
void duo_playback_set_target (DuoPlayback *self, GstAppSrc *target);
void duo_playback_set_tap (DuoPlayback *self, GstAppSrc *tap);
void duo_playback_play_chime (DuoPlayback *self);

G_END_DECLS
