/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "duo-fingerprint.h"
#include "duo-rtc-error.h"

static const char certificate[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBdjCCARugAwIBAgIUTPafxExUVuNHX2x+Hztg7eIQSgYwCgYIKoZIzj0EAwIw\n"
  "DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjAwNzAxNTBaGA8yMTI2MTAyNzA3MDE1\n"
  "MFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFiE\n"
  "XlFAe6T96KbQ3sL8Q64QLy8/UBoDpeMwIInfsLgfGTo648lFoFxbcE/W99LN7Xc6\n"
  "aLvzkFa7laTr/gONyXmjUzBRMB0GA1UdDgQWBBSzhkh+7tBQHb5/Ix3zrvvaXJOB\n"
  "ejAfBgNVHSMEGDAWgBSzhkh+7tBQHb5/Ix3zrvvaXJOBejAPBgNVHRMBAf8EBTAD\n"
  "AQH/MAoGCCqGSM49BAMCA0kAMEYCIQCsekTk+hwAgQ/lMCjPJ3CtUveEMfTbgHEx\n"
  "VUWxXYeAygIhAIxcDTq8D2csIydbyfxTxfvfaDxWpqYGgtm4571E47yR\n"
  "-----END CERTIFICATE-----\n";

/* What openssl x509 -fingerprint -sha256 says of it. */
static const char expected[] = "sha-256 E0:A2:42:27:59:28:13:A7:A6:7E:1C:E2:CC:4C:0B:EB:"
                               "A6:B2:B1:45:15:F7:51:F8:81:C6:B1:1B:98:6B:89:17";

static void
test_certificate (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) fingerprint = duo_fingerprint_of_certificate (certificate, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = duo_fingerprint_to_string (fingerprint);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_not_a_certificate (void)
{
  static const char *const texts[] = { "", "certificate", "-----BEGIN CERTIFICATE-----\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (duo_fingerprint_of_certificate (texts[i], &error));
    g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_FINGERPRINT);
  }
}

static void
test_parse (void)
{
  g_autofree char *lower = g_ascii_strdown (expected, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) fingerprint = duo_fingerprint_parse (lower, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = duo_fingerprint_to_string (fingerprint);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_refused (void)
{
  g_autofree char *cut = g_strndup (expected, strlen (expected) - 1);
  g_autofree char *longer = g_strconcat (expected, ":00", NULL);
  const char *const texts[] = { "", "sha-256", "sha-256 ", "sha-1 00:11", cut, longer };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (duo_fingerprint_parse (texts[i], &error));
    g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rtc/fingerprint/certificate", test_certificate);
  g_test_add_func ("/rtc/fingerprint/not-a-certificate", test_not_a_certificate);
  g_test_add_func ("/rtc/fingerprint/parse", test_parse);
  g_test_add_func ("/rtc/fingerprint/refused", test_refused);

  return g_test_run ();
}
