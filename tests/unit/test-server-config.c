/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-config.h"

#include <string.h>

static const struct {
  const char *name;
  const char *value;
  const char *fault; /* a part of what is said, or NULL where it is allowed */
} settings[] = {
  { "port", "0", NULL },
  { "port", "65535", NULL },
  { "port", "65536", "from 0 to 65535" },
  { "port", "-1", "from 0 to 65535" },
  { "port", "+1", "from 0 to 65535" },
  { "port", "", "from 0 to 65535" },
  { "port", "80 ", "from 0 to 65535" },
  { "max-participants", "0", "from 1 to 100" },
  { "max-rooms", "1e3", "a whole number" },
  { "seat-hold", "0", NULL },
  { "seat-hold", "1.25", NULL },
  { "seat-hold", ".5", "seconds from 0 to 86400" },
  { "seat-hold", "1,5", "seconds" },
  { "seat-hold", "nan", "seconds" },
  { "ping-interval", "0.05", "seconds from 0.1 to 3600" },
  { "room-lifetime", "2592001", "to 2.592e+06" },
  { "listen", "::1", NULL },
  { "listen", "localhost", "an IPv4 or IPv6 address" },
  { "trusted-proxy", "10.0.0.0/8", NULL },
  { "trusted-proxy", "::1", NULL },
  { "trusted-proxy", "10.0.0.0/4294967294", "such as 10.0.0.0/8" },
  { "trusted-proxy", "10.0.0.0/33", "such as 10.0.0.0/8" },
  { "trusted-proxy", "10.0.0.1/8", "such as 10.0.0.0/8" },
  { "tls-key", "", "a file" },
  { "no-such-thing", "1", "no-such-thing" },
};

static void
test_set (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    g_autoptr (DuoServerConfig) config = duo_server_config_new ();
    g_autoptr (GError) error = NULL;

    g_test_message ("%s=%s", settings[i].name, settings[i].value);
    duo_server_config_set (config, settings[i].name, settings[i].value, &error);
    if (settings[i].fault == NULL) {
      g_assert_no_error (error);
    } else {
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, settings[i].fault));
    }
  }
}

static const struct {
  const char *text;
  const char *fault;
} files[] = {
  { "[server]\n", NULL },
  { "# a comment\n[server]\nport=1\nseat-hold = 2\n", NULL },
  { "[server]\ntrusted-proxy=10.0.0.0/8;::1\n", NULL },
  { "[server]\n\n# Why\nmax-rooms = many\n", "line 4: max-rooms" },
  { "[server]\nport=1\nports=2\n", "line 3: there is no option" },
  { "[server]\ntrusted-proxy=10.0.0.0/8; everybody\n", "line 2: trusted-proxy: “everybody”" },
  { "port=1\n", "group" },
  { "[server]\nport\n", "port" },
  { "[server]\n[client]\n", "[server]" },
  { "", "[server]" },
  { "[server]\nport=\xff\n", "line 2" },
  { "[server]\nlisten=\\x\n", "line 2" },
};

static void
test_load (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (DuoServerConfig) config = duo_server_config_new ();
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", files[i].text);
    duo_server_config_load (config, files[i].text, strlen (files[i].text), &error);
    if (files[i].fault == NULL) {
      g_assert_no_error (error);
    } else {
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, files[i].fault));
    }
  }
}

static void
test_values (void)
{
  static const char text[] = "[server]\nport=81\nmax-rooms=7\nroom-lifetime=1.5\n"
                             "trusted-proxy=::1;10.0.0.0/8\nlisten=0.0.0.0\n";
  g_autoptr (DuoServerConfig) config = duo_server_config_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpmem (&config->limits,
                   sizeof config->limits,
                   &duo_server_limits_default,
                   sizeof duo_server_limits_default);
  duo_server_config_load (config, text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (config->port, ==, 81);
  g_assert_cmpuint (config->limits.max_rooms, ==, 7);
  g_assert_cmpuint (config->limits.room_lifetime, ==, 1500);
  g_assert_cmpuint (config->trusted_proxy->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (config->trusted_proxy, 1), ==, "10.0.0.0/8");
  g_assert_cmpstr (config->listen, ==, "0.0.0.0");
  g_assert_true (duo_server_config_check (config, &error));

  g_assert_true (duo_server_config_set (config, "tls-key", "key.pem", NULL));
  g_assert_false (duo_server_config_check (config, &error));
  g_assert_nonnull (strstr (error->message, "tls-certificate"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-config/set", test_set);
  g_test_add_func ("/server-config/load", test_load);
  g_test_add_func ("/server-config/values", test_values);

  return g_test_run ();
}
