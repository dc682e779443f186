/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-address-count.h"

static const struct {
  const char *remote;
  const char *forwarded;
  const char *client;
} clients[] = {
  /* 10.0.0.0/8 and ::1 are trusted. */
  { "192.0.2.1", NULL, "192.0.2.1" },
  { "192.0.2.1", "198.51.100.1", "192.0.2.1" },
  { "10.0.0.1", NULL, "10.0.0.1" },
  { "10.0.0.1", "198.51.100.1", "198.51.100.1" },
  { "::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1" },
  { "::1", "203.0.113.9, 198.51.100.1", "198.51.100.1" },
  { "10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1" },
  { "10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1" },
  { "10.0.0.1", "", "10.0.0.1" },
  { "10.0.0.1", "10.0.0.3", "10.0.0.3" },
  { "10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
  { "2001:db8:1:2:ffff::1", NULL, "2001:db8:1:2::" },
};

static void
test_find (void)
{
  g_autoptr (GPtrArray) trusted = g_ptr_array_new ();

  g_ptr_array_add (trusted, (gpointer) "10.0.0.0/8");
  g_ptr_array_add (trusted, (gpointer) "::1");

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++) {
    g_autoptr (GInetAddress) remote = g_inet_address_new_from_string (clients[i].remote);
    g_autofree char *client = duo_client_address_find (remote, clients[i].forwarded, trusted);

    g_test_message ("%s %s", clients[i].remote, clients[i].forwarded);
    g_assert_cmpstr (client, ==, clients[i].client);
  }
}

static void
test_count (void)
{
  g_autoptr (DuoAddressCount) count = duo_address_count_new ();

  g_assert_true (duo_address_count_add (count, "a", 2));
  g_assert_true (duo_address_count_add (count, "a", 2));
  g_assert_false (duo_address_count_add (count, "a", 2));
  g_assert_true (duo_address_count_add (count, "b", 2));
  duo_address_count_remove (count, "a");
  g_assert_true (duo_address_count_add (count, "a", 2));
  g_assert_false (duo_address_count_add (count, "a", 2));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-address/find", test_find);
  g_test_add_func ("/client-address/count", test_count);

  return g_test_run ();
}
