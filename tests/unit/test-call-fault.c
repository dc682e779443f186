/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-fault.h"
#include "duo-rtc-error.h"

static void
test_judge (void)
{
  static const struct {
    int code;
    DuoCallEndReason before; /* anybody was seen */
    DuoCallEndReason after;
  } cases[] = {
    { DUO_RTC_ERROR_FINGERPRINT, DUO_CALL_END_FINGERPRINT, DUO_CALL_END_FINGERPRINT },
    { DUO_RTC_ERROR_DESCRIPTION, DUO_CALL_END_PROTOCOL, DUO_CALL_END_PROTOCOL },
    { DUO_RTC_ERROR_MISSING_PLUGIN, DUO_CALL_END_FAILED, DUO_CALL_END_FAILED },
    { DUO_RTC_ERROR_NO_RELAY, DUO_CALL_END_NO_RELAY, DUO_CALL_END_NO_RELAY },
    { DUO_RTC_ERROR_RELAY, DUO_CALL_END_RELAY, DUO_CALL_END_NONE },
    { DUO_RTC_ERROR_FAILED, DUO_CALL_END_NONE, DUO_CALL_END_NONE },
    { DUO_RTC_ERROR_CANDIDATE, DUO_CALL_END_NONE, DUO_CALL_END_NONE },
    { DUO_RTC_ERROR_STATE, DUO_CALL_END_NONE, DUO_CALL_END_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (DUO_RTC_ERROR, cases[i].code, "x");

    g_assert_cmpint (duo_call_fault_judge (error, DUO_PAIRING_MEDIA_NONE, FALSE),
                     ==,
                     cases[i].before);
    g_assert_cmpint (duo_call_fault_judge (error, DUO_PAIRING_MEDIA_FLOWING, FALSE),
                     ==,
                     cases[i].after);
    g_assert_cmpint (duo_call_fault_judge (error, DUO_PAIRING_MEDIA_LOST, FALSE),
                     ==,
                     cases[i].after);
  }
}

/* Of all that only a description is another matter where anybody may have written it. */
static void
test_open_room (void)
{
  g_autoptr (GError) description =
    g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION, "x");
  g_autoptr (GError) fingerprint =
    g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_FINGERPRINT, "x");

  g_assert_cmpint (duo_call_fault_judge (description, DUO_PAIRING_MEDIA_NONE, TRUE),
                   ==,
                   DUO_CALL_END_NONE);
  g_assert_cmpint (duo_call_fault_judge (fingerprint, DUO_PAIRING_MEDIA_NONE, TRUE),
                   ==,
                   DUO_CALL_END_FINGERPRINT);
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, DUO_RTC_ERROR_FINGERPRINT, "x");

  g_assert_cmpint (duo_call_fault_judge (error, DUO_PAIRING_MEDIA_NONE, FALSE),
                   ==,
                   DUO_CALL_END_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-fault/judge", test_judge);
  g_test_add_func ("/call-fault/open-room", test_open_room);
  g_test_add_func ("/call-fault/foreign", test_foreign);

  return g_test_run ();
}
