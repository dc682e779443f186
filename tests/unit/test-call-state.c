/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "duo-call-state.h"

#define N_STATES (DUO_CALL_STATE_ENDED + 1)
#define N_EVENTS (DUO_CALL_EVENT_END + 1)

/* A dot is "no such edge"; the letters are the initials of the states, E for ended, N for
 * connecting, D for connected. */
static const char letters[N_STATES] = { 'I', 'P', 'J', 'W', 'N', 'D', 'R', 'E' };

static const char *const expected[N_STATES] = {
  /*                                join keys room peer gone alone conn lost end */
  [DUO_CALL_STATE_IDLE] = "P.......E",         /**/
  [DUO_CALL_STATE_PREPARING] = ".J......E",    /**/
  [DUO_CALL_STATE_JOINING] = "..WN....E",      /**/
  [DUO_CALL_STATE_WAITING] = "..WN....E",      /**/
  [DUO_CALL_STATE_CONNECTING] = "..NNWWDNE",   /**/
  [DUO_CALL_STATE_CONNECTED] = "..DR...RE",    /**/
  [DUO_CALL_STATE_RECONNECTING] = "..RRRWDRE", /**/
  [DUO_CALL_STATE_ENDED] = ".........",
};

static void
test_table (void)
{
  for (int state = 0; state < N_STATES; state++) {
    for (int event = 0; event < N_EVENTS; event++) {
      DuoCallState to = DUO_CALL_STATE_IDLE;
      char found = '.';

      if (duo_call_state_next (state, event, &to))
        found = letters[to];
      g_test_message ("%s, event %d", duo_enum_nick (DUO_TYPE_CALL_STATE, state), event);
      g_assert_cmpint (found, ==, expected[state][event]);
    }
  }
}

static void
test_nicks (void)
{
  g_assert_cmpstr (duo_enum_nick (DUO_TYPE_CALL_STATE, DUO_CALL_STATE_RECONNECTING),
                   ==,
                   "reconnecting");
  g_assert_cmpstr (duo_enum_nick (DUO_TYPE_CALL_END_REASON, DUO_CALL_END_REMOTE_LEFT),
                   ==,
                   "remote-left");
  g_assert_cmpstr (duo_enum_nick (DUO_TYPE_CALL_TROUBLE, 99), ==, "unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-state/table", test_table);
  g_test_add_func ("/call-state/nicks", test_nicks);

  return g_test_run ();
}
