/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-stats.h"

G_DEFINE_BOXED_TYPE (DuoPeerStats, duo_peer_stats, duo_peer_stats_copy, duo_peer_stats_free)

/**
 * duo_peer_stats_new:
 *
 * Returns: (transfer full): statistics with nothing known
 */
DuoPeerStats *
duo_peer_stats_new (void)
{
  DuoPeerStats *self = g_new0 (DuoPeerStats, 1);

  self->round_trip_ms = -1;
  self->last_packet_age_ms = -1;

  return self;
}

DuoPeerStats *
duo_peer_stats_copy (const DuoPeerStats *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
duo_peer_stats_free (DuoPeerStats *self)
{
  g_free (self);
}
