/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-protocol-error.h"
#include "duo-server-message.h"
#include "duo-vectors.h"

/* A copy has to hold the same, without sharing what is freed. */
static JsonObject *
write_copy (const DuoServerMessage *message)
{
  g_autoptr (DuoServerMessage) copy = duo_server_message_copy (message);

  return duo_server_message_to_json (copy);
}

static void
check_valid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (JsonObject) object = duo_vector_get_message (vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoServerMessage) message = duo_server_message_from_json (object, &error);
  g_autoptr (DuoServerMessage) again = NULL;
  g_autoptr (JsonObject) written = NULL;

  if (message == NULL) {
    duo_vector_fail (vector, "was refused: %s", error->message);
    return;
  }
  written = write_copy (message);
  duo_vector_check_written (vector, object, written);
  again = duo_server_message_from_json (written, &error);
  g_assert_no_error (error);
}

static void
check_invalid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (JsonObject) object = duo_vector_get_message (vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoServerMessage) message = duo_server_message_from_json (object, &error);

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

  g_assert_null (duo_server_message_from_json (object, &error));
  g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_UNKNOWN_TYPE);
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("server-messages.json");

  duo_vectors_foreach (file, "valid", check_valid, NULL);
  duo_vectors_foreach (file, "invalid", check_invalid, NULL);
  duo_vectors_foreach (file, "ignored", check_ignored, NULL);
}

static void
test_types (void)
{
  g_assert_true (duo_server_message_is_type ("room-joined"));
  g_assert_true (duo_server_message_is_type ("pong"));
  g_assert_true (duo_server_message_is_type ("error"));
  g_assert_false (duo_server_message_is_type ("ping"));
  g_assert_false (duo_server_message_is_type ("sealed"));
  g_assert_false (duo_server_message_is_type (""));
}

static void
test_fields (void)
{
  static const char *const urls[] = { "stun:stun.example", NULL };
  g_autoptr (DuoServerMessage) message = duo_server_message_new (DUO_SERVER_MESSAGE_ROOM_JOINED);
  g_autoptr (DuoServerMessage) read = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  const DuoRoomPeer *peer = NULL;
  const DuoIceServer *server = NULL;

  message->room = g_strdup ("room");
  message->peer_id = g_strdup ("me");
  message->max_participants = 2;
  message->expires_at = 5;
  duo_server_message_add_peer (message, "other", 3);
  duo_server_message_add_ice_server (message, urls, "name", "secret");

  object = duo_server_message_to_json (message);
  read = duo_server_message_from_json (object, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->room, ==, "room");
  g_assert_cmpstr (read->peer_id, ==, "me");
  g_assert_cmpuint (read->max_participants, ==, 2);
  g_assert_cmpint (read->expires_at, ==, 5);
  g_assert_null (read->ticket);
  peer = g_ptr_array_index (read->peers, 0);
  g_assert_cmpstr (peer->id, ==, "other");
  g_assert_cmpint (peer->joined_at, ==, 3);
  server = g_ptr_array_index (read->ice_servers, 0);
  g_assert_cmpstrv (server->urls, urls);
  g_assert_cmpstr (server->username, ==, "name");
  g_assert_cmpstr (server->credential, ==, "secret");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-message/vectors", test_vectors);
  g_test_add_func ("/server-message/types", test_types);
  g_test_add_func ("/server-message/fields", test_fields);

  return g_test_run ();
}
