/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_BACKOFF_LIMIT:
 *
 * No delay is ever longer than this, in milliseconds.
 */
#define DUO_BACKOFF_LIMIT 10000

/**
 * DuoBackoff:
 * @attempts: delays given since the last reset
 *
 * How long to wait before the next attempt to connect: growing, so that a server that is down is
 * not hammered, and jittered, so that its clients do not all come back in the same moment. A plain
 * value that starts zeroed.
 */
typedef struct {
  guint attempts;
} DuoBackoff;

guint duo_backoff_next (DuoBackoff *self, double random);
void duo_backoff_reset (DuoBackoff *self);

G_END_DECLS
