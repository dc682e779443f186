/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_CHIME_LENGTH:
 *
 * How long the chime is, in samples at 48 kHz.
 */
#define DUO_CHIME_LENGTH 48000

void duo_chime_mix (guint position, gint16 *samples, guint n_samples);

G_END_DECLS
