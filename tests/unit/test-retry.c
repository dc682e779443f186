/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-backoff.h"
#include "duo-close-policy.h"

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry/backoff", test_backoff);
  g_test_add_func ("/retry/close-policy", test_close_policy);

  return g_test_run ();
}
