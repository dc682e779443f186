/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoEpoch:
 * @current: the epoch of the newest peer connection of ours, 0 before the first
 * @heard: the highest epoch that the other has told of
 * @started_at: when @current began, or when there came to be another peer, monotonic µs
 * @asked_at: when the offerer was last asked for a restart, monotonic µs; 0 if never
 * @due: whether the next epoch is to start as soon as it may
 * @window_start: when the counting of followed epochs began, monotonic µs
 * @followed: how many epochs of the other were followed since
 * @up: whether the current one's connection was up when last asked
 *
 * Numbers the peer connections to one remote peer, from 1. A new epoch is a new connection on both
 * sides, never an ICE restart.
 */
typedef struct {
  guint64 current;
  guint64 heard;
  gint64 started_at;
  gint64 asked_at;
  gint64 window_start;
  guint followed;
  gboolean due;
  gboolean up;
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

/**
 * DuoEpochLink:
 * @DUO_EPOCH_LINK_NONE: there is no connection, or it has failed
 * @DUO_EPOCH_LINK_CONNECTING: one is on its way
 * @DUO_EPOCH_LINK_UP: one is up
 * @DUO_EPOCH_LINK_SILENT: one was up and has been silent for too long
 *
 * What has become of the current epoch's connection.
 */
typedef enum {
  DUO_EPOCH_LINK_NONE,
  DUO_EPOCH_LINK_CONNECTING,
  DUO_EPOCH_LINK_UP,
  DUO_EPOCH_LINK_SILENT,
} DuoEpochLink;

/* At most one restart in this time, in µs. */
#define DUO_EPOCH_RESTART_INTERVAL (2 * G_USEC_PER_SEC)
/* A connection that is not up by then is given up for the next one, in µs. */
#define DUO_EPOCH_ATTEMPT (8 * G_USEC_PER_SEC)

void duo_epoch_reset (DuoEpoch *self, gint64 now);
void duo_epoch_renew (DuoEpoch *self, gint64 now);
void duo_epoch_hear (DuoEpoch *self, guint64 epoch);
DuoEpochVerdict duo_epoch_judge (const DuoEpoch *self, guint64 epoch);
gboolean duo_epoch_may_start (const DuoEpoch *self, gint64 now);
guint64 duo_epoch_start (DuoEpoch *self, gint64 now);
void duo_epoch_move (DuoEpoch *self, guint64 epoch, gint64 now);
gboolean duo_epoch_follow (DuoEpoch *self, guint64 epoch, gint64 now);
void duo_epoch_want (DuoEpoch *self, DuoEpochLink link);
gboolean duo_epoch_is_over (DuoEpoch *self, DuoEpochLink link, gint64 now);
guint64 duo_epoch_ask (DuoEpoch *self, gint64 now);

G_END_DECLS
