/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-channel-message.h"
#include "duo-protocol-error.h"
#include "duo-vectors.h"

/* A copy has to hold the same, without sharing what is freed. */
static JsonObject *
write_copy (const DuoChannelMessage *message)
{
  g_autoptr (DuoChannelMessage) copy = duo_channel_message_copy (message);

  return duo_channel_message_to_json (copy);
}

static void
check_valid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (JsonObject) object = duo_vector_get_message (vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoChannelMessage) message = duo_channel_message_from_json (object, &error);
  g_autoptr (DuoChannelMessage) again = NULL;
  g_autoptr (JsonObject) written = NULL;

  if (message == NULL) {
    duo_vector_fail (vector, "was refused: %s", error->message);
    return;
  }
  written = write_copy (message);
  duo_vector_check_written (vector, object, written);
  again = duo_channel_message_from_json (written, &error);
  g_assert_no_error (error);
}

static void
check_invalid (JsonObject *vector, gpointer user_data)
{
  g_autoptr (JsonObject) object = duo_vector_get_message (vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoChannelMessage) message = duo_channel_message_from_json (object, &error);

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

  g_assert_null (duo_channel_message_from_json (object, &error));
  g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_UNKNOWN_TYPE);
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("channel-messages.json");

  duo_vectors_foreach (file, "valid", check_valid, NULL);
  duo_vectors_foreach (file, "invalid", check_invalid, NULL);
  duo_vectors_foreach (file, "ignored", check_ignored, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channel-message/vectors", test_vectors);

  return g_test_run ();
}
