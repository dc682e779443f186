/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-stats-collector.h"

#include <gst/webrtc/webrtc.h>

/* GStreamer 1.22 still hands its statistics out in a GValueArray. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
append (GValueArray *sources, GstStructure *source)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, source);
  g_value_array_append (sources, &value);
  g_value_unset (&value);
}

static GstStructure *
make_sent (int clock_rate, guint64 octets)
{
  return gst_structure_new ("application/x-rtp-source-stats",
                            "internal",
                            G_TYPE_BOOLEAN,
                            TRUE,
                            "clock-rate",
                            G_TYPE_INT,
                            clock_rate,
                            "octets-sent",
                            G_TYPE_UINT64,
                            octets,
                            NULL);
}

/* A source of the peer: of a hundred packets five are lost, and a quarter of ours did not arrive.
 */
static GstStructure *
make_received (int clock_rate, guint64 octets)
{
  return gst_structure_new ("application/x-rtp-source-stats",
                            "internal",
                            G_TYPE_BOOLEAN,
                            FALSE,
                            "clock-rate",
                            G_TYPE_INT,
                            clock_rate,
                            "octets-received",
                            G_TYPE_UINT64,
                            octets,
                            "packets-received",
                            G_TYPE_UINT64,
                            G_GUINT64_CONSTANT (95),
                            "packets-lost",
                            G_TYPE_INT,
                            5,
                            "jitter",
                            G_TYPE_UINT,
                            (guint) clock_rate / 100,
                            "have-rb",
                            G_TYPE_BOOLEAN,
                            TRUE,
                            "rb-round-trip",
                            G_TYPE_UINT,
                            65536u / 20,
                            "rb-fractionlost",
                            G_TYPE_UINT,
                            64u,
                            NULL);
}

static GstStructure *
make_session (guint64 factor)
{
  GValueArray *sources = g_value_array_new (4);
  GstStructure *session = gst_structure_new_empty ("application/x-rtp-session-stats");

  append (sources, make_sent (48000, 1000 * factor));
  append (sources, make_sent (90000, 100000 * factor));
  append (sources, make_received (48000, 2000 * factor));
  append (sources, make_received (90000, 200000 * factor));
  /* Retransmissions, whose clock rate is not known, and which are no loss of their own. */
  append (sources, make_received (-1, 77777));

  gst_structure_set (session, "source-stats", g_value_array_get_type (), sources, NULL);
  g_value_array_free (sources);

  return session;
}

static void
add_entry (GstStructure *reply, const char *id, GstWebRTCStatsType type, const char *candidate_type)
{
  g_autoptr (GstStructure) entry =
    gst_structure_new (id, "type", GST_TYPE_WEBRTC_STATS_TYPE, type, NULL);

  if (candidate_type != NULL)
    gst_structure_set (entry, "candidate-type", G_TYPE_STRING, candidate_type, NULL);
  else
    gst_structure_set (entry,
                       "local-candidate-id",
                       G_TYPE_STRING,
                       "ice-candidate-local_1",
                       "remote-candidate-id",
                       G_TYPE_STRING,
                       "ice-candidate-remote_1",
                       NULL);
  gst_structure_set (reply, id, GST_TYPE_STRUCTURE, entry, NULL);
}

/* With the types of the candidates the wrong way round, as webrtcbin 1.22 has them. */
static GstStructure *
make_reply (void)
{
  GstStructure *reply = gst_structure_new_empty ("application/x-webrtc-stats");

  add_entry (reply, "ice-candidate-local_1", GST_WEBRTC_STATS_REMOTE_CANDIDATE, "host");
  add_entry (reply, "ice-candidate-remote_1", GST_WEBRTC_STATS_LOCAL_CANDIDATE, "relay");
  add_entry (reply, "ice-candidate-pair_1", GST_WEBRTC_STATS_CANDIDATE_PAIR, NULL);

  return reply;
}

static void
test_nothing (void)
{
  DuoPeerCounters *counters = duo_peer_counters_new ();
  DuoStatsCollector collector = { 0 };
  g_autoptr (DuoPeerStats) stats =
    duo_stats_collector_collect (&collector, NULL, NULL, counters, G_USEC_PER_SEC);

  g_assert_cmpfloat (stats->round_trip_ms, ==, -1);
  g_assert_cmpint (stats->last_packet_age_ms, ==, -1);
  g_assert_cmpuint (stats->frames_decoded, ==, 0);
  g_assert_cmpstr (stats->local_candidate_type, ==, "");
  g_assert_false (stats->relayed);

  duo_peer_counters_unref (counters);
}

static void
test_full (void)
{
  DuoPeerCounters *counters = duo_peer_counters_new ();
  DuoStatsCollector collector = { 0 };
  g_autoptr (GstStructure) before = make_session (1);
  g_autoptr (GstStructure) after = make_session (2);
  g_autoptr (GstStructure) reply = make_reply ();
  g_autoptr (DuoPeerStats) first = NULL;
  g_autoptr (DuoPeerStats) stats = NULL;

  first = duo_stats_collector_collect (&collector, before, reply, counters, G_USEC_PER_SEC);
  g_assert_cmpuint (first->send_video_bitrate, ==, 0);

  counters->frames_sent = 70;
  counters->frames_decoded = 60;
  counters->width = 1280;
  counters->height = 720;
  counters->last_packet = 2900 * G_TIME_SPAN_MILLISECOND;
  stats = duo_stats_collector_collect (&collector, after, reply, counters, 3 * G_USEC_PER_SEC);

  g_assert_cmpfloat_with_epsilon (stats->round_trip_ms, 50, 0.1);
  g_assert_cmpfloat_with_epsilon (stats->loss_percent, 25, 0.1);
  g_assert_cmpfloat_with_epsilon (stats->receive_loss_percent, 5, 0.1);
  g_assert_cmpfloat_with_epsilon (stats->jitter_ms, 10, 0.1);
  g_assert_cmpuint (stats->send_audio_bitrate, ==, 4000);
  g_assert_cmpuint (stats->send_video_bitrate, ==, 400000);
  g_assert_cmpuint (stats->receive_audio_bitrate, ==, 8000);
  g_assert_cmpuint (stats->receive_video_bitrate, ==, 800000);
  g_assert_cmpfloat_with_epsilon (stats->frames_per_second, 30, 0.1);
  g_assert_cmpuint (stats->frames_sent, ==, 70);
  g_assert_cmpuint (stats->frames_decoded, ==, 60);
  g_assert_cmpuint (stats->width, ==, 1280);
  g_assert_cmpuint (stats->height, ==, 720);
  g_assert_cmpint (stats->last_packet_age_ms, ==, 100);
  g_assert_cmpstr (stats->local_candidate_type, ==, "host");
  g_assert_cmpstr (stats->remote_candidate_type, ==, "relay");
  g_assert_true (stats->relayed);

  duo_peer_counters_unref (counters);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_func ("/rtc/stats-collector/nothing", test_nothing);
  g_test_add_func ("/rtc/stats-collector/full", test_full);

  return g_test_run ();
}

G_GNUC_END_IGNORE_DEPRECATIONS
