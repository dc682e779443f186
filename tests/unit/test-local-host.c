/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls hosted on this computer: the address in their links, and a port that stays. */

#include "config.h"

#include "duo-join-link.h"
#include "duo-local-address.h"
#include "duo-local-host.h"
#include "duo-room-server.h"

static guint
get_remembered (GSettings *settings)
{
  guint16 port = 0;

  g_settings_get (settings, "host-port", "q", &port);
  return port;
}

static void
test_address (void)
{
  g_autoptr (GInetAddress) address = duo_local_address_find ();

  g_assert_false (g_inet_address_get_is_any (address));
  g_assert_false (g_inet_address_get_is_link_local (address));
}

static void
test_port (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (GError) error = NULL;
  DuoLocalHost *host = duo_local_host_new (settings);
  g_autofree char *first = duo_local_host_open (host, &error);
  g_autofree char *again = duo_local_host_open (host, &error);
  g_autofree char *later = NULL;
  g_autoptr (DuoJoinLink) link = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpuint (get_remembered (settings), !=, 0);
  link = duo_join_link_new (first, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (duo_join_link_get_server (link), ==, first);
  g_assert_finalize_object (host);

  /* A link that was sent yesterday works today. */
  host = duo_local_host_new (settings);
  later = duo_local_host_open (host, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (later, ==, first);
  g_assert_finalize_object (host);
}

static void
test_taken (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (DuoRoomServer) other = duo_room_server_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  DuoLocalHost *host = duo_local_host_new (settings);

  g_assert_true (duo_room_server_listen (other, FALSE, 0, &error));
  g_settings_set (settings, "host-port", "q", duo_room_server_get_port (other));
  address = duo_local_host_open (host, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_remembered (settings), !=, duo_room_server_get_port (other));
  g_assert_finalize_object (host);
  duo_room_server_stop (other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-host/address", test_address);
  g_test_add_func ("/local-host/port", test_port);
  g_test_add_func ("/local-host/taken", test_taken);
  return g_test_run ();
}
