/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-listen.h"

static guint16
add_address (GSocketListener *listener, GInetAddress *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, port);
  g_autoptr (GSocketAddress) effective = NULL;

  if (!g_socket_listener_add_address (listener,
                                      wanted,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP,
                                      NULL,
                                      &effective,
                                      error))
    return 0;

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
}

/**
 * duo_listen_loopback:
 * @listener: a listener
 * @port: the port, 0 for any
 * @error: return location for a #GIOErrorEnum
 *
 * Listens for this computer only, on IPv4 and, where there is any, on IPv6.
 *
 * Returns: the port, 0 with @error set
 */
guint16
duo_listen_loopback (GSocketListener *listener, guint16 port, GError **error)
{
  g_autoptr (GInetAddress) ipv4 = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GInetAddress) ipv6 = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GError) ipv6_error = NULL;
  guint16 effective = add_address (listener, ipv4, port, error);

  if (effective != 0 && add_address (listener, ipv6, effective, &ipv6_error) == 0)
    g_debug ("No IPv6 loopback: %s", ipv6_error->message);

  return effective;
}

/**
 * duo_listen_any:
 * @listener: a listener
 * @port: the port, 0 for any
 * @error: return location for a #GIOErrorEnum
 *
 * Listens on every address of this computer.
 *
 * Returns: the port, 0 with @error set
 */
guint16
duo_listen_any (GSocketListener *listener, guint16 port, GError **error)
{
  if (port == 0)
    return g_socket_listener_add_any_inet_port (listener, NULL, error);

  return g_socket_listener_add_inet_port (listener, port, NULL, error) ? port : 0;
}

/**
 * duo_listen_address:
 * @listener: a listener
 * @address: an IPv4 or IPv6 address
 * @port: the port, 0 for any
 * @error: return location for a #GIOErrorEnum, %G_IO_ERROR_INVALID_ARGUMENT if @address is none
 *
 * Listens on one address of this computer.
 *
 * Returns: the port, 0 with @error set
 */
guint16
duo_listen_address (GSocketListener *listener, const char *address, guint16 port, GError **error)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  if (inet == NULL) {
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_INVALID_ARGUMENT,
                         "Not an IPv4 or IPv6 address");
    return 0;
  }

  return add_address (listener, inet, port, error);
}

/**
 * duo_listen_inherited:
 * @listener: a listener
 * @first: the first descriptor
 * @count: how many there are, at least 1
 * @error: return location for a #GIOErrorEnum
 *
 * Listens on TCP sockets that somebody else has opened.
 *
 * Returns: the port of the first one, 0 with @error set
 */
guint16
duo_listen_inherited (GSocketListener *listener, int first, guint count, GError **error)
{
  guint16 port = 0;

  for (guint i = 0; i < count; i++) {
    g_autoptr (GSocket) socket = g_socket_new_from_fd (first + (int) i, error);
    g_autoptr (GSocketAddress) address = NULL;

    if (socket == NULL || !g_socket_listener_add_socket (listener, socket, NULL, error))
      return 0;

    address = g_socket_get_local_address (socket, error);
    if (!G_IS_INET_SOCKET_ADDRESS (address)) {
      if (address != NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not a TCP socket");
      return 0;
    }
    if (port == 0)
      port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  }

  return port;
}

/**
 * duo_listen_addresses:
 * @loopback_only: whether only this computer is served
 * @address: (nullable): the only address to listen on
 *
 * Lists where one of the functions above listens, for those that listen there too.
 *
 * Returns: (transfer full) (element-type GInetAddress): the addresses
 */
GPtrArray *
duo_listen_addresses (gboolean loopback_only, const char *address)
{
  static const GSocketFamily families[] = { G_SOCKET_FAMILY_IPV6, G_SOCKET_FAMILY_IPV4 };
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_object_unref);

  if (address != NULL) {
    GInetAddress *inet = g_inet_address_new_from_string (address);

    if (inet != NULL)
      g_ptr_array_add (addresses, inet);
    return addresses;
  }

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    g_ptr_array_add (addresses,
                     loopback_only ? g_inet_address_new_loopback (families[i])
                                   : g_inet_address_new_any (families[i]));

  return addresses;
}
