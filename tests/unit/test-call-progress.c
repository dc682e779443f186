/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "duo-call-progress.h"

#define SECOND G_USEC_PER_SEC

static DuoCallProgress *
connected_at (gint64 now)
{
  static const DuoCallEvent way[] = { DUO_CALL_EVENT_JOIN,
                                      DUO_CALL_EVENT_KEYS,
                                      DUO_CALL_EVENT_ROOM,
                                      DUO_CALL_EVENT_PEER,
                                      DUO_CALL_EVENT_CONNECTED };
  DuoCallProgress *progress = duo_call_progress_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
    duo_call_progress_handle (progress, way[i], now);
  g_assert_cmpint (duo_call_progress_get_state (progress), ==, DUO_CALL_STATE_CONNECTED);

  return progress;
}

static gboolean
can_give_up (DuoCallProgress *progress)
{
  gboolean value;

  g_object_get (progress, "can-give-up", &value, NULL);

  return value;
}

static void
test_duration (void)
{
  DuoCallProgress *progress = connected_at (10 * SECOND);

  g_assert_cmpint (duo_call_progress_get_duration (progress, 12 * SECOND), ==, 2 * SECOND);

  /* A call that is connected again has not begun again. */
  duo_call_progress_handle (progress, DUO_CALL_EVENT_LOST, 13 * SECOND);
  duo_call_progress_handle (progress, DUO_CALL_EVENT_CONNECTED, 14 * SECOND);
  g_assert_cmpint (duo_call_progress_get_duration (progress, 15 * SECOND), ==, 5 * SECOND);

  g_assert_true (duo_call_progress_end (progress, DUO_CALL_END_LEFT, NULL, 16 * SECOND));
  g_assert_cmpint (duo_call_progress_get_duration (progress, 99 * SECOND), ==, 6 * SECOND);
  g_assert_finalize_object (progress);
}

static void
test_give_up (void)
{
  DuoCallProgress *progress = connected_at (SECOND);

  g_assert_false (duo_call_progress_judge (progress, 0, 100 * SECOND));
  duo_call_progress_handle (progress, DUO_CALL_EVENT_LOST, 104 * SECOND);
  g_assert_false (duo_call_progress_judge (progress, 100 * SECOND, 108 * SECOND));
  g_assert_false (can_give_up (progress));
  g_assert_false (duo_call_progress_judge (progress, 100 * SECOND, 110 * SECOND));
  g_assert_true (can_give_up (progress));

  duo_call_progress_handle (progress, DUO_CALL_EVENT_CONNECTED, 120 * SECOND);
  g_assert_false (can_give_up (progress));

  duo_call_progress_handle (progress, DUO_CALL_EVENT_LOST, 124 * SECOND);
  g_assert_true (duo_call_progress_judge (progress, 120 * SECOND, 180 * SECOND));
  g_assert_finalize_object (progress);
}

/* A connection that never comes up is not waited for longer than one that is lost. */
static void
test_never_connected (void)
{
  DuoCallProgress *progress = duo_call_progress_new ();

  duo_call_progress_handle (progress, DUO_CALL_EVENT_JOIN, SECOND);
  duo_call_progress_handle (progress, DUO_CALL_EVENT_KEYS, SECOND);
  g_assert_false (duo_call_progress_judge (progress, 0, 1000 * SECOND));
  duo_call_progress_handle (progress, DUO_CALL_EVENT_ROOM, 1000 * SECOND);
  g_assert_false (duo_call_progress_judge (progress, 0, 2000 * SECOND));
  duo_call_progress_handle (progress, DUO_CALL_EVENT_PEER, 2000 * SECOND);
  g_assert_false (duo_call_progress_judge (progress, 0, 2059 * SECOND));
  g_assert_false (can_give_up (progress));
  g_assert_true (duo_call_progress_judge (progress, 0, 2060 * SECOND));
  g_assert_finalize_object (progress);
}

static void
test_end (void)
{
  DuoCallProgress *progress = duo_call_progress_new ();
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "Why");

  g_assert_true (duo_call_progress_end (progress, DUO_CALL_END_FAILED, error, SECOND));
  g_assert_false (duo_call_progress_end (progress, DUO_CALL_END_LEFT, NULL, SECOND));
  g_assert_cmpint (duo_call_progress_get_end_reason (progress), ==, DUO_CALL_END_FAILED);
  g_assert_error (duo_call_progress_get_error (progress), G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (duo_call_progress_get_duration (progress, SECOND), ==, 0);

  g_test_expect_message ("duo-call", G_LOG_LEVEL_WARNING, "No way from ended by event*");
  duo_call_progress_handle (progress, DUO_CALL_EVENT_CONNECTED, SECOND);
  g_test_assert_expected_messages ();
  g_assert_cmpint (duo_call_progress_get_state (progress), ==, DUO_CALL_STATE_ENDED);
  g_assert_finalize_object (progress);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-progress/duration", test_duration);
  g_test_add_func ("/call-progress/give-up", test_give_up);
  g_test_add_func ("/call-progress/never-connected", test_never_connected);
  g_test_add_func ("/call-progress/end", test_end);

  return g_test_run ();
}
