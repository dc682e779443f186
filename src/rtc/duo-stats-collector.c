/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-stats-collector.h"

#include <gst/webrtc/webrtc.h>
#include <string.h>

/* GStreamer 1.22 still hands its statistics out in a GValueArray. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#define AUDIO 0
#define VIDEO 1
#define SENT 0
#define RECEIVED 1

#define AUDIO_CLOCK_RATE 48000
#define VIDEO_CLOCK_RATE 90000

typedef struct {
  DuoPeerStats *stats;
  guint64 octets[2][2];
  guint64 packets_received;
  gint64 packets_lost;
} Totals;

static guint64
get_uint64 (const GstStructure *source, const char *field)
{
  guint64 value = 0;

  gst_structure_get_uint64 (source, field, &value);
  return value;
}

static guint
get_uint (const GstStructure *source, const char *field)
{
  guint value = 0;

  gst_structure_get_uint (source, field, &value);
  return value;
}

static gboolean
get_boolean (const GstStructure *source, const char *field)
{
  gboolean value = FALSE;

  gst_structure_get_boolean (source, field, &value);
  return value;
}

/* The peer's last report about what we sent. */
static void
add_report (Totals *self, const GstStructure *source)
{
  guint round_trip = get_uint (source, "rb-round-trip");

  if (!get_boolean (source, "have-rb"))
    return;

  /* Seconds, with sixteen bits behind the point (RFC 3550, section 6.4.1). */
  if (round_trip > 0)
    self->stats->round_trip_ms = MAX (self->stats->round_trip_ms, round_trip * 1000.0 / 65536.0);
  self->stats->loss_percent =
    MAX (self->stats->loss_percent, get_uint (source, "rb-fractionlost") * 100.0 / 256.0);
}

/* Sources are told apart by their clock rate: webrtcbin calls everything in a bundle video. */
static void
add_source (Totals *self, const GstStructure *source)
{
  int clock_rate = 0, lost = 0, kind;

  gst_structure_get_int (source, "clock-rate", &clock_rate);
  kind = clock_rate == AUDIO_CLOCK_RATE ? AUDIO : VIDEO;

  if (get_boolean (source, "internal")) {
    self->octets[kind][SENT] += get_uint64 (source, "octets-sent");
    return;
  }

  add_report (self, source);
  if (clock_rate != AUDIO_CLOCK_RATE && clock_rate != VIDEO_CLOCK_RATE)
    return;

  self->octets[kind][RECEIVED] += get_uint64 (source, "octets-received");
  self->packets_received += get_uint64 (source, "packets-received");
  if (gst_structure_get_int (source, "packets-lost", &lost) && lost > 0)
    self->packets_lost += lost;
  self->stats->jitter_ms =
    MAX (self->stats->jitter_ms, get_uint (source, "jitter") * 1000.0 / clock_rate);
}

static void
add_session (Totals *self, const GstStructure *session)
{
  const GValue *value = gst_structure_get_value (session, "source-stats");
  GValueArray *sources = value != NULL ? g_value_get_boxed (value) : NULL;

  for (guint i = 0; sources != NULL && i < sources->n_values; i++)
    add_source (self, g_value_get_boxed (g_value_array_get_nth (sources, i)));
}

static void
copy_candidate_type (const GstStructure *webrtc, const char *id, char *out, gsize size)
{
  const GValue *value = id != NULL ? gst_structure_get_value (webrtc, id) : NULL;
  const GstStructure *candidate;
  const char *type;

  if (value == NULL || !GST_VALUE_HOLDS_STRUCTURE (value))
    return;

  candidate = gst_value_get_structure (value);
  type = gst_structure_get_string (candidate, "candidate-type");
  g_strlcpy (out, type != NULL ? type : "", size);
}

/* Follows the ids of the pair, as webrtcbin 1.22 calls local candidates remote and the other way
 * round. */
static gboolean
add_pair (GQuark field, const GValue *value, gpointer data)
{
  const GstStructure *webrtc = ((gpointer *) data)[0];
  DuoPeerStats *stats = ((gpointer *) data)[1];
  const GstStructure *entry;
  GstWebRTCStatsType type;

  if (!GST_VALUE_HOLDS_STRUCTURE (value))
    return TRUE;

  entry = gst_value_get_structure (value);
  if (!gst_structure_get (entry, "type", GST_TYPE_WEBRTC_STATS_TYPE, &type, NULL) ||
      type != GST_WEBRTC_STATS_CANDIDATE_PAIR)
    return TRUE;

  copy_candidate_type (webrtc,
                       gst_structure_get_string (entry, "local-candidate-id"),
                       stats->local_candidate_type,
                       sizeof stats->local_candidate_type);
  copy_candidate_type (webrtc,
                       gst_structure_get_string (entry, "remote-candidate-id"),
                       stats->remote_candidate_type,
                       sizeof stats->remote_candidate_type);
  return TRUE;
}

static void
add_webrtc (DuoPeerStats *stats, const GstStructure *webrtc)
{
  gpointer data[] = { (gpointer) webrtc, stats };

  gst_structure_foreach (webrtc, add_pair, data);
  stats->relayed = strcmp (stats->local_candidate_type, "relay") == 0 ||
                   strcmp (stats->remote_candidate_type, "relay") == 0;
}

static guint
rate (guint64 now, guint64 before, double seconds)
{
  return now > before ? (guint) ((double) (now - before) * 8 / seconds) : 0;
}

static void
add_rates (DuoStatsCollector *self, const Totals *totals, DuoPeerStats *stats, gint64 now)
{
  double seconds = (double) (now - self->time) / G_USEC_PER_SEC;

  if (self->time != 0 && seconds > 0) {
    stats->send_audio_bitrate =
      rate (totals->octets[AUDIO][SENT], self->octets[AUDIO][SENT], seconds);
    stats->send_video_bitrate =
      rate (totals->octets[VIDEO][SENT], self->octets[VIDEO][SENT], seconds);
    stats->receive_audio_bitrate =
      rate (totals->octets[AUDIO][RECEIVED], self->octets[AUDIO][RECEIVED], seconds);
    stats->receive_video_bitrate =
      rate (totals->octets[VIDEO][RECEIVED], self->octets[VIDEO][RECEIVED], seconds);
    stats->frames_per_second = (double) (stats->frames_decoded - self->frames_decoded) / seconds;
  }

  self->time = now;
  self->frames_decoded = stats->frames_decoded;
  memcpy (self->octets, totals->octets, sizeof self->octets);
}

/**
 * duo_stats_collector_collect:
 * @self: what is remembered from last time
 * @session: (nullable): the statistics of the RTP session
 * @webrtc: (nullable): the reply of webrtcbin's get-stats
 * @counters: what the streaming threads counted
 * @now: the monotonic time in µs
 *
 * Puts together what can be trusted of several sources.
 *
 * Returns: (transfer full): statistics
 */
DuoPeerStats *
duo_stats_collector_collect (DuoStatsCollector *self,
                             const GstStructure *session,
                             const GstStructure *webrtc,
                             const DuoPeerCounters *counters,
                             gint64 now)
{
  DuoPeerStats *stats = duo_peer_stats_new ();
  Totals totals = { .stats = stats };
  gint64 last_packet = atomic_load (&counters->last_packet);
  guint64 expected;

  stats->frames_sent = atomic_load (&counters->frames_sent);
  stats->frames_decoded = atomic_load (&counters->frames_decoded);
  stats->width = atomic_load (&counters->width);
  stats->height = atomic_load (&counters->height);
  if (last_packet != 0)
    stats->last_packet_age_ms = MAX (now - last_packet, 0) / 1000;
  g_strlcpy (stats->codec, "VP8/Opus", sizeof stats->codec);

  if (session != NULL)
    add_session (&totals, session);
  if (webrtc != NULL)
    add_webrtc (stats, webrtc);
  expected = totals.packets_received + (guint64) totals.packets_lost;
  if (expected > 0)
    stats->receive_loss_percent = (double) totals.packets_lost * 100.0 / (double) expected;
  add_rates (self, &totals, stats, now);

  return stats;
}

G_GNUC_END_IGNORE_DEPRECATIONS
