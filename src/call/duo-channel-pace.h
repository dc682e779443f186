/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoChannelPace:
 * @window_start: when the counted second began, monotonic µs
 * @count: how many messages it has seen
 * @dropped: how many were refused in all
 * @ping_id: the newest ping's number
 * @ping_sent_at: when it went out, monotonic µs; 0 if it has been answered
 * @round_trip: the newest answer's time there and back in µs, negative before the first
 *
 * What has to be counted on a data channel: the other's rate, and the round trip.
 */
typedef struct {
  gint64 window_start;
  guint count;
  guint dropped;
  guint64 ping_id;
  gint64 ping_sent_at;
  gint64 round_trip;
} DuoChannelPace;

/* The protocol's limit. */
#define DUO_CHANNEL_MESSAGES_PER_SECOND 20

#define DUO_CHANNEL_PACE_INIT                                                                      \
  {                                                                                                \
    .round_trip = -1                                                                               \
  }

gboolean duo_channel_pace_admit (DuoChannelPace *self, gsize length, gint64 now);
guint64 duo_channel_pace_ping (DuoChannelPace *self, gint64 now);
void duo_channel_pace_pong (DuoChannelPace *self, guint64 id, gint64 now);

G_END_DECLS
