/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-encoder-load.h"

#define MS G_TIME_SPAN_MILLISECOND

/* Encodes frames for a while, and tells whether the last of them was to be done cheaply. */
static gboolean
encode (DuoEncoderLoad *load, gint64 *now, guint frames, gint64 spent, gint64 interval)
{
  gboolean busy = FALSE;

  for (guint i = 0; i < frames; i++) {
    busy = duo_encoder_load_begin (load, *now);
    duo_encoder_load_end (load, *now + spent);
    *now += interval;
  }
  return busy;
}

static void
test_slow (void)
{
  DuoEncoderLoad load = { 0 };
  gint64 now = 5000 * MS;

  g_assert_false (encode (&load, &now, 300, 3 * MS, 33 * MS));
  g_assert_true (encode (&load, &now, 90, 8 * MS, 33 * MS));
}

/* Three quarters of the time, as the cheap way takes, is no reason to go back to the good one. */
static void
test_stays (void)
{
  DuoEncoderLoad load = { 0 };
  gint64 now = 5000 * MS;

  g_assert_true (encode (&load, &now, 300, 5 * MS, 33 * MS));
  g_assert_true (encode (&load, &now, 3000, 4 * MS, 33 * MS));
  g_assert_true (encode (&load, &now, 3000, 3 * MS, 33 * MS));
  g_assert_false (encode (&load, &now, 90, 1 * MS, 33 * MS));
}

/* A key frame, or a moment without the processor, changes nothing. */
static void
test_moment (void)
{
  DuoEncoderLoad load = { 0 };
  gint64 now = 5000 * MS;

  g_assert_false (encode (&load, &now, 1, 40 * MS, 50 * MS));
  g_assert_false (encode (&load, &now, 100, 2 * MS, 33 * MS));
  g_assert_false (encode (&load, &now, 1, 500 * MS, 500 * MS));
  g_assert_false (encode (&load, &now, 2, 2 * MS, 33 * MS));
}

/* Fewer frames leave more time for each. */
static void
test_few_frames (void)
{
  DuoEncoderLoad load = { 0 };
  gint64 now = 5000 * MS;

  g_assert_false (encode (&load, &now, 300, 8 * MS, 200 * MS));
}

/* What was dropped by the encoder took no time; a clock that stands still does no harm. */
static void
test_odd_times (void)
{
  DuoEncoderLoad load = { 0 };

  for (guint i = 0; i < 300; i++)
    g_assert_false (duo_encoder_load_begin (&load, 0));
  for (guint i = 0; i < 300; i++) {
    duo_encoder_load_begin (&load, 7);
    duo_encoder_load_end (&load, 7);
  }
  g_assert_false (duo_encoder_load_begin (&load, 7));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/media/encoder-load/slow", test_slow);
  g_test_add_func ("/media/encoder-load/stays", test_stays);
  g_test_add_func ("/media/encoder-load/moment", test_moment);
  g_test_add_func ("/media/encoder-load/few-frames", test_few_frames);
  g_test_add_func ("/media/encoder-load/odd-times", test_odd_times);

  return g_test_run ();
}
