/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-types.h"

G_BEGIN_DECLS

/**
 * DuoLiveness:
 * @now: monotonic µs, as all times here
 * @connected_at: when the connection came up
 * @last_packet: when the last RTP or RTCP packet arrived, 0 if none did
 * @last_message: when the last data channel message arrived, 0 if none did
 * @signaling_connected: whether the room server can be reached
 * @network_available: whether this computer has a network at all
 * @without_channel: whether there is no data channel, as with plain web clients, and so no pings
 *
 * What is known about a connection's life. webrtcbin itself never reports a lost peer.
 */
typedef struct {
  gint64 now;
  gint64 connected_at;
  gint64 last_packet;
  gint64 last_message;
  gboolean signaling_connected;
  gboolean network_available;
  gboolean without_channel;
} DuoLiveness;

/**
 * DuoLivenessLevel:
 * @DUO_LIVENESS_OK: all is well
 * @DUO_LIVENESS_WARN: quiet for 2 s: say so
 * @DUO_LIVENESS_LOST: quiet for 4 s: reconnecting
 * @DUO_LIVENESS_REBUILD: quiet for 6 s: make a new connection
 *
 * How a connection is doing.
 */
typedef enum {
  DUO_LIVENESS_OK,
  DUO_LIVENESS_WARN,
  DUO_LIVENESS_LOST,
  DUO_LIVENESS_REBUILD,
} DuoLivenessLevel;

gint64 duo_liveness_last_sign (const DuoLiveness *self);
gint64 duo_liveness_silence (const DuoLiveness *self);
DuoLivenessLevel duo_liveness_judge (const DuoLiveness *self, DuoCallTrouble *trouble);
DuoCallTrouble duo_liveness_side (const DuoLiveness *self);

/**
 * DuoLossVerdict:
 * @DUO_LOSS_WAIT: keep trying
 * @DUO_LOSS_MAY_GIVE_UP: keep trying, and offer to leave
 * @DUO_LOSS_OVER: the call has ended
 *
 * What to do about a call that has been without a connection for some time.
 */
typedef enum {
  DUO_LOSS_WAIT,
  DUO_LOSS_MAY_GIVE_UP,
  DUO_LOSS_OVER,
} DuoLossVerdict;

DuoLossVerdict duo_loss_judge (gint64 lost_at, gint64 now);

guint duo_quality_score (gint64 silence_ms, double round_trip_ms, double loss_percent);

G_END_DECLS
