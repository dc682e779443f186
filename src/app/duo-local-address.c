/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-local-address.h"

/* Connecting a datagram socket asks the kernel for the route and sends nothing. */
static GInetAddress *
find_route_address (const char *far_away)
{
  g_autoptr (GSocketAddress) target = g_inet_socket_address_new_from_string (far_away, 9);
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (target),
                                             G_SOCKET_TYPE_DATAGRAM,
                                             G_SOCKET_PROTOCOL_UDP,
                                             NULL);
  g_autoptr (GSocketAddress) local = NULL;
  GInetAddress *address = NULL;

  if (socket == NULL || !g_socket_connect (socket, target, NULL, NULL))
    return NULL;
  local = g_socket_get_local_address (socket, NULL);
  if (local == NULL)
    return NULL;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local));
  /* An address that is only good with the name of an interface cannot stand in a link. */
  if (g_inet_address_get_is_any (address) || g_inet_address_get_is_link_local (address))
    return NULL;
  return g_object_ref (address);
}

/**
 * duo_local_address_find:
 *
 * Finds the address under which others on the network reach this computer: the one that the default
 * route leaves from, IPv4 before IPv6. Sends no packet.
 *
 * Returns: (transfer full): the address, loopback if there is no network
 */
GInetAddress *
duo_local_address_find (void)
{
  /* Addresses for documentation (RFC 5737, RFC 3849): only the default route leads to them. */
  static const char *const far_away[] = { "192.0.2.1", "2001:db8::1" };

  for (gsize i = 0; i < G_N_ELEMENTS (far_away); i++) {
    GInetAddress *address = find_route_address (far_away[i]);

    if (address != NULL)
      return address;
  }
  return g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
}
