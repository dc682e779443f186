/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-peer-message.h"
#include "duo-protocol-error.h"
#include "duo-vectors.h"

typedef void (*RoomFunc) (JsonObject *vector, gboolean open_room);

static void
foreach_room (JsonObject *vector, gpointer user_data)
{
  RoomFunc func = user_data;
  JsonArray *rooms = json_object_get_array_member (vector, "rooms");

  for (guint i = 0; i < json_array_get_length (rooms); i++)
    func (vector, g_str_equal (json_array_get_string_element (rooms, i), "open"));
}

/* A copy has to hold the same, without sharing what is freed. */
static JsonObject *
write_copy (const DuoPeerMessage *message)
{
  g_autoptr (DuoPeerMessage) copy = duo_peer_message_copy (message);

  return duo_peer_message_to_json (copy);
}

static void
check_valid (JsonObject *vector, gboolean open_room)
{
  g_autoptr (JsonObject) object = duo_vector_get_message (vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoPeerMessage) message = duo_peer_message_from_json (object, open_room, &error);
  g_autoptr (DuoPeerMessage) again = NULL;
  g_autoptr (JsonObject) written = NULL;

  if (message == NULL) {
    duo_vector_fail (vector, "was refused: %s", error->message);
    return;
  }
  g_assert_true (duo_peer_message_is_type (json_object_get_string_member (object, "type")));
  written = write_copy (message);
  duo_vector_check_written (vector, object, written);
  again = duo_peer_message_from_json (written, open_room, &error);
  g_assert_no_error (error);
}

static void
check_invalid (JsonObject *vector, gboolean open_room)
{
  g_autoptr (JsonObject) object = duo_vector_get_message (vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoPeerMessage) message = duo_peer_message_from_json (object, open_room, &error);

  if (message != NULL)
    duo_vector_fail (vector, "was taken");
  else
    g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_MESSAGE);
}

static void
check_ignored (JsonObject *vector, gpointer user_data)
{
  g_autoptr (JsonObject) object = duo_vector_get_message (vector);
  g_autoptr (GError) error = NULL;

  g_assert_null (duo_peer_message_from_json (object, FALSE, &error));
  g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_UNKNOWN_TYPE);
  g_assert_false (duo_peer_message_is_type (json_object_get_string_member (object, "type")));
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("peer-messages.json");

  duo_vectors_foreach (file, "valid", foreach_room, check_valid);
  duo_vectors_foreach (file, "invalid", foreach_room, check_invalid);
  duo_vectors_foreach (file, "ignored", check_ignored, NULL);
}

/* Whatever name a person has chosen, the other side takes it. */
static void
test_names_are_mended (void)
{
  g_autoptr (DuoPeerMessage) message = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (DuoPeerMessage) read = NULL;
  g_autoptr (GError) error = NULL;

  message->display_name = g_strnfill (100, 'x');
  message->display_name[3] = '\n';
  object = duo_peer_message_to_json (message);
  read = duo_peer_message_from_json (object, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_utf8_strlen (read->display_name, -1), ==, 64);
  g_assert_cmpstr (read->client, ==, "");
}

static void
test_fields (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("peer-messages.json");
  JsonArray *valid = json_object_get_array_member (file, "valid");

  for (guint i = 0; i < json_array_get_length (valid); i++) {
    g_autoptr (JsonObject) object =
      duo_vector_get_message (json_array_get_object_element (valid, i));
    g_autoptr (DuoPeerMessage) message = duo_peer_message_from_json (object, TRUE, NULL);

    g_assert_true ((message->type == DUO_PEER_MESSAGE_HELLO) == (message->display_name != NULL));
    g_assert_true ((message->type == DUO_PEER_MESSAGE_ICE_CANDIDATE) ==
                   (message->candidate != NULL));
    g_assert_true ((message->type == DUO_PEER_MESSAGE_OFFER ||
                    message->type == DUO_PEER_MESSAGE_ANSWER) == (message->sdp != NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/peer-message/vectors", test_vectors);
  g_test_add_func ("/peer-message/names-are-mended", test_names_are_mended);
  g_test_add_func ("/peer-message/fields", test_fields);

  return g_test_run ();
}
