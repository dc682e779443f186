/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DuoPeerStats:
 * @round_trip_ms: the round trip by RTCP, in ms; -1 when not known yet
 * @loss_percent: the share of packets that the peer did not get lately, in percent
 * @receive_loss_percent: the share of the peer's packets that did not arrive, over the call
 * @jitter_ms: the larger of the arrival jitters of sound and picture, in ms
 * @send_video_bitrate: in bits per second, since the last statistics
 * @send_audio_bitrate: likewise
 * @receive_video_bitrate: likewise
 * @receive_audio_bitrate: likewise
 * @width: of the peer's picture, in pixels
 * @height: likewise
 * @frames_per_second: decoded, since the last statistics
 * @frames_sent: video frames encoded for sending
 * @frames_decoded: video frames of the peer decoded
 * @codec: the codecs in use
 * @local_candidate_type: `host`, `srflx`, `prflx` or `relay`; empty when not connected
 * @remote_candidate_type: likewise
 * @relayed: whether a TURN server is in between
 * @last_packet_age_ms: how long ago something arrived, in ms; -1 when nothing did
 *
 * What is known of a connection at one moment.
 */
typedef struct _DuoPeerStats DuoPeerStats;

struct _DuoPeerStats {
  double round_trip_ms;
  double loss_percent;
  double receive_loss_percent;
  double jitter_ms;
  guint send_video_bitrate;
  guint send_audio_bitrate;
  guint receive_video_bitrate;
  guint receive_audio_bitrate;
  guint width;
  guint height;
  double frames_per_second;
  guint64 frames_sent;
  guint64 frames_decoded;
  char codec[16];
  char local_candidate_type[8];
  char remote_candidate_type[8];
  gboolean relayed;
  gint64 last_packet_age_ms;
};

#define DUO_TYPE_PEER_STATS (duo_peer_stats_get_type ())
GType duo_peer_stats_get_type (void);

DuoPeerStats *duo_peer_stats_new (void);
DuoPeerStats *duo_peer_stats_copy (const DuoPeerStats *self);
void duo_peer_stats_free (DuoPeerStats *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoPeerStats, duo_peer_stats_free)

G_END_DECLS
