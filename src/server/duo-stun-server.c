/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-stun-server.h"

#include "duo-address-count.h"
#include "duo-stun.h"

/* One address may ask so often in a second; a client asks a few times per network interface. */
#define REQUESTS_PER_SECOND 50
/* So many addresses are told apart in a second; beyond, nobody is answered. */
#define ADDRESSES_MAX 65536
#define DATAGRAMS_AT_ONCE 64

struct _DuoStunServer {
  /* Owned */
  GPtrArray *sources; /* of GSource, each with its socket */
  DuoAddressCount *requests;

  /* Borrowed */
  DuoServerCounters *counters;

  gint64 second; /* the one that is being counted */
  guint asked;   /* in it */
};

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static gboolean
is_allowed (DuoStunServer *self, GInetAddress *address)
{
  g_autofree char *name = duo_client_address_name (address);
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;

  if (second != self->second) {
    duo_address_count_free (self->requests);
    self->requests = duo_address_count_new ();
    self->second = second;
    self->asked = 0;
  }

  return self->asked++ < ADDRESSES_MAX &&
         duo_address_count_add (self->requests, name, REQUESTS_PER_SECOND);
}

static void
handle (
  DuoStunServer *self, GSocket *socket, GInetSocketAddress *from, const guint8 *data, gsize length)
{
  GInetAddress *address = g_inet_socket_address_get_address (from);
  guint16 port = g_inet_socket_address_get_port (from);
  g_autoptr (GBytes) answer = NULL;

  if (is_allowed (self, address))
    answer = duo_stun_answer (data, length, address, port);

  if (answer == NULL) {
    self->counters->drops[DUO_SERVER_DROP_STUN]++;
    return;
  }

  self->counters->stun++;
  g_socket_send_to (socket,
                    G_SOCKET_ADDRESS (from),
                    g_bytes_get_data (answer, NULL),
                    g_bytes_get_size (answer),
                    NULL,
                    NULL);
}

static gboolean
socket_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  DuoStunServer *self = user_data;

  for (guint i = 0; i < DATAGRAMS_AT_ONCE; i++) {
    g_autoptr (GSocketAddress) from = NULL;
    guint8 data[DUO_STUN_REQUEST_MAX + 1];
    gssize length = g_socket_receive_from (socket, &from, (char *) data, sizeof data, NULL, NULL);

    if (length < 0)
      break;
    if (G_IS_INET_SOCKET_ADDRESS (from))
      handle (self, socket, G_INET_SOCKET_ADDRESS (from), data, (gsize) length);
  }

  return G_SOURCE_CONTINUE;
}

/**
 * duo_stun_server_new:
 * @counters: what is counted; outlives the server
 *
 * Makes a STUN server that does not listen yet.
 *
 * Returns: (transfer full): the server
 */
DuoStunServer *
duo_stun_server_new (DuoServerCounters *counters)
{
  DuoStunServer *self = g_new0 (DuoStunServer, 1);

  self->sources = g_ptr_array_new_with_free_func (destroy_source);
  self->requests = duo_address_count_new ();
  self->counters = counters;

  return self;
}

/**
 * duo_stun_server_free:
 * @self: (transfer full): a STUN server
 *
 * Stops to listen.
 */
void
duo_stun_server_free (DuoStunServer *self)
{
  g_ptr_array_unref (self->sources);
  duo_address_count_free (self->requests);
  g_free (self);
}

/**
 * duo_stun_server_listen:
 * @self: a STUN server
 * @address: an address of this computer
 * @port: the UDP port
 * @error: return location for a #GIOErrorEnum
 *
 * Listens at one more address.
 *
 * Returns: whether it does
 */
gboolean
duo_stun_server_listen (DuoStunServer *self, GInetAddress *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) local = g_inet_socket_address_new (address, port);
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (address),
                                             G_SOCKET_TYPE_DATAGRAM,
                                             G_SOCKET_PROTOCOL_UDP,
                                             error);
  GSource *source;

  if (socket == NULL || !g_socket_bind (socket, local, FALSE, error))
    return FALSE;

  g_socket_set_blocking (socket, FALSE);
  source = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (socket_cb), self, NULL);
  g_source_attach (source, NULL);
  g_ptr_array_add (self->sources, source);

  return TRUE;
}
