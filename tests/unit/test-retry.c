/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-backoff.h"
#include "duo-close-policy.h"
#include "duo-frame-queue.h"
#include "duo-retry-plan.h"

static void
test_backoff (void)
{
  static const guint longest[] = { 250, 500, 1000, 2000, 4000, 8000, 10000, 10000, 10000 };
  DuoBackoff low = { 0 }, high = { 0 }, wild = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (longest); i++) {
    g_assert_cmpuint (duo_backoff_next (&low, 0.0), ==, longest[i] / 2);
    g_assert_cmpuint (duo_backoff_next (&high, 1.0), ==, longest[i]);
  }

  duo_backoff_reset (&high);
  g_assert_cmpuint (duo_backoff_next (&high, 0.5), ==, 187);

  wild.attempts = G_MAXUINT;
  g_assert_cmpuint (duo_backoff_next (&wild, 7.0), ==, DUO_BACKOFF_LIMIT);
  g_assert_cmpuint (duo_backoff_next (&wild, -7.0), ==, DUO_BACKOFF_LIMIT / 2);
}

static const struct {
  guint code;
  DuoCloseAction action;
  DuoRoomCloseReason reason;
} closes[] = {
  { 0, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 1000, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 1001, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 1002, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 1006, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 1013, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 1015, DUO_CLOSE_ACTION_STOP_UNLESS_KNOWN, DUO_ROOM_CLOSE_UNTRUSTED },
  { 3999, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 4000, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_MALFORMED },
  { 4001, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_TAKEN_OVER },
  { 4002, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 4003, DUO_CLOSE_ACTION_RETRY_FULL, DUO_ROOM_CLOSE_FULL },
  { 4004, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_EXPIRED },
  { 4005, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 4006, DUO_CLOSE_ACTION_RETRY_LATER, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 4008, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_TOO_FAST },
  { 4999, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 5000, DUO_CLOSE_ACTION_RETRY, DUO_ROOM_CLOSE_NOT_ALLOWED },
};

static void
test_close_policy (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (closes); i++) {
    DuoRoomCloseReason reason;

    g_test_message ("%u", closes[i].code);
    g_assert_cmpint (duo_close_policy_decide (closes[i].code, &reason), ==, closes[i].action);
    g_assert_cmpint (reason, ==, closes[i].reason);
  }
}

#define SECOND G_USEC_PER_SEC

static int
next (DuoRetryPlan *plan, guint code, gint64 lasted, gint64 now)
{
  DuoRoomCloseReason reason;

  return duo_retry_plan_next (plan, code, lasted, now, 1.0, &reason);
}

static void
test_plan (void)
{
  DuoRetryPlan plan;

  duo_retry_plan_init (&plan);
  g_assert_cmpint (next (&plan, 1006, 0, SECOND), ==, 250);
  g_assert_cmpint (next (&plan, 1006, 0, SECOND), ==, 500);

  /* Only a connection that held starts again with short delays; so does a new network. */
  g_assert_cmpint (next (&plan, 1001, 4 * SECOND, SECOND), ==, 1000);
  g_assert_cmpint (next (&plan, 1001, 5 * SECOND, SECOND), ==, 250);
  g_assert_cmpint (next (&plan, 1006, 0, SECOND), ==, 500);
  duo_retry_plan_hurry (&plan);
  g_assert_cmpint (next (&plan, 1006, 0, SECOND), ==, 250);

  g_assert_cmpint (next (&plan, 4006, 0, SECOND), ==, 5000);
  g_assert_cmpint (next (&plan, 4006, 0, 999 * SECOND), ==, 5000);
  g_assert_cmpint (duo_retry_plan_get_obstacle (&plan), ==, DUO_ROOM_OBSTACLE_NOT_STARTED);
  g_assert_cmpint (next (&plan, 1006, 0, SECOND), ==, 500);
  g_assert_cmpint (duo_retry_plan_get_obstacle (&plan), ==, DUO_ROOM_OBSTACLE_NOT_STARTED);
  g_assert_cmpint (next (&plan, 4003, 0, SECOND), ==, 2000);
  g_assert_cmpint (duo_retry_plan_get_obstacle (&plan), ==, DUO_ROOM_OBSTACLE_FULL);
  g_assert_cmpint (next (&plan, 4006, 0, SECOND), ==, 5000);
  g_assert_cmpint (duo_retry_plan_get_obstacle (&plan), ==, DUO_ROOM_OBSTACLE_NOT_STARTED);
  duo_retry_plan_note_welcome (&plan);
  g_assert_cmpint (duo_retry_plan_get_obstacle (&plan), ==, DUO_ROOM_OBSTACLE_NONE);
  g_assert_cmpint (next (&plan, 4004, 0, SECOND), <, 0);
}

/* A certificate that is not trusted is the end, but where a better one was seen before. */
static void
test_plan_untrusted (void)
{
  DuoRetryPlan plan;

  duo_retry_plan_init (&plan);
  g_assert_cmpint (next (&plan, 1006, 0, SECOND), ==, 250);
  g_assert_cmpint (next (&plan, 1015, 0, SECOND), <, 0);
  g_assert_cmpint (next (&plan, 1006, 1, SECOND), ==, 500);
  g_assert_cmpint (next (&plan, 1015, 0, SECOND), ==, 1000);
}

static void
test_plan_full (void)
{
  DuoRetryPlan plan;

  duo_retry_plan_init (&plan);
  g_assert_cmpint (next (&plan, 4003, 0, 10 * SECOND), ==, 2000);
  g_assert_cmpint (duo_retry_plan_get_obstacle (&plan), ==, DUO_ROOM_OBSTACLE_FULL);
  g_assert_cmpint (next (&plan, 1006, 0, 11 * SECOND), ==, 250);
  g_assert_cmpint (next (&plan, 4003, 0, 69 * SECOND), ==, 1000);
  g_assert_cmpint (next (&plan, 4003, 0, 70 * SECOND), <, 0);

  duo_retry_plan_note_welcome (&plan);
  g_assert_cmpint (duo_retry_plan_get_obstacle (&plan), ==, DUO_ROOM_OBSTACLE_NONE);
  g_assert_cmpint (next (&plan, 4003, 0, 99 * SECOND), ==, 2000);
}

static void
test_frame_queue (void)
{
  DuoFrameQueue queue = { 0 };
  g_autofree char *oldest = NULL;
  g_autofree char *only = NULL;

  g_assert_true (duo_frame_queue_is_empty (&queue));
  g_assert_null (duo_frame_queue_pop (&queue));

  for (guint i = 0; i < 200; i++)
    duo_frame_queue_push (&queue, g_strdup_printf ("%u", i));
  oldest = duo_frame_queue_pop (&queue);
  g_assert_cmpstr (oldest, ==, "72");

  duo_frame_queue_clear (&queue);
  g_assert_true (duo_frame_queue_is_empty (&queue));

  /* Large frames push the older ones out sooner, but never themselves. */
  for (guint i = 0; i < 3; i++)
    duo_frame_queue_push (&queue, g_strnfill (200 * 1024, (char) ('a' + i)));
  only = duo_frame_queue_pop (&queue);
  g_assert_cmpint (only[0], ==, 'c');
  g_assert_true (duo_frame_queue_is_empty (&queue));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry/backoff", test_backoff);
  g_test_add_func ("/retry/close-policy", test_close_policy);
  g_test_add_func ("/retry/plan", test_plan);
  g_test_add_func ("/retry/plan-untrusted", test_plan_untrusted);
  g_test_add_func ("/retry/plan-full", test_plan_full);
  g_test_add_func ("/retry/frame-queue", test_frame_queue);

  return g_test_run ();
}
