/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-backoff.h"

#define FIRST_DELAY 250
#define MAX_DOUBLINGS 6

/**
 * duo_backoff_next:
 * @self: the backoff
 * @random: a number from 0 to 1, as g_random_double() gives it
 *
 * Gives the next delay: half of a base that doubles from 250 ms at each attempt up to
 * %DUO_BACKOFF_LIMIT, plus a random part of the other half.
 *
 * Returns: the delay in milliseconds
 */
guint
duo_backoff_next (DuoBackoff *self, double random)
{
  guint base;

  g_return_val_if_fail (self != NULL, DUO_BACKOFF_LIMIT);

  base = MIN (FIRST_DELAY << MIN (self->attempts, MAX_DOUBLINGS), DUO_BACKOFF_LIMIT);
  if (self->attempts < G_MAXUINT)
    self->attempts++;

  return base / 2 + (guint) (CLAMP (random, 0.0, 1.0) * (base / 2));
}

/**
 * duo_backoff_reset:
 * @self: the backoff
 *
 * Starts again with short delays: a connection has held, or the network is a new one.
 */
void
duo_backoff_reset (DuoBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->attempts = 0;
}
