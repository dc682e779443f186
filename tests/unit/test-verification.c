/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "duo-verification.h"

typedef struct {
  DuoVerification *offerer;
  DuoVerification *answerer;
  GBytes *offerer_fingerprint;
  GBytes *answerer_fingerprint;
  GBytes *seal_key;
} Fixture;

static GBytes *
fill (guint8 byte)
{
  guint8 data[32];

  memset (data, byte, sizeof data);

  return g_bytes_new (data, sizeof data);
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->offerer = duo_verification_new (TRUE, &error);
  g_assert_no_error (error);
  fixture->answerer = duo_verification_new (FALSE, &error);
  g_assert_no_error (error);
  fixture->offerer_fingerprint = fill (1);
  fixture->answerer_fingerprint = fill (2);
  fixture->seal_key = fill (3);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  duo_verification_free (fixture->offerer);
  duo_verification_free (fixture->answerer);
  g_bytes_unref (fixture->offerer_fingerprint);
  g_bytes_unref (fixture->answerer_fingerprint);
  g_bytes_unref (fixture->seal_key);
}

static void
exchange (Fixture *fixture)
{
  g_autoptr (GBytes) commit = duo_verification_dup_commit (fixture->offerer);

  duo_verification_take_offer (fixture->answerer, commit);
  duo_verification_take_answer (fixture->offerer, duo_verification_get_nonce (fixture->answerer));
  g_assert_cmpint (duo_verification_get_status (fixture->answerer), ==, DUO_VERIFICATION_PENDING);
  duo_verification_take_reveal (fixture->answerer, duo_verification_get_nonce (fixture->offerer));
}

static void
test_same_emoji (Fixture *fixture, gconstpointer data)
{
  guint ours[4];
  guint theirs[4];

  exchange (fixture);
  g_assert_cmpint (duo_verification_get_status (fixture->offerer), ==, DUO_VERIFICATION_READY);
  g_assert_cmpint (duo_verification_get_status (fixture->answerer), ==, DUO_VERIFICATION_READY);

  g_assert_true (duo_verification_get_emoji (fixture->offerer,
                                             fixture->offerer_fingerprint,
                                             fixture->answerer_fingerprint,
                                             fixture->seal_key,
                                             ours));
  g_assert_true (duo_verification_get_emoji (fixture->answerer,
                                             fixture->answerer_fingerprint,
                                             fixture->offerer_fingerprint,
                                             fixture->seal_key,
                                             theirs));
  g_assert_cmpmem (ours, sizeof ours, theirs, sizeof theirs);
}

static void
test_early (Fixture *fixture, gconstpointer data)
{
  guint indices[4];

  /* A reveal without a promise, and one to the offerer, count for nothing. */
  duo_verification_take_reveal (fixture->answerer, duo_verification_get_nonce (fixture->offerer));
  duo_verification_take_reveal (fixture->offerer, duo_verification_get_nonce (fixture->answerer));
  g_assert_cmpint (duo_verification_get_status (fixture->answerer), ==, DUO_VERIFICATION_PENDING);
  g_assert_cmpint (duo_verification_get_status (fixture->offerer), ==, DUO_VERIFICATION_PENDING);
  g_assert_false (duo_verification_get_emoji (fixture->offerer,
                                              fixture->offerer_fingerprint,
                                              fixture->answerer_fingerprint,
                                              NULL,
                                              indices));
}

static void
test_broken_promise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) commit = duo_verification_dup_commit (fixture->offerer);
  g_autoptr (GBytes) another = fill (9);

  duo_verification_take_offer (fixture->answerer, commit);
  duo_verification_take_reveal (fixture->answerer, another);
  g_assert_cmpint (duo_verification_get_status (fixture->answerer), ==, DUO_VERIFICATION_FAILED);

  /* No second try. */
  duo_verification_take_reveal (fixture->answerer, duo_verification_get_nonce (fixture->offerer));
  g_assert_cmpint (duo_verification_get_status (fixture->answerer), ==, DUO_VERIFICATION_FAILED);
}

static void
test_unverifiable (Fixture *fixture, gconstpointer data)
{
  duo_verification_take_offer (fixture->answerer, NULL);
  duo_verification_take_answer (fixture->offerer, NULL);
  g_assert_cmpint (duo_verification_get_status (fixture->answerer),
                   ==,
                   DUO_VERIFICATION_UNVERIFIABLE);
  g_assert_cmpint (duo_verification_get_status (fixture->offerer),
                   ==,
                   DUO_VERIFICATION_UNVERIFIABLE);

  /* A nonce that comes later does not make it good. */
  duo_verification_take_answer (fixture->offerer, duo_verification_get_nonce (fixture->answerer));
  g_assert_cmpint (duo_verification_get_status (fixture->offerer),
                   ==,
                   DUO_VERIFICATION_UNVERIFIABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("/verification/same-emoji", test_same_emoji);
  ADD ("/verification/early", test_early);
  ADD ("/verification/broken-promise", test_broken_promise);
  ADD ("/verification/unverifiable", test_unverifiable);

  return g_test_run ();
}
