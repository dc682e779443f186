/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "call-ends.h"
#include "plain-peer.h"

/* Calls with a plain web client in an open room. */

typedef struct {
  CallEnds ends;
  CallEnd *end;
  PlainPeer *peer;
} Plain;

static void
set_up (Plain *plain, gconstpointer data)
{
  call_ends_set_up (&plain->ends, NULL);
  call_ends_set_open_room (&plain->ends);
  plain->end = &plain->ends.ends[0];
  plain->peer = plain_peer_new (plain->ends.port);
  call_end_start (&plain->ends, plain->end, "Ada");
  duo_call_join (plain->end->call);
  call_assert_state (plain->end, DUO_CALL_STATE_WAITING);
}

static void
tear_down (Plain *plain, gconstpointer data)
{
  plain_peer_free (plain->peer);
  call_ends_tear_down (&plain->ends, NULL);
}

static void
assert_talking (Plain *plain)
{
  g_autofree char *name = NULL;

  call_assert_state (plain->end, DUO_CALL_STATE_CONNECTED);
  g_assert_true (call_wait_frames (plain->end, 10));
  name = duo_call_dup_remote_name (plain->end->call);
  g_assert_cmpstr (name, ==, "");
  g_assert_false (duo_call_get_flag (plain->end->call, "remote-browser"));
  g_assert_false (duo_call_get_flag (plain->end->call, "ringing"));
  g_assert_cmpint (duo_call_get_safety (plain->end->call), ==, DUO_CALL_SAFETY_UNVERIFIABLE);
}

/* Runs the main context until the peer has got so many of something. */
static void
wait_count (const guint *count, guint least)
{
  gint64 deadline = g_get_monotonic_time () + LIMIT;

  while (*count < least && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (*count, >=, least);
}

/* Runs the main context for so long that what should not come would have come. */
static void
pass (gint64 time)
{
  gint64 deadline = g_get_monotonic_time () + time;

  while (g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_calls (Plain *plain, gconstpointer data)
{
  plain_peer_call (plain->peer);
  assert_talking (plain);
  g_assert_cmpuint (plain->peer->offers, ==, 0);
  g_assert_cmpuint (plain->peer->answers, ==, 1);

  /* A call does not disturb what there is. */
  duo_call_ring (plain->end->call);
  g_assert_false (duo_call_get_flag (plain->end->call, "ringing"));
}

static void
test_is_called (Plain *plain, gconstpointer data)
{
  duo_call_ring (plain->end->call);
  g_assert_true (duo_call_get_flag (plain->end->call, "ringing"));
  call_assert_state (plain->end, DUO_CALL_STATE_WAITING);
  duo_call_ring (plain->end->call);
  assert_talking (plain);
  g_assert_cmpuint (plain->peer->offers, ==, 1);
}

/* Who comes while it rings has not heard our offer. */
static void
test_comes_while_it_rings (Plain *plain, gconstpointer data)
{
  plain_peer_free (plain->peer);
  plain->peer = NULL;
  duo_call_ring (plain->end->call);
  g_assert_true (duo_call_get_flag (plain->end->call, "ringing"));
  pass (G_USEC_PER_SEC / 2);

  plain->peer = plain_peer_new (plain->ends.port);
  assert_talking (plain);
}

/* Theirs counts, whatever we have said. */
static void
test_offers_against_ours (Plain *plain, gconstpointer data)
{
  plain->peer->only_offers = TRUE;
  duo_call_ring (plain->end->call);
  wait_count (&plain->peer->offers, 1);
  plain_peer_call (plain->peer);
  assert_talking (plain);
  g_assert_cmpuint (plain->peer->offers, ==, 1);
}

/* Each drops its own offer for the other's. */
static void
test_both_give_way (Plain *plain, gconstpointer data)
{
  duo_call_ring (plain->end->call);
  plain_peer_call (plain->peer);
  assert_talking (plain);
}

static void
test_offers_again (Plain *plain, gconstpointer data)
{
  plain_peer_call (plain->peer);
  assert_talking (plain);
  plain_peer_call (plain->peer);
  wait_count (&plain->peer->answers, 2);
  assert_talking (plain);
  g_assert_cmpuint (plain->peer->answers, ==, 2);
}

/* The connection there is cannot be negotiated once more: it stays as it is. */
static void
test_renegotiates (Plain *plain, gconstpointer data)
{
  plain_peer_call (plain->peer);
  assert_talking (plain);
  plain_peer_repeat_offer (plain->peer);
  pass (G_USEC_PER_SEC / 2);
  assert_talking (plain);
  g_assert_cmpuint (plain->peer->answers, ==, 1);
}

/* An offer that cannot be taken is no end: ours may do. */
static void
test_offers_nonsense (Plain *plain, gconstpointer data)
{
  plain_peer_offer_nonsense (plain->peer);
  assert_talking (plain);
  g_assert_cmpuint (plain->peer->offers, >=, 1);
}

static void
test_leaves (Plain *plain, gconstpointer data)
{
  g_autofree char *name = NULL;

  plain_peer_call (plain->peer);
  assert_talking (plain);
  plain_peer_leave (plain->peer);
  call_assert_state (plain->end, DUO_CALL_STATE_WAITING);
  name = duo_call_dup_remote_name (plain->end->call);
  g_assert_null (name);

  /* There may be another. */
  plain_peer_free (plain->peer);
  plain->peer = plain_peer_new (plain->ends.port);
  plain_peer_call (plain->peer);
  assert_talking (plain);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

#define ADD(name, function) g_test_add (name, Plain, NULL, set_up, function, tear_down)
  ADD ("/call-plain/calls", test_calls);
  ADD ("/call-plain/is-called", test_is_called);
  ADD ("/call-plain/comes-while-it-rings", test_comes_while_it_rings);
  ADD ("/call-plain/offers-against-ours", test_offers_against_ours);
  ADD ("/call-plain/both-give-way", test_both_give_way);
  ADD ("/call-plain/offers-again", test_offers_again);
  ADD ("/call-plain/renegotiates", test_renegotiates);
  ADD ("/call-plain/offers-nonsense", test_offers_nonsense);
  ADD ("/call-plain/leaves", test_leaves);
#undef ADD

  return g_test_run ();
}
