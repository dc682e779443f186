/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-envelope.h"
#include "duo-json.h"
#include "duo-protocol-error.h"
#include "duo-vectors.h"

#include <string.h>

#define ADA "AdaAdaAdaAdaAdaAdaAda0"
#define BOB "Bob_Bob-Bob_Bob-Bob_01"
#define ROOM "3rygd4dywg6e563tr5thp57zkc"

static void
check_taken (JsonObject *vector,
             const DuoPeerMessage *message,
             const char *from,
             gboolean addressed)
{
  g_autoptr (JsonObject) written = duo_peer_message_to_json (message);

  duo_vector_check_string (vector, "type", json_object_get_string_member (written, "type"));
  duo_vector_check_string (vector, "from", from);
  if (json_object_get_boolean_member (vector, "addressed") != addressed)
    duo_vector_fail (vector, "was addressed or not");
}

static void
check_frame (JsonObject *vector, gpointer user_data)
{
  DuoEnvelope *envelope = user_data;
  JsonObject *frame = json_object_get_object_member (vector, "frame");
  guint dropped = duo_envelope_get_dropped (envelope);
  gboolean addressed = FALSE;
  g_autofree char *from = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoPeerMessage) message =
    duo_envelope_unwrap (envelope, frame, &from, &addressed, &error);
  const char *result = "taken";

  g_assert_true ((message == NULL) == (error != NULL));
  if (message != NULL)
    check_taken (vector, message, from, addressed);
  else if (g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_UNKNOWN_TYPE))
    result = "ignored";
  else
    result = "dropped";
  duo_vector_check_string (vector, "result", result);
  g_assert_cmpuint (duo_envelope_get_dropped (envelope) - dropped,
                    ==,
                    g_str_equal (result, "dropped") ? 1 : 0);
}

static void
check_room (const char *list, gboolean sealed)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("envelope.json");
  g_autoptr (GBytes) key = duo_vector_get_hex (file, "key");
  g_autoptr (DuoEnvelope) envelope = duo_envelope_new (duo_vector_get (file, "room"),
                                                       duo_vector_get (file, "self"),
                                                       sealed ? key : NULL);

  duo_vectors_foreach (file, list, check_frame, envelope);
  g_assert_finalize_object (g_steal_pointer (&envelope));
}

static void
test_sealed_vectors (void)
{
  check_room ("sealed", TRUE);
}

static void
test_open_vectors (void)
{
  check_room ("open", FALSE);
}

static GBytes *
make_key (void)
{
  return g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
}

static DuoPeerMessage *
send (DuoEnvelope *sender, DuoEnvelope *receiver, const DuoPeerMessage *message, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = duo_envelope_wrap (sender, message, to, &error);
  g_autoptr (JsonObject) frame = NULL;
  g_autofree char *from = NULL;
  gboolean addressed = FALSE;
  DuoPeerMessage *received = NULL;

  g_assert_no_error (error);
  frame = duo_json_parse (text, -1, &error);
  g_assert_no_error (error);
  received = duo_envelope_unwrap (receiver, frame, &from, &addressed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (from, ==, ADA);
  g_assert_cmpint (addressed, ==, to != NULL);

  return received;
}

static void
test_there_and_back (gconstpointer data)
{
  gboolean sealed = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (DuoEnvelope) sender = duo_envelope_new (ROOM, ADA, sealed ? key : NULL);
  g_autoptr (DuoEnvelope) receiver = duo_envelope_new (ROOM, BOB, sealed ? key : NULL);
  g_autoptr (DuoPeerMessage) hello = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);
  g_autoptr (DuoPeerMessage) restart = duo_peer_message_new (DUO_PEER_MESSAGE_RESTART);
  g_autoptr (DuoPeerMessage) first = NULL;

  hello->display_name = g_strdup ("Ada");
  first = send (sender, receiver, hello, NULL);
  g_assert_cmpstr (first->display_name, ==, "Ada");

  for (guint64 epoch = 1; epoch < 50; epoch++) {
    g_autoptr (DuoPeerMessage) received = NULL;

    restart->epoch = epoch;
    received = send (sender, receiver, restart, BOB);
    g_assert_cmpuint (received->epoch, ==, epoch);
  }
  g_assert_cmpuint (duo_envelope_get_dropped (receiver), ==, 0);
}

/* The largest description fits a frame in both kinds of room, and nothing of it can be read. */
static void
test_largest (gconstpointer data)
{
  gboolean sealed = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (DuoEnvelope) sender = duo_envelope_new (ROOM, ADA, sealed ? key : NULL);
  g_autoptr (DuoEnvelope) receiver = duo_envelope_new (ROOM, BOB, sealed ? key : NULL);
  g_autoptr (DuoPeerMessage) offer = duo_peer_message_new (DUO_PEER_MESSAGE_OFFER);
  g_autoptr (DuoPeerMessage) received = NULL;
  g_autoptr (GString) sdp = g_string_new (NULL);
  g_autofree char *text = NULL;

  while (sdp->len + 32 <= DUO_SDP_MAX_BYTES)
    g_string_append (sdp, "a=rtpmap:96 VP8/90000 xxxxxxxx\r\n");
  offer->epoch = 1;
  offer->sdp = g_strdup (sdp->str);
  offer->commit = g_bytes_ref (key);
  offer->resume = g_bytes_ref (key);
  received = send (sender, receiver, offer, BOB);
  g_assert_cmpstr (received->sdp, ==, offer->sdp);

  text = duo_envelope_wrap (sender, offer, BOB, NULL);
  g_assert_cmpuint (strlen (text), <=, DUO_FRAME_MAX_BYTES);
  g_assert_true ((strstr (text, "rtpmap") == NULL) == sealed);
}

static void
test_too_large (void)
{
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (DuoEnvelope) sender = duo_envelope_new (ROOM, ADA, key);
  g_autoptr (DuoPeerMessage) offer = duo_peer_message_new (DUO_PEER_MESSAGE_OFFER);
  g_autoptr (GError) error = NULL;

  offer->epoch = 1;
  offer->sdp = g_strnfill (DUO_FRAME_MAX_BYTES, 'a');
  g_assert_null (duo_envelope_wrap (sender, offer, BOB, &error));
  g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_MESSAGE);
}

/* Many senders come and go: the table stays small, and nothing of the latest is taken twice. */
static void
test_many_senders (void)
{
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (DuoEnvelope) receiver = duo_envelope_new (ROOM, BOB, key);
  g_autoptr (DuoPeerMessage) hello = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);

  for (guint i = 0; i < 3000; i++) {
    g_autofree char *id = g_strdup_printf ("sender-%015u", i);
    g_autoptr (DuoEnvelope) sender = duo_envelope_new (ROOM, id, key);
    g_autofree char *text = duo_envelope_wrap (sender, hello, NULL, NULL);
    g_autoptr (JsonObject) frame = duo_json_parse (text, -1, NULL);

    for (int again = 0; again < 2; again++) {
      g_autoptr (DuoPeerMessage) message = NULL;
      g_autofree char *from = NULL;
      gboolean addressed = FALSE;

      message = duo_envelope_unwrap (receiver, frame, &from, &addressed, NULL);
      g_assert_true ((message != NULL) == (again == 0));
    }
  }
  g_assert_cmpuint (duo_envelope_get_dropped (receiver), ==, 3000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/envelope/sealed-vectors", test_sealed_vectors);
  g_test_add_func ("/envelope/open-vectors", test_open_vectors);
  g_test_add_data_func ("/envelope/sealed/there-and-back",
                        GINT_TO_POINTER (TRUE),
                        test_there_and_back);
  g_test_add_data_func ("/envelope/open/there-and-back",
                        GINT_TO_POINTER (FALSE),
                        test_there_and_back);
  g_test_add_data_func ("/envelope/sealed/largest", GINT_TO_POINTER (TRUE), test_largest);
  g_test_add_data_func ("/envelope/open/largest", GINT_TO_POINTER (FALSE), test_largest);
  g_test_add_func ("/envelope/too-large", test_too_large);
  g_test_add_func ("/envelope/many-senders", test_many_senders);

  return g_test_run ();
}
