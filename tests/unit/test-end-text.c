/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a call ended, in words. */

#include "config.h"

#include "duo-end-text.h"

static void
test_every_reason (void)
{
  for (int reason = DUO_CALL_END_LEFT; reason <= DUO_CALL_END_FAILED; reason++) {
    g_autofree char *named =
      duo_end_text_dup_body (reason, "Grace", "calls.example.org", "the disk is full");
    g_autofree char *unnamed = duo_end_text_dup_body (reason, NULL, "calls.example.org", NULL);
    g_autofree char *empty = duo_end_text_dup_body (reason, "", "calls.example.org", NULL);

    g_assert_cmpstr (duo_end_text_get_title (reason), !=, "");
    g_assert_true (g_str_has_suffix (duo_end_text_get_icon (reason), "-symbolic"));
    g_assert_cmpstr (named, !=, "");
    g_assert_true (g_str_has_suffix (unnamed, "."));
    /* Nobody is called by an empty name. */
    g_assert_cmpstr (empty, ==, unnamed);
    g_assert_false (g_str_has_prefix (unnamed, " "));
  }
}

static void
test_words (void)
{
  g_autofree char *left = duo_end_text_dup_body (DUO_CALL_END_REMOTE_LEFT, "Grace 50%", "h", NULL);
  g_autofree char *refused = duo_end_text_dup_body (DUO_CALL_END_NOT_ALLOWED, NULL, "h.org", NULL);
  g_autofree char *failed = duo_end_text_dup_body (DUO_CALL_END_FAILED, NULL, "h", "no encoder");

  g_assert_cmpstr (left, ==, "Grace 50% left.");
  g_assert_nonnull (strstr (refused, "h.org"));
  g_assert_nonnull (strstr (failed, "no encoder"));
  g_assert_true (duo_end_text_is_alarming (DUO_CALL_END_FINGERPRINT));
  g_assert_true (duo_end_text_is_alarming (DUO_CALL_END_VERIFICATION));
  g_assert_false (duo_end_text_is_alarming (DUO_CALL_END_CONNECTION_LOST));
  g_assert_true (duo_end_text_is_mended_by_preferences (DUO_CALL_END_NOT_ALLOWED));
  g_assert_true (duo_end_text_is_mended_by_preferences (DUO_CALL_END_NO_RELAY));
  g_assert_true (duo_end_text_is_mended_by_preferences (DUO_CALL_END_RELAY));
  g_assert_false (duo_end_text_is_mended_by_preferences (DUO_CALL_END_FAILED));
}

static void
test_duration (void)
{
  static const struct {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { -5, "0 seconds" },
    { 1, "1 second" },
    { 59, "59 seconds" },
    { 60, "1 minute, 0 seconds" },
    { 725, "12 minutes, 5 seconds" },
    { 3600, "1 hour, 0 minutes" },
    { 7505, "2 hours, 5 minutes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = duo_end_text_dup_duration (cases[i].seconds * G_USEC_PER_SEC);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/end-text/every-reason", test_every_reason);
  g_test_add_func ("/end-text/words", test_words);
  g_test_add_func ("/end-text/duration", test_duration);
  return g_test_run ();
}
