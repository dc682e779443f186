/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "duo-ice-plan.h"
#include "duo-ice-uri.h"
#include "duo-rtc-error.h"
#include "duo-server-message.h"

static void
test_url (void)
{
  static const struct {
    const char *url;
    const char *username;
    const char *credential;
    const char *uri;
  } cases[] = {
    { "stun:host.example", NULL, NULL, "stun://host.example:3478" },
    { "stun:10.0.0.1:99", NULL, NULL, "stun://10.0.0.1:99" },
    { "stun:[fd00::1]", NULL, NULL, "stun://[fd00::1]:3478" },
    { "stun:[fd00::1]:99", NULL, NULL, "stun://[fd00::1]:99" },
    { "stun:host.example?transport=udp", NULL, NULL, NULL },
    { "turn:host.example", "u", "p", "turn://u:p@host.example:3478?transport=udp" },
    { "turn:host.example:80?transport=tcp",
      "170:ann",
      "a+b/c=",
      "turn://170%3Aann:a%2Bb%2Fc%3D@host.example:80?transport=tcp" },
    { "turn:host.example?transport=sctp", "u", "p", NULL },
    { "turn:host.example", "u", NULL, NULL },
    { "turn:host.example", NULL, NULL, NULL },
    { "turns:host.example:443?transport=tcp", "u", "p", NULL },
    { "turn:me@host.example", "u", "p", NULL },
    { "stun:", NULL, NULL, NULL },
    { "stun:host.example:", NULL, NULL, NULL },
    { "stun:host.example:http", NULL, NULL, NULL },
    { "stun:host.example:0", NULL, NULL, NULL },
    { "stun:host.example:65536", NULL, NULL, NULL },
    { "stun::3478", NULL, NULL, NULL },
    { "stun:fd00::1", NULL, NULL, NULL },
    { "stun:[fd00::1", NULL, NULL, NULL },
    { "stun:[host]", NULL, NULL, NULL },
    { "stun://host.example", NULL, NULL, NULL },
    { "stun:host/path", NULL, NULL, NULL },
    { "https://host.example", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *uri =
      duo_ice_uri_from_url (cases[i].url, cases[i].username, cases[i].credential);

    g_test_message ("%s", cases[i].url);
    g_assert_cmpstr (uri, ==, cases[i].uri);
  }
}

static void
test_list (void)
{
  static const char *const urls[] = { "stun:a", "turns:b", "stun:c", NULL };
  g_autoptr (DuoServerMessage) message = duo_server_message_new (DUO_SERVER_MESSAGE_ROOM_JOINED);
  g_auto (GStrv) uris = NULL;

  for (guint i = 0; i < 6; i++)
    duo_server_message_add_ice_server (message, urls, NULL, NULL);

  uris = duo_ice_uris_from_servers (message->ice_servers);
  g_assert_cmpuint (g_strv_length (uris), ==, DUO_ICE_URIS_MAX);
  g_assert_cmpstr (uris[0], ==, "stun://a:3478");
  g_assert_cmpstr (uris[1], ==, "stun://c:3478");
}

static void
test_relay (void)
{
  static const struct {
    const char *uris[3];
    int code; /* -1 where there is a relay */
  } cases[] = {
    { { NULL }, DUO_RTC_ERROR_NO_RELAY },
    { { "stun://a:1" }, DUO_RTC_ERROR_NO_RELAY },
    { { "turn://1001%3Ame:x@a:1?transport=udp" }, -1 },
    { { "turn://1000%3Ame:x@a:1?transport=udp" }, DUO_RTC_ERROR_RELAY },
    { { "turn://999%3Ame:x@a:1?transport=udp", "turn://1001%3Ame:x@a:1?transport=tcp" }, -1 },
    { { "turn://me:x@a:1?transport=udp" }, -1 },
    { { "turn://12:x@a:1?transport=udp" }, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gboolean good = duo_ice_uris_check_relay (cases[i].uris, 1000, &error);

    g_assert_cmpint (good, ==, cases[i].code < 0);
    if (!good)
      g_assert_cmpint (error->code, ==, cases[i].code);
  }
}

/* One's own come first, whatever the room; and nothing counts twice. */
static void
test_plan (void)
{
  static const char *const own[] = { "stun://own:1", "turn://u:p@own:1?transport=udp", NULL };
  static const char *const offered[] = { "stun://room:1", "stun://own:1", NULL };
  g_autoptr (DuoIcePlan) plan = duo_ice_plan_new ();
  g_autoptr (GError) error = NULL;
  const char *const *uris;

  g_assert_true (duo_ice_plan_check (plan, 1000, &error));
  duo_ice_plan_set_relay_only (plan, TRUE);
  g_assert_false (duo_ice_plan_check (plan, 1000, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_NO_RELAY);
  g_clear_error (&error);

  duo_ice_plan_set_own (plan, own);
  duo_ice_plan_set_offered (plan, offered);
  uris = duo_ice_plan_get_uris (plan);
  g_assert_cmpuint (g_strv_length ((char **) uris), ==, 3);
  g_assert_cmpstr (uris[0], ==, own[0]);
  g_assert_cmpstr (uris[1], ==, own[1]);
  g_assert_cmpstr (uris[2], ==, offered[0]);
  g_assert_true (duo_ice_plan_check (plan, 1000, &error));
  g_assert_no_error (error);

  duo_ice_plan_set_offered (plan, NULL);
  g_assert_cmpuint (g_strv_length ((char **) duo_ice_plan_get_uris (plan)), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ice-uri/url", test_url);
  g_test_add_func ("/ice-uri/list", test_list);
  g_test_add_func ("/ice-uri/relay", test_relay);
  g_test_add_func ("/ice-uri/plan", test_plan);

  return g_test_run ();
}
