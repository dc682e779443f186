/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rate-limit.h"

/**
 * duo_rate_limit_init:
 * @self: the limit
 * @rate: units per second
 * @burst: units that may be used at once
 * @now: the present monotonic time in microseconds
 *
 * Starts with the whole burst available.
 */
void
duo_rate_limit_init (DuoRateLimit *self, double rate, double burst, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->rate = rate;
  self->burst = burst;
  self->level = burst;
  self->updated = now;
}

/**
 * duo_rate_limit_take:
 * @self: the limit
 * @amount: units to use
 * @now: the present monotonic time in microseconds
 *
 * Uses @amount if it is there. If not, nothing is used.
 *
 * Returns: whether it was there
 */
gboolean
duo_rate_limit_take (DuoRateLimit *self, double amount, gint64 now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (now > self->updated) {
    double gained = self->rate * (double) (now - self->updated) / G_USEC_PER_SEC;

    self->level = MIN (self->burst, self->level + gained);
    self->updated = now;
  }

  if (amount > self->level)
    return FALSE;

  self->level -= amount;

  return TRUE;
}
