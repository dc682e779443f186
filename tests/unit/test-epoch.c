/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "duo-epoch.h"

static void
test_judge (void)
{
  static const struct {
    guint64 current;
    guint64 received;
    DuoEpochVerdict verdict;
  } cases[] = {
    { 0, 0, DUO_EPOCH_STALE },
    { 0, 1, DUO_EPOCH_NEWER },
    { 1, 1, DUO_EPOCH_SAME },
    { 3, 2, DUO_EPOCH_STALE },
    { 3, 4, DUO_EPOCH_NEWER },
    { 3, 9, DUO_EPOCH_NEWER },
    { 3, 1027, DUO_EPOCH_NEWER },
    { 3, 1028, DUO_EPOCH_STALE },
    { 3, G_GUINT64_CONSTANT (9007199254740991), DUO_EPOCH_STALE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    DuoEpoch epoch = { .current = cases[i].current };

    g_test_message ("%" G_GSIZE_FORMAT, i);
    g_assert_cmpint (duo_epoch_judge (&epoch, cases[i].received), ==, cases[i].verdict);
  }
}

static void
test_start (void)
{
  static const struct {
    guint64 current;
    guint64 heard;
    guint64 next;
  } cases[] = {
    { 0, 0, 1 }, { 1, 0, 2 }, { 1, 1, 2 },
    { 2, 5, 6 }, { 5, 2, 6 }, { 1, 5000, 2 }, /* out of bounds, so never heard */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    DuoEpoch epoch = { .current = cases[i].current };

    g_test_message ("%" G_GSIZE_FORMAT, i);
    duo_epoch_hear (&epoch, cases[i].heard);
    g_assert_cmpuint (duo_epoch_start (&epoch, 7), ==, cases[i].next);
    g_assert_cmpuint (epoch.current, ==, cases[i].next);
    g_assert_cmpint (epoch.started_at, ==, 7);
  }
}

static void
test_interval (void)
{
  DuoEpoch epoch = { 0 };

  g_assert_true (duo_epoch_may_start (&epoch, 1));
  duo_epoch_start (&epoch, 1000);
  g_assert_false (duo_epoch_may_start (&epoch, 1000));
  g_assert_false (duo_epoch_may_start (&epoch, 1000 + DUO_EPOCH_RESTART_INTERVAL - 1));
  g_assert_true (duo_epoch_may_start (&epoch, 1000 + DUO_EPOCH_RESTART_INTERVAL));

  duo_epoch_reset (&epoch);
  g_assert_true (duo_epoch_may_start (&epoch, 1001));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/epoch/judge", test_judge);
  g_test_add_func ("/epoch/start", test_start);
  g_test_add_func ("/epoch/interval", test_interval);

  return g_test_run ();
}
