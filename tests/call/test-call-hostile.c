/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "call-ends.h"
#include "duo-peer-message.h"
#include "duo-room-client.h"
#include "duo-room-keys.h"
#include "duo-safety.h"

/* Below every PEER that a session makes up, so that the session offers; above all, so that it does
 * not. */
#define LOWEST "----------------------"
#define HIGHEST "zzzzzzzzzzzzzzzzzzzzzz"

/* A participant that has the code, and does not keep to the rules. */
typedef struct {
  CallEnds ends;
  DuoRoomClient *client;
  DuoPeerConnection *connection;
  DuoPeerFactory *factory;
  DuoMediaGraph *graph;
  GBytes *nonce;
  char *remote; /* the session's PEER */
  guint64 epoch;
  gboolean altered; /* lies about its fingerprint */
  gboolean mute;    /* never answers */
  guint offers;     /* received */
  guint answers;    /* received */
  guint byes;       /* received */
  DuoByeReason bye;
} Hostile;

static GstElement *
create_sink (gpointer user_data)
{
  return gst_element_factory_make ("fakesink", NULL);
}

static void
send (Hostile *hostile, DuoPeerMessage *message)
{
  g_assert_true (duo_room_client_send (hostile->client, message, hostile->remote));
  duo_peer_message_free (message);
}

/* Another certificate than the one in use. */
static char *
alter_fingerprint (const char *sdp)
{
  g_autofree char *altered = g_strdup (sdp);
  char *at = altered;

  while ((at = strstr (at, "a=fingerprint:sha-256 ")) != NULL) {
    at += strlen ("a=fingerprint:sha-256 ");
    *at = *at == 'A' ? 'B' : 'A';
  }

  return g_steal_pointer (&altered);
}

static void
on_answer (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Hostile *hostile = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sdp =
    duo_peer_connection_accept_offer_finish (DUO_PEER_CONNECTION (object), result, &error);
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_ANSWER);

  g_assert_no_error (error);
  message->epoch = hostile->epoch;
  message->sdp = hostile->altered ? alter_fingerprint (sdp) : g_strdup (sdp);
  message->nonce = g_bytes_ref (hostile->nonce);
  send (hostile, message);
}

static void
on_candidate (Hostile *hostile, guint mline, const char *candidate)
{
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_ICE_CANDIDATE);

  message->epoch = hostile->epoch;
  message->candidate = g_strdup (candidate);
  message->sdp_mline_index = mline;
  send (hostile, message);
}

static void
take_offer (Hostile *hostile, const DuoPeerMessage *message)
{
  g_autoptr (GError) error = NULL;

  hostile->offers++;
  hostile->epoch = message->epoch;
  if (hostile->mute)
    return;

  if (hostile->connection != NULL) {
    g_signal_handlers_disconnect_by_data (hostile->connection, hostile);
    duo_peer_factory_retire (hostile->factory, hostile->connection, FALSE);
    g_clear_object (&hostile->connection);
  }
  hostile->connection =
    duo_peer_factory_create (hostile->factory, message->epoch, FALSE, FALSE, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (hostile->connection,
                            "ice-candidate",
                            G_CALLBACK (on_candidate),
                            hostile);
  duo_peer_connection_accept_offer_async (hostile->connection,
                                          message->sdp,
                                          NULL,
                                          on_answer,
                                          hostile);
}

static void
on_message (Hostile *hostile, const char *from, const DuoPeerMessage *message, gboolean addressed)
{
  g_autoptr (GError) error = NULL;

  g_free (hostile->remote);
  hostile->remote = g_strdup (from);

  switch (message->type) {
  case DUO_PEER_MESSAGE_HELLO:
    if (!message->reply) {
      DuoPeerMessage *hello = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);

      hello->offers = 1;
      hello->reply = TRUE;
      send (hostile, hello);
    }
    break;
  case DUO_PEER_MESSAGE_OFFER:
    take_offer (hostile, message);
    break;
  case DUO_PEER_MESSAGE_ICE_CANDIDATE:
    if (hostile->connection != NULL)
      duo_peer_connection_add_candidate (hostile->connection,
                                         message->sdp_mline_index,
                                         message->candidate,
                                         &error);
    break;
  case DUO_PEER_MESSAGE_BYE:
    hostile->byes++;
    hostile->bye = message->reason;
    break;
  case DUO_PEER_MESSAGE_ANSWER:
    hostile->answers++;
    break;
  case DUO_PEER_MESSAGE_REVEAL:
  case DUO_PEER_MESSAGE_RESTART:
  default:
    break;
  }
}

static void
hostile_set_up (Hostile *hostile, gconstpointer data)
{
  const char *peer_id = data;
  g_autoptr (DuoRoomKeys) keys = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  const char *room_id;

  call_ends_set_up (&hostile->ends, NULL);
  keys = duo_room_keys_derive (duo_join_link_get_symbols (hostile->ends.link), &error);
  g_assert_no_error (error);
  room_id = duo_room_keys_get_room_id (keys);
  uri = duo_join_link_dup_room_uri (hostile->ends.link, room_id);

  hostile->nonce = duo_safety_nonce (&error);
  hostile->graph = duo_media_graph_new (NULL, TRUE);
  hostile->factory = duo_peer_factory_new (hostile->graph, create_sink, NULL, NULL);
  hostile->client = duo_room_client_new (uri,
                                         room_id,
                                         duo_room_keys_get_seal_key (keys),
                                         peer_id,
                                         "secret-secret-secret-secret");
  g_signal_connect_swapped (hostile->client, "message", G_CALLBACK (on_message), hostile);
  duo_room_client_join (hostile->client);
}

static void
on_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
hostile_tear_down (Hostile *hostile, gconstpointer data)
{
  gboolean left = FALSE;
  gboolean drained = FALSE;

  if (hostile->connection != NULL) {
    g_signal_handlers_disconnect_by_data (hostile->connection, hostile);
    duo_peer_factory_retire (hostile->factory, hostile->connection, FALSE);
    g_clear_object (&hostile->connection);
  }
  duo_peer_factory_drain_async (hostile->factory, on_done, &drained);
  g_signal_handlers_disconnect_by_data (hostile->client, hostile);
  duo_room_client_leave_async (hostile->client, NULL, on_done, &left);
  while (!left || !drained)
    g_main_context_iteration (NULL, TRUE);

  g_clear_object (&hostile->client);
  g_clear_object (&hostile->factory);
  g_clear_object (&hostile->graph);
  g_clear_pointer (&hostile->nonce, g_bytes_unref);
  g_free (hostile->remote);
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

  while (hostile->offers < count && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (hostile->offers, >=, count);
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

  hostile->altered = TRUE;
  call_assert_state (end, DUO_CALL_STATE_ENDED);
  g_assert_cmpint (duo_call_get_end_reason (end->call), ==, DUO_CALL_END_FINGERPRINT);
  g_assert_cmpint (g_atomic_int_get (&end->frames), ==, 0);
  g_assert_cmpint (duo_call_get_duration (end->call), ==, 0);
  g_assert_cmpint (duo_call_get_safety (end->call), ==, DUO_CALL_SAFETY_NONE);

  while (hostile->byes == 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (hostile->byes, ==, 1);
  g_assert_cmpint (hostile->bye, ==, DUO_BYE_FAILED);
}

/* The answerer asks for another connection, and gets it; no sooner than the limit allows. */
static void
test_restart (Hostile *hostile, gconstpointer data)
{
  CallEnd *end = join (hostile);
  DuoPeerMessage *message;
  gint64 began;

  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
  began = g_get_monotonic_time ();
  g_assert_true (call_wait_frames (end, 0));

  for (guint64 epoch = 2; epoch < 30; epoch++) {
    message = duo_peer_message_new (DUO_PEER_MESSAGE_RESTART);
    message->epoch = epoch;
    send (hostile, message);
  }
  wait_offers (hostile, 2);
  g_assert_cmpint (g_get_monotonic_time () - began, >, G_USEC_PER_SEC);
  g_assert_cmpuint (hostile->offers, ==, 2);
  call_assert_state (end, DUO_CALL_STATE_CONNECTED);
}

/* Nobody is shown who does not take part. */
static void
test_silent (Hostile *hostile, gconstpointer data)
{
  CallEnd *end;

  hostile->mute = TRUE;
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
  message->commit = duo_safety_commit (hostile->nonce);
  send (hostile, message);
}

/* An offerer that reveals another nonce than it had committed to. */
static void
test_reveal (Hostile *hostile, gconstpointer data)
{
  CallEnd *end = join (hostile);
  DuoPeerMessage *message;

  call_assert_state (end, DUO_CALL_STATE_CONNECTING);
  hostile->connection = duo_peer_factory_create (hostile->factory, 1, TRUE, FALSE, NULL);
  duo_peer_connection_create_offer_async (hostile->connection, NULL, on_offer, hostile);
  while (hostile->answers == 0)
    g_main_context_iteration (NULL, TRUE);

  message = duo_peer_message_new (DUO_PEER_MESSAGE_REVEAL);
  message->epoch = 1;
  message->nonce = duo_safety_nonce (NULL);
  send (hostile, message);
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

  ADD ("/call-hostile/honest", LOWEST, test_honest);
  ADD ("/call-hostile/fingerprint", LOWEST, test_fingerprint);
  ADD ("/call-hostile/restart", LOWEST, test_restart);
  ADD ("/call-hostile/silent", LOWEST, test_silent);
  ADD ("/call-hostile/reveal", HIGHEST, test_reveal);

  return g_test_run ();
}
