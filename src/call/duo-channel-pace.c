/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-channel-pace.h"

#include "duo-channel-message.h"

/**
 * duo_channel_pace_admit:
 * @self: the counters
 * @length: bytes of the message
 * @now: monotonic µs
 *
 * Counts a received message.
 *
 * Returns: whether it may be looked at; if not it is to be dropped unread
 */
gboolean
duo_channel_pace_admit (DuoChannelPace *self, gsize length, gint64 now)
{
  if (self->window_start == 0 || now - self->window_start >= G_USEC_PER_SEC) {
    self->window_start = now;
    self->count = 0;
  }

  if (length > DUO_CHANNEL_MESSAGE_MAX_BYTES || self->count >= DUO_CHANNEL_MESSAGES_PER_SECOND) {
    self->dropped++;
    return FALSE;
  }

  self->count++;

  return TRUE;
}

/**
 * duo_channel_pace_ping:
 * @self: the counters
 * @now: monotonic µs
 *
 * Begins a ping.
 *
 * Returns: its number
 */
guint64
duo_channel_pace_ping (DuoChannelPace *self, gint64 now)
{
  self->ping_sent_at = now;

  return ++self->ping_id;
}

/**
 * duo_channel_pace_pong:
 * @self: the counters
 * @id: the number in the answer
 * @now: monotonic µs
 *
 * Takes the answer to a ping. Only the newest ping's counts, and only once.
 */
void
duo_channel_pace_pong (DuoChannelPace *self, guint64 id, gint64 now)
{
  if (id != self->ping_id || self->ping_sent_at == 0)
    return;

  self->round_trip = now - self->ping_sent_at;
  self->ping_sent_at = 0;
}
