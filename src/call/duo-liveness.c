/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-liveness.h"

#define WARN_AFTER (2 * G_USEC_PER_SEC)
#define LOST_AFTER (4 * G_USEC_PER_SEC)
#define REBUILD_AFTER (6 * G_USEC_PER_SEC)

/* Without pings there is only RTP, and RTCP alone where the other sends neither sound nor picture:
 * up to 7.5 s apart (RFC 3550, sections 6.2 and 6.3.1). */
#define PATIENCE_WITHOUT_CHANNEL (6 * G_USEC_PER_SEC)

/* On the screen by the tenth second, whatever part of a tick has to pass before anybody looks. */
#define GIVE_UP_AFTER (9 * G_USEC_PER_SEC)
#define OVER_AFTER (60 * G_USEC_PER_SEC)

/* Worse than any of a row's limits is worse than the row's score. The round trip is felt in turn
 * taking from about 150 ms one way; Opus and retransmission hide a few per cent of loss. */
static const struct {
  guint score;
  gint64 silence_ms;
  double round_trip_ms;
  double loss_percent;
} qualities[] = {
  { 3, 1000, 200, 2 },
  { 2, 1500, 400, 6 },
  { 1, 2000, G_MAXDOUBLE, G_MAXDOUBLE },
};

/**
 * duo_liveness_last_sign:
 * @self: what is known
 *
 * Returns: when the connection last showed any life, monotonic µs
 */
gint64
duo_liveness_last_sign (const DuoLiveness *self)
{
  return MAX (self->connected_at, MAX (self->last_packet, self->last_message));
}

/**
 * duo_liveness_silence:
 * @self: what is known
 *
 * Returns: for how long the connection has been silent while it should not have been, in µs
 */
gint64
duo_liveness_silence (const DuoLiveness *self)
{
  gint64 silence = self->now - duo_liveness_last_sign (self);

  return self->without_channel ? MAX (silence - PATIENCE_WITHOUT_CHANNEL, 0) : silence;
}

/**
 * duo_liveness_side:
 * @self: what is known
 *
 * Tells on whose side a silence is: if the room server is out of reach too, the fault is here.
 *
 * Returns: the side
 */
DuoCallTrouble
duo_liveness_side (const DuoLiveness *self)
{
  if (!self->network_available || !self->signaling_connected)
    return DUO_CALL_TROUBLE_LOCAL;

  return DUO_CALL_TROUBLE_REMOTE;
}

/**
 * duo_liveness_judge:
 * @self: what is known
 * @trouble: (out): whose side, or none
 *
 * Judges a connection by how long it has been silent.
 *
 * Returns: the verdict
 */
DuoLivenessLevel
duo_liveness_judge (const DuoLiveness *self, DuoCallTrouble *trouble)
{
  gint64 silence = duo_liveness_silence (self);

  if (silence < WARN_AFTER) {
    *trouble = DUO_CALL_TROUBLE_NONE;
    return DUO_LIVENESS_OK;
  }

  *trouble = duo_liveness_side (self);
  if (silence < LOST_AFTER)
    return DUO_LIVENESS_WARN;

  return silence < REBUILD_AFTER ? DUO_LIVENESS_LOST : DUO_LIVENESS_REBUILD;
}

/**
 * duo_loss_judge:
 * @lost_at: since when the call is without a connection, monotonic µs
 * @now: monotonic µs
 *
 * Returns: what to do
 */
DuoLossVerdict
duo_loss_judge (gint64 lost_at, gint64 now)
{
  if (now - lost_at >= OVER_AFTER)
    return DUO_LOSS_OVER;

  return now - lost_at >= GIVE_UP_AFTER ? DUO_LOSS_MAY_GIVE_UP : DUO_LOSS_WAIT;
}

/**
 * duo_quality_score:
 * @silence_ms: time since the last packet
 * @round_trip_ms: there and back, negative if not known
 * @loss_percent: of packets, the worse of both directions, negative if not known
 *
 * Scores a connection as bars.
 *
 * Returns: 0 (nothing comes) to 3 (good)
 */
guint
duo_quality_score (gint64 silence_ms, double round_trip_ms, double loss_percent)
{
  for (gsize i = 0; i < G_N_ELEMENTS (qualities); i++) {
    if (silence_ms <= qualities[i].silence_ms && round_trip_ms <= qualities[i].round_trip_ms &&
        loss_percent <= qualities[i].loss_percent)
      return qualities[i].score;
  }

  return 0;
}
