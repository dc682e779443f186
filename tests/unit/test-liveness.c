/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "duo-channel-message.h"
#include "duo-channel-pace.h"
#include "duo-liveness.h"

#define SECOND G_USEC_PER_SEC

static void
test_liveness (void)
{
  static const struct {
    const char *name;
    DuoLiveness liveness; /* now, connected, packet, message, signaling, network, silent */
    DuoLivenessLevel level;
    DuoCallTrouble trouble;
  } cases[] = {
    { "just connected",
      { 10 * SECOND, 9 * SECOND, 0, 0, TRUE, TRUE },
      DUO_LIVENESS_OK,
      DUO_CALL_TROUBLE_NONE },
    { "media flows",
      { 60 * SECOND, SECOND, 59 * SECOND, 0, TRUE, TRUE },
      DUO_LIVENESS_OK,
      DUO_CALL_TROUBLE_NONE },
    { "pings only",
      { 60 * SECOND, SECOND, 30 * SECOND, 59 * SECOND, TRUE, TRUE },
      DUO_LIVENESS_OK,
      DUO_CALL_TROUBLE_NONE },
    { "media flows without a server",
      { 60 * SECOND, SECOND, 60 * SECOND, 0, FALSE, TRUE },
      DUO_LIVENESS_OK,
      DUO_CALL_TROUBLE_NONE },
    { "2 s",
      { 60 * SECOND, SECOND, 58 * SECOND, 57 * SECOND, TRUE, TRUE },
      DUO_LIVENESS_WARN,
      DUO_CALL_TROUBLE_REMOTE },
    { "4 s",
      { 60 * SECOND, SECOND, 56 * SECOND, 55 * SECOND, TRUE, TRUE },
      DUO_LIVENESS_LOST,
      DUO_CALL_TROUBLE_REMOTE },
    { "4 s and no server",
      { 60 * SECOND, SECOND, 56 * SECOND, 55 * SECOND, FALSE, TRUE },
      DUO_LIVENESS_LOST,
      DUO_CALL_TROUBLE_LOCAL },
    { "4 s and no network",
      { 60 * SECOND, SECOND, 56 * SECOND, 55 * SECOND, TRUE, FALSE },
      DUO_LIVENESS_LOST,
      DUO_CALL_TROUBLE_LOCAL },
    { "6 s",
      { 60 * SECOND, SECOND, 54 * SECOND, 53 * SECOND, TRUE, TRUE },
      DUO_LIVENESS_REBUILD,
      DUO_CALL_TROUBLE_REMOTE },
    { "no pings to be had: RTCP may pause for 7.5 s",
      { 60 * SECOND, SECOND, 52.5 * SECOND, 0, TRUE, TRUE, TRUE },
      DUO_LIVENESS_OK,
      DUO_CALL_TROUBLE_NONE },
    { "no pings to be had, 8 s",
      { 60 * SECOND, SECOND, 52 * SECOND, 0, TRUE, TRUE, TRUE },
      DUO_LIVENESS_WARN,
      DUO_CALL_TROUBLE_REMOTE },
    { "no pings to be had, 12 s",
      { 60 * SECOND, SECOND, 48 * SECOND, 0, TRUE, TRUE, TRUE },
      DUO_LIVENESS_REBUILD,
      DUO_CALL_TROUBLE_REMOTE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    DuoCallTrouble trouble = DUO_CALL_TROUBLE_NONE;

    g_test_message ("%s", cases[i].name);
    g_assert_cmpint (duo_liveness_judge (&cases[i].liveness, &trouble), ==, cases[i].level);
    g_assert_cmpint (trouble, ==, cases[i].trouble);
  }
}

static void
test_loss (void)
{
  g_assert_cmpint (duo_loss_judge (SECOND, SECOND), ==, DUO_LOSS_WAIT);
  g_assert_cmpint (duo_loss_judge (SECOND, 10 * SECOND - 1), ==, DUO_LOSS_WAIT);
  g_assert_cmpint (duo_loss_judge (SECOND, 10 * SECOND), ==, DUO_LOSS_MAY_GIVE_UP);
  g_assert_cmpint (duo_loss_judge (SECOND, 61 * SECOND - 1), ==, DUO_LOSS_MAY_GIVE_UP);
  g_assert_cmpint (duo_loss_judge (SECOND, 61 * SECOND), ==, DUO_LOSS_OVER);
}

static void
test_quality (void)
{
  static const struct {
    gint64 silence_ms;
    double round_trip_ms;
    double loss_percent;
    guint score;
  } cases[] = {
    { 20, 1, 0, 3 },    { 20, -1, -1, 3 },  { 20, 200, 2, 3 },  { 20, 201, 0, 2 },
    { 20, 50, 2.5, 2 }, { 20, 400, 6, 2 },  { 20, 900, 0, 1 },  { 20, 20, 30, 1 },
    { 1200, 20, 0, 2 }, { 1800, 20, 0, 1 }, { 2001, 20, 0, 0 }, { 60000, -1, -1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%" G_GSIZE_FORMAT, i);
    g_assert_cmpuint (duo_quality_score (cases[i].silence_ms,
                                         cases[i].round_trip_ms,
                                         cases[i].loss_percent),
                      ==,
                      cases[i].score);
  }
}

static void
test_pace (void)
{
  DuoChannelPace pace = DUO_CHANNEL_PACE_INIT;

  for (guint i = 0; i < DUO_CHANNEL_MESSAGES_PER_SECOND; i++)
    g_assert_true (duo_channel_pace_admit (&pace, 100, 5 * SECOND + i));
  g_assert_false (duo_channel_pace_admit (&pace, 100, 6 * SECOND - 1));
  g_assert_true (duo_channel_pace_admit (&pace, 100, 6 * SECOND));
  g_assert_false (duo_channel_pace_admit (&pace, DUO_CHANNEL_MESSAGE_MAX_BYTES + 1, 6 * SECOND));
  g_assert_true (duo_channel_pace_admit (&pace, DUO_CHANNEL_MESSAGE_MAX_BYTES, 6 * SECOND));
  g_assert_cmpuint (pace.dropped, ==, 2);
}

static void
test_round_trip (void)
{
  DuoChannelPace pace = DUO_CHANNEL_PACE_INIT;
  guint64 first = duo_channel_pace_ping (&pace, 1 * SECOND);
  guint64 second = duo_channel_pace_ping (&pace, 2 * SECOND);

  g_assert_cmpint (pace.round_trip, <, 0);
  duo_channel_pace_pong (&pace, first, 2 * SECOND + 1);
  g_assert_cmpint (pace.round_trip, <, 0);
  duo_channel_pace_pong (&pace, second, 2 * SECOND + 1500);
  g_assert_cmpint (pace.round_trip, ==, 1500);
  duo_channel_pace_pong (&pace, second, 9 * SECOND);
  g_assert_cmpint (pace.round_trip, ==, 1500);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/liveness/judge", test_liveness);
  g_test_add_func ("/liveness/loss", test_loss);
  g_test_add_func ("/liveness/quality", test_quality);
  g_test_add_func ("/channel-pace/rate", test_pace);
  g_test_add_func ("/channel-pace/round-trip", test_round_trip);

  return g_test_run ();
}
