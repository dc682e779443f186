/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-room-keys.h"
#include "duo-vectors.h"

static void
check_keys (JsonObject *vector, const DuoRoomKeys *keys)
{
  g_autoptr (GBytes) seal_key = duo_vector_get_hex (vector, "sealKey");

  duo_vector_check_string (vector, "room", duo_room_keys_get_room_id (keys));
  if (!g_bytes_equal (seal_key, duo_room_keys_get_seal_key (keys)))
    duo_vector_fail (vector, "has another seal key");
}

static void
check_derived (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoRoomKeys) keys = duo_room_keys_derive (duo_vector_get (vector, "symbols"), &error);

  g_assert_no_error (error);
  check_keys (vector, keys);
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("keys.json");

  duo_vectors_foreach (file, "keys", check_derived, NULL);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static void
check_derived_in_thread (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DuoRoomKeys) keys = NULL;

  duo_room_keys_derive_async (duo_vector_get (vector, "symbols"), NULL, take_result, &result);
  g_assert_null (result);
  keys = duo_room_keys_derive_finish (wait_for_result (&result), &error);
  g_assert_no_error (error);
  check_keys (vector, keys);
}

static void
test_async (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("keys.json");

  duo_vectors_foreach (file, "keys", check_derived_in_thread, NULL);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  duo_room_keys_derive_async ("k7qm4xwp93h3", cancellable, take_result, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (duo_room_keys_derive_finish (wait_for_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/room-keys/vectors", test_vectors);
  g_test_add_func ("/room-keys/async", test_async);
  g_test_add_func ("/room-keys/cancel", test_cancel);

  return g_test_run ();
}
