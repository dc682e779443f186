/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-protocol-error.h"
#include "duo-seal.h"
#include "duo-vectors.h"

static char *
get_context (JsonObject *vector)
{
  return duo_seal_context (duo_vector_get (vector, "room"),
                           duo_vector_get (vector, "from"),
                           duo_vector_get (vector, "to"));
}

static void
check_opens (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GBytes) key = duo_vector_get_hex (vector, "key");
  g_autoptr (GBytes) iv = duo_vector_get_base64 (vector, "iv");
  g_autoptr (GBytes) data = duo_vector_get_base64 (vector, "data");
  g_autofree char *context = get_context (vector);
  const char *plain = duo_vector_get (vector, "plain");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = duo_seal_close (key, iv, context, plain, &error);
  g_autofree char *opened = NULL;
  gsize length = 0;

  g_assert_no_error (error);
  if (!g_bytes_equal (sealed, data))
    duo_vector_fail (vector, "is sealed otherwise");
  opened = duo_seal_open (key, iv, context, data, &length, &error);
  g_assert_no_error (error);
  duo_vector_check_string (vector, "plain", opened);
  g_assert_cmpuint (length, ==, g_bytes_get_size (data) - DUO_SEAL_TAG_BYTES);
}

static void
check_refused (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GBytes) key = duo_vector_get_hex (vector, "key");
  g_autoptr (GBytes) iv = duo_vector_get_base64 (vector, "iv");
  g_autoptr (GBytes) data = duo_vector_get_base64 (vector, "data");
  g_autofree char *context = get_context (vector);
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_autofree char *opened = duo_seal_open (key, iv, context, data, &length, &error);

  if (opened != NULL)
    duo_vector_fail (vector, "opens");
  else
    g_assert_error (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_SEAL);
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("seal.json");

  duo_vectors_foreach (file, "opens", check_opens, NULL);
  duo_vectors_foreach (file, "refused", check_refused, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seal/vectors", test_vectors);

  return g_test_run ();
}
