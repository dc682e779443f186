/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "rtc-pair.h"

/* The same description with another certificate announced in it. */
static char *
forge (const char *sdp)
{
  const char *marker = "a=fingerprint:sha-256 ";
  g_auto (GStrv) lines = g_strsplit (sdp, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *digit = lines[i] + strlen (marker);

    if (g_str_has_prefix (lines[i], marker))
      *digit = *digit == '0' ? '1' : '0';
  }

  return g_strjoinv ("\r\n", lines);
}

static void
check_refused (RtcEnd *end)
{
  g_assert_error (end->failure, DUO_RTC_ERROR, DUO_RTC_ERROR_FINGERPRINT);
  g_assert_cmpint (duo_peer_connection_get_connection_state (end->connection),
                   ==,
                   DUO_PEER_CONNECTION_FAILED);
  g_assert_false (duo_peer_connection_get_verified (end->connection));
  g_assert_false (duo_peer_connection_send_text (end->connection, "hello", NULL));
  g_assert_false (end->first_frame);
  g_assert_cmpuint (g_atomic_int_get (&end->shown), ==, 0);
  g_assert_cmpuint (rtc_end_pull_sound (end), ==, 0);
  g_assert_cmpstr (end->messages->str, ==, "");
}

static void
wait_for_refusal (RtcPair *pair, RtcEnd *end)
{
  gint64 deadline;

  rtc_wait_until ((rtc_pair_swap_candidates (pair), end->failure != NULL));
  check_refused (end);

  /* And nothing comes after, though the other side goes on. */
  deadline = g_get_monotonic_time () + G_USEC_PER_SEC / 2;
  rtc_wait_until (g_get_monotonic_time () > deadline);
  check_refused (end);
}

static void
test_forged_answer (void)
{
  RtcPair *pair = rtc_pair_new ();
  char *answer;

  rtc_pair_make_offer (pair);
  rtc_pair_make_answer (pair);
  answer = forge (pair->answer);
  g_free (pair->answer);
  pair->answer = answer;
  rtc_pair_take_answer (pair);
  wait_for_refusal (pair, &pair->offerer);

  rtc_pair_free (pair);
}

static void
test_forged_offer (void)
{
  RtcPair *pair = rtc_pair_new ();
  char *offer;

  rtc_pair_make_offer (pair);
  offer = forge (pair->offer);
  g_free (pair->offer);
  pair->offer = offer;
  rtc_pair_make_answer (pair);
  rtc_pair_take_answer (pair);
  wait_for_refusal (pair, &pair->answerer);

  rtc_pair_free (pair);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_func ("/rtc/verification/forged-answer", test_forged_answer);
  g_test_add_func ("/rtc/verification/forged-offer", test_forged_offer);

  return g_test_run ();
}
