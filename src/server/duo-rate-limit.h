/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoRateLimit:
 * @rate: what flows back, in units per second
 * @burst: how much may be used at once, in units
 * @level: what is left, in units
 * @updated: when @level was right, in microseconds
 *
 * A token bucket: so much per second, with a reserve for bursts. A plain value on the stack or
 * inside another; it has no clock, the time is handed in.
 */
typedef struct {
  double rate;
  double burst;
  double level;
  gint64 updated;
} DuoRateLimit;

void duo_rate_limit_init (DuoRateLimit *self, double rate, double burst, gint64 now);
gboolean duo_rate_limit_take (DuoRateLimit *self, double amount, gint64 now);

G_END_DECLS
