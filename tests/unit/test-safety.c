/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-peer-message.h"
#include "duo-safety.h"
#include "duo-vectors.h"

static void
test_pictures (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("safety.json");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *pictures = json_object_get_array_member (file, "pictures");

  g_assert_cmpuint (json_array_get_length (pictures), ==, DUO_SAFETY_N_PICTURES);
  for (guint i = 0; i < DUO_SAFETY_N_PICTURES; i++) {
    JsonObject *vector = json_array_get_object_element (pictures, i);

    duo_vector_check_string (vector, "picture", duo_safety_emoji_picture (i));
    duo_vector_check_string (vector, "word", duo_safety_emoji_word (i));
    g_assert_true (g_hash_table_add (seen, (gpointer) duo_safety_emoji_picture (i)));
    g_assert_true (g_hash_table_add (seen, (gpointer) duo_safety_emoji_word (i)));
  }
}

static void
check_commit (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GBytes) nonce = duo_vector_get_base64 (vector, "nonce");
  g_autoptr (GBytes) commit = duo_vector_get_base64 (vector, "commit");
  g_autoptr (GBytes) made = duo_safety_commit (nonce);

  if (!g_bytes_equal (made, commit) || !duo_safety_check (commit, nonce))
    duo_vector_fail (vector, "does not fit");
}

static void
check_wrong_commit (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GBytes) nonce = duo_vector_get_base64 (vector, "nonce");
  g_autoptr (GBytes) commit = duo_vector_get_base64 (vector, "commit");
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (commit, 0, 31);

  if (duo_safety_check (commit, nonce) || duo_safety_check (part, nonce))
    duo_vector_fail (vector, "fits");
}

static void
test_commits (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("safety.json");

  duo_vectors_foreach (file, "commits", check_commit, NULL);
  duo_vectors_foreach (file, "wrongCommits", check_wrong_commit, NULL);
}

static void
check_emoji (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GBytes) fingerprint_offerer = duo_vector_get_hex (vector, "fingerprintOfferer");
  g_autoptr (GBytes) fingerprint_answerer = duo_vector_get_hex (vector, "fingerprintAnswerer");
  g_autoptr (GBytes) nonce_offerer = duo_vector_get_base64 (vector, "nonceOfferer");
  g_autoptr (GBytes) nonce_answerer = duo_vector_get_base64 (vector, "nonceAnswerer");
  g_autoptr (GBytes) seal_key = duo_vector_get_hex (vector, "sealKey");
  JsonArray *expected = json_object_get_array_member (vector, "indices");
  JsonArray *emoji = json_object_get_array_member (vector, "emoji");
  guint indices[DUO_SAFETY_N_EMOJI] = { 0 };

  duo_safety_emoji (fingerprint_offerer,
                    fingerprint_answerer,
                    nonce_offerer,
                    nonce_answerer,
                    seal_key,
                    indices);
  for (guint i = 0; i < DUO_SAFETY_N_EMOJI; i++) {
    g_assert_cmpuint (indices[i], ==, json_array_get_int_element (expected, i));
    g_assert_cmpstr (duo_safety_emoji_picture (indices[i]),
                     ==,
                     json_array_get_string_element (emoji, i));
  }
}

static void
test_emoji (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("safety.json");

  duo_vectors_foreach (file, "emoji", check_emoji, NULL);
}

static void
check_resume (JsonObject *vector, gpointer user_data)
{
  g_autoptr (GBytes) key = duo_vector_get_base64 (vector, "key");
  g_autoptr (GBytes) proof = duo_vector_get_base64 (vector, "proof");
  g_autoptr (GBytes) fingerprint = duo_vector_get_hex (vector, "fingerprint");
  gboolean offer = g_str_equal (duo_vector_get (vector, "side"), "offer");
  guint64 epoch = json_object_get_int_member (vector, "epoch");
  g_autoptr (GBytes) made = duo_safety_resume_proof (key, offer, epoch, fingerprint);

  if (!g_bytes_equal (made, proof))
    duo_vector_fail (vector, "is proven otherwise");
  g_assert_true (duo_safety_resume_check (proof, key, offer, epoch, fingerprint));
  g_assert_false (duo_safety_resume_check (NULL, key, offer, epoch, fingerprint));
  g_assert_false (duo_safety_resume_check (proof, key, !offer, epoch, fingerprint));
  g_assert_false (duo_safety_resume_check (proof, key, offer, epoch + 1, fingerprint));
  g_assert_false (duo_safety_resume_check (proof, key, offer, epoch, key));
  g_assert_false (duo_safety_resume_check (proof, fingerprint, offer, epoch, fingerprint));
}

static void
test_resume (void)
{
  g_autoptr (JsonObject) file = duo_vectors_load ("safety.json");

  duo_vectors_foreach (file, "resume", check_resume, NULL);
}

static void
test_nonce (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) nonce = duo_safety_nonce (&error);
  g_autoptr (GBytes) other = duo_safety_nonce (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (nonce), ==, DUO_NONCE_BYTES);
  g_assert_false (g_bytes_equal (nonce, other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/safety/pictures", test_pictures);
  g_test_add_func ("/safety/commits", test_commits);
  g_test_add_func ("/safety/emoji", test_emoji);
  g_test_add_func ("/safety/resume", test_resume);
  g_test_add_func ("/safety/nonce", test_nonce);

  return g_test_run ();
}
