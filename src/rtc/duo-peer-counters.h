/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include <stdatomic.h>

G_BEGIN_DECLS

/**
 * DuoPeerCounters:
 * @last_packet: when RTP or RTCP of the peer arrived last, in µs of monotonic time, or 0
 * @frames_sent: encoded video frames handed on for sending
 * @frames_decoded: video frames decoded
 * @width: of the last decoded frame
 * @height: of the last decoded frame
 *
 * What streaming threads count and the main thread reads. Reference-counted, as probes outlive
 * what started them.
 */
typedef struct {
  atomic_llong last_packet;
  atomic_ullong frames_sent;
  atomic_ullong frames_decoded;
  atomic_uint width;
  atomic_uint height;
} DuoPeerCounters;

DuoPeerCounters *duo_peer_counters_new (void);
DuoPeerCounters *duo_peer_counters_ref (DuoPeerCounters *self);
void duo_peer_counters_unref (DuoPeerCounters *self);
void duo_peer_counters_watch_arrival (DuoPeerCounters *self, GstPad *pad);
void duo_peer_counters_watch_sent (DuoPeerCounters *self, GstPad *pad);
void duo_peer_counters_watch_decoded (DuoPeerCounters *self, GstPad *pad);

G_END_DECLS
