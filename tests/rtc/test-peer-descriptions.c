/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "rtc-pair.h"

static void
take_result (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
refuse_offer (const char *sdp)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RtcEnd end;

  rtc_end_init (&end, FALSE, FALSE);
  duo_peer_connection_accept_offer_async (end.connection, sdp, NULL, take_result, &result);
  rtc_wait_until (result != NULL);
  g_assert_null (duo_peer_connection_accept_offer_finish (end.connection, result, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION);
  g_clear_object (&result);
  rtc_end_clear (&end);
}

static void
test_garbage (void)
{
  refuse_offer ("");
  refuse_offer ("v=0\r\n");
  refuse_offer ("{\"type\": \"offer\"}");
}

static void
refuse_answer (RtcPair *pair, const char *sdp)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  duo_peer_connection_accept_answer_async (pair->offerer.connection,
                                           sdp,
                                           NULL,
                                           take_result,
                                           &result);
  rtc_wait_until (result != NULL);
  g_assert_false (
    duo_peer_connection_accept_answer_finish (pair->offerer.connection, result, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION);
}

/* Answers that do not fit the offer are refused, and the right one is still taken after them. */
static void
test_wrong_answer (void)
{
  RtcPair *pair = rtc_pair_new ();
  g_autoptr (GString) other_mid = NULL;
  g_autoptr (GString) other_payload = NULL;

  rtc_pair_make_offer (pair);
  rtc_pair_make_answer (pair);

  other_mid = g_string_new (pair->answer);
  g_string_replace (other_mid, "video1", "video7", 0);
  other_payload = g_string_new (pair->answer);
  g_string_replace (other_payload, "SAVPF 96", "SAVPF 100", 0);
  g_string_replace (other_payload, ":96 ", ":100 ", 0);

  refuse_answer (pair, "v=0\r\n");
  refuse_answer (pair, other_mid->str);
  refuse_answer (pair, other_payload->str);
  refuse_answer (pair, pair->offer);

  rtc_pair_take_answer (pair);
  rtc_wait_until (rtc_pair_is_connected (pair));

  rtc_pair_free (pair);
}

static gboolean
offerer_ended (RtcPair *pair)
{
  GPtrArray *candidates = pair->offerer.candidates;
  const char *last =
    candidates->len > 0 ? g_ptr_array_index (candidates, candidates->len - 1) : "x";

  return last[0] == '\0';
}

/* Candidates overtake the offer they belong to, and useless ones are between them. */
static void
test_early_candidates (void)
{
  RtcPair *pair = rtc_pair_new ();
  DuoPeerConnection *answerer = pair->answerer.connection;
  g_autoptr (GError) error = NULL;

  rtc_pair_make_offer (pair);
  rtc_wait_until (offerer_ended (pair));
  duo_peer_connection_add_candidate (
    answerer, 0, "candidate:1 1 UDP 2113937151 0a1b2c3d-name.local 50000 typ host", &error);
  g_assert_no_error (error);
  g_assert_false (duo_peer_connection_add_candidate (answerer, 0, "candidate:garbage", &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE);
  rtc_pair_swap_candidates (pair);

  rtc_pair_make_answer (pair);
  rtc_pair_take_answer (pair);
  rtc_wait_until (rtc_pair_is_connected (pair));
  g_assert_true (pair->offerer.ended);

  rtc_pair_free (pair);
}

/* More candidates than anybody needs are refused rather than kept. */
static void
test_candidate_flood (void)
{
  g_autoptr (GError) error = NULL;
  RtcEnd end;
  guint n = 0;

  rtc_end_init (&end, FALSE, FALSE);
  while (n < 1000 &&
         duo_peer_connection_add_candidate (end.connection,
                                            0,
                                            "candidate:1 1 UDP 2113937151 127.0.0.1 50000 typ host",
                                            &error))
    n++;
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE);
  g_assert_cmpuint (n, <, 1000);
  rtc_end_clear (&end);
}

/* The offer without its section for video. */
static char *
without_video (const char *offer)
{
  g_auto (GStrv) sections = g_strsplit (offer, "m=", -1);
  g_autoptr (GString) group = g_string_new (sections[0]);

  g_assert_cmpuint (g_strv_length (sections), ==, 4);
  g_string_replace (group, " video1", "", 0);

  return g_strconcat (group->str, "m=", sections[1], "m=", sections[3], NULL);
}

/* A plain client in an open room may have no camera: it gets an answer, others are refused. */
static void
test_open_room (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *offer = NULL;
  g_autofree char *answer = NULL;
  RtcPair *pair = rtc_pair_new ();
  RtcEnd open_end;

  rtc_pair_make_offer (pair);
  offer = without_video (pair->offer);
  refuse_offer (offer);

  rtc_end_init (&open_end, FALSE, TRUE);
  duo_peer_connection_accept_offer_async (open_end.connection, offer, NULL, take_result, &result);
  rtc_wait_until (result != NULL);
  answer = duo_peer_connection_accept_offer_finish (open_end.connection, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (answer, "m=audio 9 "));
  g_assert_null (strstr (answer, "m=video"));
  g_assert_nonnull (strstr (answer, "a=sendrecv"));
  g_clear_object (&result);

  rtc_end_clear (&open_end);
  rtc_pair_free (pair);
}

/* The answer with one of its sections refused. */
static char *
rejecting (const char *answer, const char *kind, const char *mid)
{
  g_autofree char *accepted = g_strconcat ("m=", kind, " 9 ", NULL);
  g_autofree char *rejected = g_strconcat ("m=", kind, " 0 ", NULL);
  g_autofree char *bundled = g_strconcat (" ", mid, NULL);
  g_autoptr (GString) text = g_string_new (answer);

  g_assert_cmpuint (g_string_replace (text, accepted, rejected, 1), ==, 1);
  g_assert_cmpuint (g_string_replace (text, bundled, "", 1), ==, 1);

  return g_strdup (text->str);
}

/* A plain client may refuse what it has no use for; what is left of the call comes about. */
static void
test_rejected (void)
{
  static const struct {
    const char *kind;
    const char *mid;
    gboolean picture;
    gboolean sound;
  } sections[] = {
    { "application", "application2", TRUE, TRUE },
    { "video", "video1", FALSE, TRUE },
    { "audio", "audio0", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    RtcPair *pair = rtc_pair_new_in_open_room ();
    char *answer;

    g_test_message ("%s", sections[i].kind);
    rtc_pair_make_offer (pair);
    rtc_pair_make_answer (pair);
    answer = rejecting (pair->answer, sections[i].kind, sections[i].mid);
    g_free (pair->answer);
    pair->answer = answer;
    rtc_pair_take_answer (pair);
    rtc_wait_until (rtc_pair_is_connected (pair));
    if (sections[i].picture)
      rtc_wait_until (pair->offerer.first_frame);
    if (sections[i].sound)
      rtc_wait_until (rtc_end_pull_sound (&pair->offerer) > 0);
    rtc_pair_free (pair);
  }
}

/* Closing while an offer is being made ends the offer with an error, and nothing hangs. */
static void
test_close_early (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RtcEnd end;

  rtc_end_init (&end, TRUE, FALSE);
  duo_peer_connection_create_offer_async (end.connection, NULL, take_result, &result);
  duo_peer_connection_close_async (end.connection, NULL, NULL, NULL);
  rtc_wait_until (result != NULL);
  g_assert_null (duo_peer_connection_create_offer_finish (end.connection, result, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_STATE);
  g_clear_object (&result);
  rtc_end_clear (&end);
}

static void
close_again (GObject *object, GAsyncResult *result, gpointer data)
{
  take_result (object, result, data);
  duo_peer_connection_close_async (DUO_PEER_CONNECTION (object), NULL, NULL, NULL);
}

static gboolean
close_now (gpointer connection)
{
  duo_peer_connection_close_async (connection, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/* Who hears that the offer came to nothing may close the connection too, within the closing. */
static void
test_close_twice (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RtcEnd end;

  rtc_end_init (&end, TRUE, FALSE);
  duo_peer_connection_create_offer_async (end.connection, NULL, close_again, &result);
  g_idle_add_full (G_PRIORITY_HIGH, close_now, end.connection, NULL);
  rtc_wait_until (result != NULL);
  g_assert_null (duo_peer_connection_create_offer_finish (end.connection, result, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_STATE);
  g_clear_object (&result);
  rtc_end_clear (&end);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_func ("/rtc/descriptions/garbage", test_garbage);
  g_test_add_func ("/rtc/descriptions/wrong-answer", test_wrong_answer);
  g_test_add_func ("/rtc/descriptions/early-candidates", test_early_candidates);
  g_test_add_func ("/rtc/descriptions/candidate-flood", test_candidate_flood);
  g_test_add_func ("/rtc/descriptions/open-room", test_open_room);
  g_test_add_func ("/rtc/descriptions/rejected", test_rejected);
  g_test_add_func ("/rtc/descriptions/close-early", test_close_early);
  g_test_add_func ("/rtc/descriptions/close-twice", test_close_twice);

  return g_test_run ();
}
