/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "duo-epoch.h"

#define SECOND G_USEC_PER_SEC

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

  duo_epoch_reset (&epoch, 1001);
  g_assert_true (duo_epoch_may_start (&epoch, 1001));
}

/* A peer without epochs may begin anew at once, but not for ever. */
static void
test_renew (void)
{
  DuoEpoch epoch = { 0 };
  guint followed = 0;

  for (guint i = 1; i <= 100; i++) {
    duo_epoch_renew (&epoch, i);
    g_assert_cmpuint (epoch.current, ==, 0);
    g_assert_true (duo_epoch_may_start (&epoch, i));
    if (duo_epoch_follow (&epoch, 1, i))
      followed++;
  }
  g_assert_cmpuint (followed, >, 1);
  g_assert_cmpuint (followed, <, 20);

  duo_epoch_renew (&epoch, 60 * SECOND);
  g_assert_true (duo_epoch_follow (&epoch, 1, 60 * SECOND));
}

static void
test_over (void)
{
  static const struct {
    const char *name;
    DuoEpochLink link;
    gint64 age;
    gboolean due;
    gboolean over;
    gboolean up;
  } cases[] = {
    { "up", DUO_EPOCH_LINK_UP, 100 * G_USEC_PER_SEC, FALSE, FALSE },
    { "up again before its restart", DUO_EPOCH_LINK_UP, 3 * G_USEC_PER_SEC, TRUE, FALSE },
    { "up, and not wanted", DUO_EPOCH_LINK_UP, 2 * G_USEC_PER_SEC, TRUE, TRUE, TRUE },
    { "failed just now", DUO_EPOCH_LINK_NONE, G_USEC_PER_SEC, FALSE, FALSE },
    { "failed", DUO_EPOCH_LINK_NONE, 2 * G_USEC_PER_SEC, FALSE, TRUE },
    { "silent", DUO_EPOCH_LINK_SILENT, 100 * G_USEC_PER_SEC, FALSE, TRUE },
    { "on its way", DUO_EPOCH_LINK_CONNECTING, 7 * G_USEC_PER_SEC, FALSE, FALSE },
    { "on its way, and not wanted", DUO_EPOCH_LINK_CONNECTING, 2 * G_USEC_PER_SEC, TRUE, TRUE },
    { "on its way for too long", DUO_EPOCH_LINK_CONNECTING, 8 * G_USEC_PER_SEC, FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    DuoEpoch epoch = { .current = 1, .started_at = 1000, .due = cases[i].due, .up = cases[i].up };

    g_test_message ("%s", cases[i].name);
    g_assert_cmpint (duo_epoch_is_over (&epoch, cases[i].link, 1000 + cases[i].age),
                     ==,
                     cases[i].over);
    g_assert_cmpint (epoch.up, ==, cases[i].link == DUO_EPOCH_LINK_UP);
  }
}

static void
test_follow (void)
{
  DuoEpoch epoch = { 0 };

  g_assert_true (duo_epoch_follow (&epoch, 1, SECOND));
  g_assert_false (duo_epoch_follow (&epoch, 1, SECOND));
  g_assert_cmpuint (epoch.current, ==, 1);

  for (guint64 i = 2; i <= 8; i++)
    g_assert_true (duo_epoch_follow (&epoch, i, SECOND));
  g_assert_false (duo_epoch_follow (&epoch, 9, 11 * SECOND - 1));
  g_assert_cmpuint (epoch.current, ==, 8);
  g_assert_true (duo_epoch_follow (&epoch, 9, 11 * SECOND));
}

static void
test_want (void)
{
  DuoEpoch epoch = { .current = 1, .started_at = 1000 };

  /* Wanted for want of a connection: not any more when there is one. */
  duo_epoch_want (&epoch, DUO_EPOCH_LINK_CONNECTING);
  g_assert_false (duo_epoch_is_over (&epoch, DUO_EPOCH_LINK_UP, 3 * G_USEC_PER_SEC));
  g_assert_false (duo_epoch_is_over (&epoch, DUO_EPOCH_LINK_UP, 4 * G_USEC_PER_SEC));

  /* Wanted in spite of one, as when the other asks for it. */
  duo_epoch_want (&epoch, DUO_EPOCH_LINK_UP);
  g_assert_true (duo_epoch_is_over (&epoch, DUO_EPOCH_LINK_UP, 5 * G_USEC_PER_SEC));
  duo_epoch_start (&epoch, 5 * G_USEC_PER_SEC);
  g_assert_false (duo_epoch_is_over (&epoch, DUO_EPOCH_LINK_UP, 9 * G_USEC_PER_SEC));
}

static void
test_ask (void)
{
  DuoEpoch epoch = { .current = 3, .heard = 4 };

  g_assert_cmpuint (duo_epoch_ask (&epoch, 1000), ==, 5);
  g_assert_cmpuint (duo_epoch_ask (&epoch, 1000 + DUO_EPOCH_ATTEMPT - 1), ==, 0);
  g_assert_cmpuint (duo_epoch_ask (&epoch, 1000 + DUO_EPOCH_ATTEMPT), ==, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/epoch/judge", test_judge);
  g_test_add_func ("/epoch/start", test_start);
  g_test_add_func ("/epoch/interval", test_interval);
  g_test_add_func ("/epoch/renew", test_renew);
  g_test_add_func ("/epoch/over", test_over);
  g_test_add_func ("/epoch/follow", test_follow);
  g_test_add_func ("/epoch/want", test_want);
  g_test_add_func ("/epoch/ask", test_ask);

  return g_test_run ();
}
