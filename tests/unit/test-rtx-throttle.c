/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rtx-throttle.h"

#define BITRATE 1000000
#define PACKET 1250 /* 10 000 bits */
#define MS G_TIME_SPAN_MILLISECOND

/* A burst is answered up to half a second of a quarter of the bitrate: 125 000 bits. */
static void
test_burst (void)
{
  DuoRtxThrottle throttle;
  guint answered = 0;

  duo_rtx_throttle_init (&throttle, BITRATE, 0);
  for (guint16 i = 0; i < 100; i++)
    answered += duo_rtx_throttle_allow (&throttle, i, PACKET, 0);

  g_assert_cmpuint (answered, ==, 12);
}

/* A storm of requests over ten seconds gets a quarter of the bitrate, no more. */
static void
test_storm (void)
{
  DuoRtxThrottle throttle;
  guint answered = 0;
  guint16 seqnum = 0;

  duo_rtx_throttle_init (&throttle, BITRATE, 0);
  for (gint64 now = 0; now < 10 * G_USEC_PER_SEC; now += MS)
    answered += duo_rtx_throttle_allow (&throttle, seqnum++, PACKET, now);

  g_assert_cmpuint (answered, >=, 240);
  g_assert_cmpuint (answered, <=, 250 + 13);
}

static void
test_repeats (void)
{
  DuoRtxThrottle throttle;

  duo_rtx_throttle_init (&throttle, BITRATE, 0);
  g_assert_true (duo_rtx_throttle_allow (&throttle, 7, PACKET, 1000 * MS));
  g_assert_false (duo_rtx_throttle_allow (&throttle, 7, PACKET, 1001 * MS));
  g_assert_false (duo_rtx_throttle_allow (&throttle, 7, PACKET, 1399 * MS));
  g_assert_true (duo_rtx_throttle_allow (&throttle, 8, PACKET, 1399 * MS));
  g_assert_true (duo_rtx_throttle_allow (&throttle, 7, PACKET, 1400 * MS));
  g_assert_false (duo_rtx_throttle_allow (&throttle, 7, PACKET, 1799 * MS));
}

/* Sequence number 0 is one like any other, also on a fresh throttle and after it has wrapped. */
static void
test_first_number (void)
{
  DuoRtxThrottle throttle;

  duo_rtx_throttle_init (&throttle, BITRATE, 0);
  g_assert_true (duo_rtx_throttle_allow (&throttle, 0, PACKET, 0));
  g_assert_true (duo_rtx_throttle_allow (&throttle, G_MAXUINT16, PACKET, 1 * MS));
  g_assert_false (duo_rtx_throttle_allow (&throttle, 0, PACKET, 2 * MS));
}

/* What was refused for want of credit is not remembered as answered. */
static void
test_refused_is_no_answer (void)
{
  DuoRtxThrottle throttle;

  duo_rtx_throttle_init (&throttle, BITRATE, 0);
  for (guint16 i = 0; i < 12; i++)
    g_assert_true (duo_rtx_throttle_allow (&throttle, i, PACKET, 0));
  g_assert_false (duo_rtx_throttle_allow (&throttle, 100, PACKET, 0));
  g_assert_true (duo_rtx_throttle_allow (&throttle, 100, PACKET, 100 * MS));
}

/* A clock that stands still or runs back gives no credit. */
static void
test_clock (void)
{
  DuoRtxThrottle throttle;

  duo_rtx_throttle_init (&throttle, BITRATE, 1000 * MS);
  for (guint16 i = 0; i < 12; i++)
    g_assert_true (duo_rtx_throttle_allow (&throttle, i, PACKET, 1000 * MS));
  g_assert_false (duo_rtx_throttle_allow (&throttle, 100, PACKET, 1000 * MS));
  g_assert_false (duo_rtx_throttle_allow (&throttle, 101, PACKET, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rtc/rtx-throttle/burst", test_burst);
  g_test_add_func ("/rtc/rtx-throttle/storm", test_storm);
  g_test_add_func ("/rtc/rtx-throttle/repeats", test_repeats);
  g_test_add_func ("/rtc/rtx-throttle/first-number", test_first_number);
  g_test_add_func ("/rtc/rtx-throttle/refused-is-no-answer", test_refused_is_no_answer);
  g_test_add_func ("/rtc/rtx-throttle/clock", test_clock);

  return g_test_run ();
}
