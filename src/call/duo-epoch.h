/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoEpoch:
 * @current: the epoch of the newest peer connection of ours, 0 before the first
 * @heard: the highest epoch that the other has told of
 * @started_at: when @current began, monotonic µs; 0 before the first
 *
 * Numbers the peer connections to one remote peer, from 1. A new epoch is a new connection on both
 * sides, never an ICE restart.
 */
typedef struct {
  guint64 current;
  guint64 heard;
  gint64 started_at;
} DuoEpoch;

/**
 * DuoEpochVerdict:
 * @DUO_EPOCH_STALE: of a connection that is no more, or out of all bounds: drop
 * @DUO_EPOCH_SAME: of the connection there is
 * @DUO_EPOCH_NEWER: go there
 *
 * How a received epoch relates to one's own.
 */
typedef enum {
  DUO_EPOCH_STALE,
  DUO_EPOCH_SAME,
  DUO_EPOCH_NEWER,
} DuoEpochVerdict;

/* At most one restart in this time, in µs. */
#define DUO_EPOCH_RESTART_INTERVAL (2 * G_USEC_PER_SEC)

void duo_epoch_reset (DuoEpoch *self);
void duo_epoch_hear (DuoEpoch *self, guint64 epoch);
DuoEpochVerdict duo_epoch_judge (const DuoEpoch *self, guint64 epoch);
gboolean duo_epoch_may_start (const DuoEpoch *self, gint64 now);
guint64 duo_epoch_start (DuoEpoch *self, gint64 now);
void duo_epoch_move (DuoEpoch *self, guint64 epoch, gint64 now);

G_END_DECLS
