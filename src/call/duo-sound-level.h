/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * DuoSoundLevel:
 *
 * Measures how loud the sound is that goes into a sink, S16LE of one channel. May be read from any
 * thread.
 */
typedef struct _DuoSoundLevel DuoSoundLevel;

DuoSoundLevel *duo_sound_level_new (void);
void duo_sound_level_unref (DuoSoundLevel *self);

void duo_sound_level_watch (DuoSoundLevel *self, GstElement *sink);
double duo_sound_level_get (DuoSoundLevel *self);

double duo_sound_level_of (const gint16 *samples, gsize count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoSoundLevel, duo_sound_level_unref)

G_END_DECLS
