/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DUO_FADE_TIMER_DELAY:
 *
 * How long controls stay after the last sign of life, in milliseconds.
 */
#define DUO_FADE_TIMER_DELAY 3000

#define DUO_TYPE_FADE_TIMER (duo_fade_timer_get_type ())
G_DECLARE_FINAL_TYPE (DuoFadeTimer, duo_fade_timer, DUO, FADE_TIMER, GObject)

DuoFadeTimer *duo_fade_timer_new (guint delay);
void duo_fade_timer_poke (DuoFadeTimer *self);
void duo_fade_timer_set_held (DuoFadeTimer *self, gboolean held);
gboolean duo_fade_timer_get_shown (DuoFadeTimer *self);

G_END_DECLS
