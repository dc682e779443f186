/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rtx-throttle.h"

/* A quarter of the bitrate, saved up over half a second at most: a burst of losses is repaired, but
 * on a bottleneck the repairs do not become what fills it. */
#define SHARE 4
#define BURST (G_USEC_PER_SEC / 2)

/* The peer asks again every round trip; an answer takes one, and a queue on the way up to this. */
#define REPEAT_AFTER (400 * G_TIME_SPAN_MILLISECOND)

static gint64
bits_in (const DuoRtxThrottle *self, gint64 microseconds)
{
  return (gint64) self->bitrate / SHARE * microseconds / G_USEC_PER_SEC;
}

/**
 * duo_rtx_throttle_init:
 * @self: a throttle
 * @bitrate: what is sent without retransmissions, in bits per second
 * @now: the monotonic time in microseconds
 */
void
duo_rtx_throttle_init (DuoRtxThrottle *self, guint bitrate, gint64 now)
{
  *self = (DuoRtxThrottle){ .bitrate = bitrate, .last_refill = now };
  self->credit = bits_in (self, BURST);
}

/**
 * duo_rtx_throttle_allow:
 * @self: a throttle
 * @seqnum: the RTP sequence number that is asked for
 * @size: the size of the answer in bytes
 * @now: the monotonic time in microseconds
 *
 * Takes an answer out of a token bucket of a quarter of the bitrate. rtprtxsend itself answers
 * whatever it is asked, which on a bottleneck ends in a storm of retransmissions.
 *
 * Returns: whether to answer: %FALSE when the bucket is empty, or when the same packet was sent
 *   again less than 400 ms ago
 */
gboolean
duo_rtx_throttle_allow (DuoRtxThrottle *self, guint16 seqnum, guint size, gint64 now)
{
  guint slot = seqnum % DUO_RTX_THROTTLE_MEMORY;
  gint64 elapsed = CLAMP (now - self->last_refill, 0, BURST);
  gint64 bits = (gint64) size * 8;

  self->credit = MIN (self->credit + bits_in (self, elapsed), bits_in (self, BURST));
  self->last_refill = now;

  if (self->answered[slot].used && self->answered[slot].seqnum == seqnum &&
      now - self->answered[slot].time < REPEAT_AFTER)
    return FALSE;
  if (self->credit < bits)
    return FALSE;

  self->credit -= bits;
  self->answered[slot].seqnum = seqnum;
  self->answered[slot].time = now;
  self->answered[slot].used = TRUE;
  return TRUE;
}
