/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-text.h"

static void
test_clock (void)
{
  static const struct {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { -5, "0:00" },      { 0, "0:00" },         { 7, "0:07" },     { 59, "0:59" },
    { 60, "1:00" },      { 754, "12:34" },      { 3599, "59:59" }, { 3600, "1:00:00" },
    { 3723, "1:02:03" }, { 90061, "25:01:01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      duo_call_text_clock (cases[i].seconds * G_TIME_SPAN_SECOND + 999999 * (cases[i].seconds > 0));

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_connection (void)
{
  DuoPeerStats stats = {
    .round_trip_ms = -1,
    .loss_percent = 1.26,
    .receive_video_bitrate = 1000000,
    .receive_audio_bitrate = 40000,
    .send_video_bitrate = 600000,
  };
  g_autofree char *bare = duo_call_text_connection (1, NULL);
  g_autofree char *some = duo_call_text_connection (2, &stats);
  g_autofree char *all = NULL;
  g_autofree char *relayed = NULL;

  g_assert_cmpstr (bare, ==, "Poor connection");
  g_assert_cmpstr (some,
                   ==,
                   "Fair connection\nLoss: 1.3 %\nReceived: 1.0 Mbit/s, sent: 0.6 Mbit/s");

  stats.round_trip_ms = 0.4;
  stats.width = 1280;
  stats.height = 720;
  stats.frames_per_second = 29.97;
  all = duo_call_text_connection (3, &stats);
  g_assert_cmpstr (all,
                   ==,
                   "Good connection\nRound trip: 0 ms\nLoss: 1.3 %\n"
                   "Received: 1.0 Mbit/s, sent: 0.6 Mbit/s\n"
                   "Picture: 1280 × 720, 30 frames per second");

  stats.relayed = TRUE;
  relayed = duo_call_text_connection (3, &stats);
  g_assert_true (g_str_has_prefix (relayed, all));
  g_assert_true (g_str_has_suffix (relayed, "\nThrough a relay, encrypted all the way"));
}

static void
test_trouble (void)
{
  static const struct {
    DuoCallTrouble trouble;
    const char *name;
    gboolean lost;
    const char *text;
  } cases[] = {
    { DUO_CALL_TROUBLE_NONE, "Ada", FALSE, NULL },
    { DUO_CALL_TROUBLE_NONE, "Ada", TRUE, "The connection was lost" },
    { DUO_CALL_TROUBLE_LOCAL, "Ada", FALSE, "Your connection is poor" },
    { DUO_CALL_TROUBLE_LOCAL, NULL, TRUE, "Your connection was lost" },
    { DUO_CALL_TROUBLE_REMOTE, "Ada", FALSE, "Ada’s connection is poor" },
    { DUO_CALL_TROUBLE_REMOTE, "Ada", TRUE, "Ada’s connection was lost" },
    { DUO_CALL_TROUBLE_REMOTE, "", FALSE, "The other person’s connection is poor" },
    { DUO_CALL_TROUBLE_REMOTE, NULL, TRUE, "The other person’s connection was lost" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = duo_call_text_trouble (cases[i].trouble, cases[i].name, cases[i].lost);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-text/clock", test_clock);
  g_test_add_func ("/call-text/connection", test_connection);
  g_test_add_func ("/call-text/trouble", test_trouble);

  return g_test_run ();
}
