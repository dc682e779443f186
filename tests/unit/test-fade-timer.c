/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-fade-timer.h"

#define DELAY 60

static void
run_until_hidden (DuoFadeTimer *timer)
{
  while (duo_fade_timer_get_shown (timer))
    g_main_context_iteration (NULL, TRUE);
}

static gint64
milliseconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000;
}

static void
stop_cb (gpointer stop)
{
  *(gboolean *) stop = TRUE;
}

static void
run_for (guint milliseconds)
{
  gboolean stop = FALSE;

  g_timeout_add_once (milliseconds, stop_cb, &stop);
  while (!stop)
    g_main_context_iteration (NULL, TRUE);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_fades (void)
{
  g_autoptr (DuoFadeTimer) timer = duo_fade_timer_new (DELAY);
  guint notifications = 0;
  gint64 start = g_get_monotonic_time ();

  g_signal_connect_swapped (timer, "notify::shown", G_CALLBACK (count_cb), &notifications);
  duo_fade_timer_set_held (timer, FALSE);
  run_until_hidden (timer);
  g_assert_cmpint (milliseconds_since (start), >=, DELAY);
  g_assert_cmpuint (notifications, ==, 1);

  start = g_get_monotonic_time ();
  duo_fade_timer_poke (timer);
  g_assert_true (duo_fade_timer_get_shown (timer));
  run_until_hidden (timer);
  g_assert_cmpint (milliseconds_since (start), >=, DELAY);
  g_assert_cmpuint (notifications, ==, 3);
  g_assert_finalize_object (g_steal_pointer (&timer));
}

/* The delay counts from the last sign of life, not from the first. */
static void
test_last_poke_counts (void)
{
  g_autoptr (DuoFadeTimer) timer = duo_fade_timer_new (DELAY);
  gint64 start = 0;

  duo_fade_timer_set_held (timer, FALSE);
  for (int i = 0; i < 6; i++) {
    run_for (DELAY / 4);
    start = g_get_monotonic_time ();
    duo_fade_timer_poke (timer);
  }
  g_assert_true (duo_fade_timer_get_shown (timer));
  run_until_hidden (timer);
  g_assert_cmpint (milliseconds_since (start), >=, DELAY);
}

static void
test_held (void)
{
  g_autoptr (DuoFadeTimer) timer = duo_fade_timer_new (DELAY);

  run_for (DELAY * 2);
  g_assert_true (duo_fade_timer_get_shown (timer));

  duo_fade_timer_set_held (timer, FALSE);
  run_until_hidden (timer);
  duo_fade_timer_set_held (timer, TRUE);
  g_assert_true (duo_fade_timer_get_shown (timer));
  run_for (DELAY * 2);
  g_assert_true (duo_fade_timer_get_shown (timer));

  duo_fade_timer_set_held (timer, FALSE);
  g_assert_finalize_object (g_steal_pointer (&timer));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fade-timer/fades", test_fades);
  g_test_add_func ("/fade-timer/last-poke-counts", test_last_poke_counts);
  g_test_add_func ("/fade-timer/held", test_held);

  return g_test_run ();
}
