/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "rtc-pair.h"

static gboolean
media_flows (RtcEnd *end, guint *sound)
{
  *sound += rtc_end_pull_sound (end);

  return *sound >= 10 && g_atomic_int_get (&end->shown) >= 10;
}

static void
test_media (void)
{
  RtcPair *pair = rtc_pair_new ();
  guint sound[2] = { 0, 0 };

  rtc_pair_connect (pair);
  rtc_wait_until (media_flows (&pair->offerer, &sound[0]));
  rtc_wait_until (media_flows (&pair->answerer, &sound[1]));
  rtc_wait_until (pair->offerer.first_frame && pair->answerer.first_frame);

  g_assert_true (duo_peer_connection_get_verified (pair->offerer.connection));
  g_assert_cmpint (duo_peer_connection_get_last_packet_time (pair->offerer.connection), >, 0);
  g_assert_true (
    g_bytes_equal (duo_peer_connection_get_local_fingerprint (pair->offerer.connection),
                   duo_peer_connection_get_remote_fingerprint (pair->answerer.connection)));
  g_assert_true (
    g_bytes_equal (duo_peer_connection_get_local_fingerprint (pair->answerer.connection),
                   duo_peer_connection_get_remote_fingerprint (pair->offerer.connection)));

  rtc_pair_free (pair);
}

static gboolean
channels_open (RtcPair *pair)
{
  return duo_peer_connection_get_channel_open (pair->offerer.connection) &&
         duo_peer_connection_get_channel_open (pair->answerer.connection);
}

static void
send_text (RtcEnd *end, const char *text)
{
  g_autoptr (GError) error = NULL;

  duo_peer_connection_send_text (end->connection, text, &error);
  g_assert_no_error (error);
}

static void
test_data_channel (void)
{
  RtcPair *pair = rtc_pair_new ();

  rtc_pair_connect (pair);
  rtc_wait_until (channels_open (pair));

  send_text (&pair->offerer, "one");
  send_text (&pair->offerer, "zwölf");
  send_text (&pair->answerer, "three");
  rtc_wait_until (strcmp (pair->answerer.messages->str, "one;zwölf;") == 0);
  rtc_wait_until (strcmp (pair->offerer.messages->str, "three;") == 0);

  rtc_pair_free (pair);
}

/* Rates are those since the last look: one at every turn of the main loop would find a frame now
 * and a packet of sound then. */
static gboolean
stats_are_full (RtcEnd *end, gint64 *last_look)
{
  g_autoptr (DuoPeerStats) stats = NULL;
  gint64 now = g_get_monotonic_time ();

  rtc_end_pull_sound (end);
  if (now - *last_look < G_USEC_PER_SEC / 2)
    return FALSE;

  *last_look = now;
  stats = rtc_end_get_stats (end);

  return stats->round_trip_ms >= 0 && stats->round_trip_ms < 1000 &&
         stats->send_video_bitrate > 0 && stats->send_audio_bitrate > 0 &&
         stats->receive_video_bitrate > 0 && stats->receive_audio_bitrate > 0 &&
         stats->frames_per_second > 5;
}

static void
check_stats (RtcEnd *end)
{
  g_autoptr (DuoPeerStats) stats = NULL;
  gint64 last_look = 0;

  rtc_wait_until (stats_are_full (end, &last_look));
  stats = rtc_end_get_stats (end);

  g_assert_cmpfloat (stats->loss_percent, >=, 0);
  g_assert_cmpfloat (stats->loss_percent, <, 50);
  g_assert_cmpfloat (stats->receive_loss_percent, <, 50);
  g_assert_cmpfloat (stats->jitter_ms, <, 1000);
  g_assert_cmpuint (stats->width, ==, 160);
  g_assert_cmpuint (stats->height, ==, 120);
  g_assert_cmpuint (stats->frames_sent, >, 0);
  g_assert_cmpuint (stats->frames_decoded, >, 0);
  g_assert_cmpstr (stats->codec, ==, "VP8/Opus");
  g_assert_cmpstr (stats->local_candidate_type, ==, "host");
  g_assert_true (g_str_equal (stats->remote_candidate_type, "host") ||
                 g_str_equal (stats->remote_candidate_type, "prflx"));
  g_assert_false (stats->relayed);
  g_assert_cmpint (stats->last_packet_age_ms, >=, 0);
  g_assert_cmpint (stats->last_packet_age_ms, <, 2000);
}

static void
test_stats (void)
{
  RtcPair *pair = rtc_pair_new ();

  rtc_pair_connect (pair);
  check_stats (&pair->offerer);
  check_stats (&pair->answerer);

  rtc_pair_free (pair);
}

static gboolean
is_silent (RtcEnd *end)
{
  return duo_peer_connection_get_last_packet_time (end->connection) <
         g_get_monotonic_time () - G_USEC_PER_SEC;
}

/* A peer that closes is gone, which is for others to find out: it is no failure of this end, and
 * what has come so far is not taken back. */
static void
test_peer_closes (void)
{
  RtcPair *pair = rtc_pair_new ();
  gint64 deadline;

  rtc_pair_connect (pair);
  rtc_wait_until (channels_open (pair));
  duo_peer_connection_close_async (pair->offerer.connection, NULL, NULL, NULL);

  deadline = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  rtc_wait_until (g_get_monotonic_time () > deadline && is_silent (&pair->answerer));
  g_assert_no_error (pair->answerer.failure);
  g_assert_cmpint (duo_peer_connection_get_connection_state (pair->answerer.connection),
                   ==,
                   DUO_PEER_CONNECTION_CONNECTED);

  rtc_pair_free (pair);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_func ("/rtc/peer-connection/media", test_media);
  g_test_add_func ("/rtc/peer-connection/data-channel", test_data_channel);

  g_test_add_func ("/rtc/peer-connection/stats", test_stats);

  g_test_add_func ("/rtc/peer-connection/peer-closes", test_peer_closes);

  return g_test_run ();
}
