/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "call-ends.h"
#include "duo-epoch.h"
#include "duo-safety.h"
#include "hostile-peer.h"

typedef struct {
  CallEnds ends;
  HostilePeer *peer;
} Hostile;

static void
come (Hostile *hostile, gconstpointer data)
{
  hostile->peer = hostile_peer_new (hostile->ends.link, data);
  /* It answers the hello of whoever comes. Its own, to nobody, would not show it to anybody. */
  while (duo_room_client_get_state (hostile->peer->client) != DUO_ROOM_CLIENT_JOINED)
    g_main_context_iteration (NULL, TRUE);
}

static void
hostile_set_up (Hostile *hostile, gconstpointer data)
{
  call_ends_set_up (&hostile->ends, NULL);
  come (hostile, data);
}

static void
hostile_set_up_open_room (Hostile *hostile, gconstpointer data)
{
  call_ends_set_up (&hostile->ends, NULL);
  call_ends_set_open_room (&hostile->ends);
  come (hostile, data);
}

static void
hostile_tear_down (Hostile *hostile, gconstpointer data)
{
  hostile_peer_free (hostile->peer);
  call_ends_tear_down (&hostile->ends, NULL);
}

static CallEnd *
join (Hostile *hostile)
{
  CallEnd *end = &hostile->ends.ends[0];

  call_end_start (&hostile->ends, end, "Ada");
  duo_call_join (end->call);

  return end;
}

static void
wait_offers (Hostile *hostile, guint count)
{
  gint64 deadline = g_get_monotonic_time () + LIMIT;

  while (hostile->peer->offers < count && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (hostile->peer->offers, >=, count);
}

/* The way of the tests below works at all. */
static void
test_honest (Hostile *hostile, gconstpointer data)
{
  CallEnd *end = join (hostile);

  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
  g_assert_cmpint (duo_call_get_safety (end->call), ==, DUO_CALL_SAFETY_EMOJI);
}

static void
test_fingerprint (Hostile *hostile, gconstpointer data)
{
  CallEnd *end = join (hostile);
  gint64 deadline = g_get_monotonic_time () + LIMIT;

  hostile->peer->altered = TRUE;
  call_assert_state (end, DUO_CALL_STATE_ENDED);
  g_assert_cmpint (duo_call_get_end_reason (end->call), ==, DUO_CALL_END_FINGERPRINT);
  g_assert_cmpint (g_atomic_int_get (&end->frames), ==, 0);
  g_assert_cmpint (duo_call_get_duration (end->call), ==, 0);
  g_assert_cmpint (duo_call_get_safety (end->call), ==, DUO_CALL_SAFETY_NONE);

  while (hostile->peer->byes == 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (hostile->peer->byes, ==, 1);
  g_assert_cmpint (hostile->peer->bye, ==, DUO_BYE_FAILED);
}

/* The answerer asks for another connection, and gets it; no sooner than the limit allows. */
static void
test_restart (Hostile *hostile, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();
  CallEnd *end = join (hostile);
  DuoPeerMessage *message;

  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
  for (guint64 epoch = 2; epoch < 30; epoch++) {
    message = duo_peer_message_new (DUO_PEER_MESSAGE_RESTART);
    message->epoch = epoch;
    hostile_peer_send (hostile->peer, message);
  }
  wait_offers (hostile, 2);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, DUO_EPOCH_RESTART_INTERVAL);
  g_assert_cmpuint (hostile->peer->offers, ==, 2);
  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
}

/* A call to everybody has been heard, and a hello comes: another connection, and not to be taken
 * for the first. */
static void
test_late_hello (Hostile *hostile, gconstpointer data)
{
  CallEnd *end;

  hostile->peer->late = TRUE;
  end = join (hostile);
  call_assert_state (end, DUO_CALL_STATE_WAITING);
  duo_call_ring (end->call);
  wait_offers (hostile, 2);
  g_assert_cmpuint (hostile->peer->epoch, ==, 2);
  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
}

static void
wait_resume_key (Hostile *hostile)
{
  gint64 deadline = g_get_monotonic_time () + LIMIT;

  while (hostile->peer->resume_key == NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (hostile->peer->resume_key);
}

/* What was compared stays with whoever can prove to be the same, and with nobody else. */
static void
test_verified (Hostile *hostile, HostileResume resume, gboolean kept)
{
  CallEnd *end = join (hostile);
  DuoPeerMessage *message = NULL;
  guint before[4];
  guint after[4];

  hostile->peer->resume = resume;
  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
  g_assert_false (duo_call_get_flag (end->call, "verified"));
  g_object_set (end->call, "verified", TRUE, NULL);
  g_assert_true (duo_call_get_flag (end->call, "verified"));
  g_assert_true (duo_call_get_safety_emoji (end->call, before));
  wait_resume_key (hostile);

  message = duo_peer_message_new (DUO_PEER_MESSAGE_RESTART);
  message->epoch = 2;
  hostile_peer_send (hostile->peer, message);
  wait_offers (hostile, 2);
  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
  g_assert_cmpint (duo_call_get_flag (end->call, "verified"), ==, kept);
  g_assert_cmpint (duo_call_get_flag (end->call, "verification-lost"), ==, !kept);
  g_assert_true (duo_call_get_safety_emoji (end->call, after));
  if (kept)
    g_assert_cmpmem (before, sizeof before, after, sizeof after);

  /* It can be compared again. */
  g_object_set (end->call, "verified", TRUE, NULL);
  g_assert_true (duo_call_get_flag (end->call, "verified"));
  g_assert_false (duo_call_get_flag (end->call, "verification-lost"));
}

static void
test_verified_kept (Hostile *hostile, gconstpointer data)
{
  test_verified (hostile, HOSTILE_RESUME_RIGHT, TRUE);
}

static void
test_verified_missing (Hostile *hostile, gconstpointer data)
{
  test_verified (hostile, HOSTILE_RESUME_MISSING, FALSE);
}

static void
test_verified_wrong (Hostile *hostile, gconstpointer data)
{
  test_verified (hostile, HOSTILE_RESUME_WRONG, FALSE);
}

/* Nobody is shown who does not take part. */
static void
test_silent (Hostile *hostile, gconstpointer data)
{
  CallEnd *end;

  hostile->peer->mute = TRUE;
  end = join (hostile);
  wait_offers (hostile, 1);
  g_assert_cmpint (duo_call_get_state (end->call), ==, DUO_CALL_STATE_CONNECTING);
  duo_call_hang_up (end->call);
}

static void
on_offer (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Hostile *hostile = user_data;
  g_autoptr (GError) error = NULL;
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_OFFER);

  message->sdp =
    duo_peer_connection_create_offer_finish (DUO_PEER_CONNECTION (object), result, &error);
  g_assert_no_error (error);
  message->epoch = 1;
  message->commit = duo_safety_commit (hostile->peer->nonce);
  hostile_peer_send (hostile->peer, message);
}

/* An offerer that reveals another nonce than it had committed to. */
static void
test_reveal (Hostile *hostile, gconstpointer data)
{
  CallEnd *end = join (hostile);
  DuoPeerMessage *message;

  call_assert_state (end, DUO_CALL_STATE_CONNECTING);
  hostile->peer->connection =
    duo_peer_factory_create (hostile->peer->factory, 1, TRUE, FALSE, NULL);
  duo_peer_connection_create_offer_async (hostile->peer->connection, NULL, on_offer, hostile);
  while (hostile->peer->answers == 0)
    g_main_context_iteration (NULL, TRUE);

  message = duo_peer_message_new (DUO_PEER_MESSAGE_REVEAL);
  message->epoch = 1;
  message->nonce = duo_safety_nonce (NULL);
  hostile_peer_send (hostile->peer, message);
  call_assert_state (end, DUO_CALL_STATE_ENDED);
  g_assert_cmpint (duo_call_get_end_reason (end->call), ==, DUO_CALL_END_VERIFICATION);
  g_assert_cmpint (g_atomic_int_get (&end->frames), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

#define ADD(path, peer_id, function)                                                               \
  g_test_add (path, Hostile, peer_id, hostile_set_up, function, hostile_tear_down)

  ADD ("/call-hostile/honest", HOSTILE_PEER_LOWEST, test_honest);
  ADD ("/call-hostile/fingerprint", HOSTILE_PEER_LOWEST, test_fingerprint);
  ADD ("/call-hostile/restart", HOSTILE_PEER_LOWEST, test_restart);
  ADD ("/call-hostile/verified/kept", HOSTILE_PEER_LOWEST, test_verified_kept);
  ADD ("/call-hostile/verified/missing", HOSTILE_PEER_LOWEST, test_verified_missing);
  ADD ("/call-hostile/verified/wrong", HOSTILE_PEER_LOWEST, test_verified_wrong);
  ADD ("/call-hostile/silent", HOSTILE_PEER_LOWEST, test_silent);
  ADD ("/call-hostile/reveal", HOSTILE_PEER_HIGHEST, test_reveal);
  g_test_add ("/call-hostile/late-hello",
              Hostile,
              HOSTILE_PEER_LOWEST,
              hostile_set_up_open_room,
              test_late_hello,
              hostile_tear_down);

  return g_test_run ();
}
