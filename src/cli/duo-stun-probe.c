/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-doctor.h"

#include <string.h>

#include "duo-random.h"

#define DEFAULT_PORT 3478
#define TRIES 3
#define TRY_SECONDS 1

/* RFC 8489, section 5 */
#define HEADER_SIZE 20
#define ID_OFFSET 8
#define ID_SIZE 12
#define MAGIC_COOKIE 0x2112a442

/* A Binding of RFC 8489 or an Allocate of RFC 8656; the latter with the transport it must ask for.
 */
static gsize
write_request (guint8 *packet, gboolean turn, const guint8 *id)
{
  static const guint8 requested_transport[] = { 0x00, 0x19, 0x00, 0x04, 17, 0, 0, 0 };
  guint32 cookie = GUINT32_TO_BE (MAGIC_COOKIE);
  gsize length = 0;

  packet[0] = 0;
  packet[1] = turn ? 0x03 : 0x01;
  memcpy (packet + 4, &cookie, sizeof cookie);
  memcpy (packet + ID_OFFSET, id, ID_SIZE);
  if (turn) {
    memcpy (packet + HEADER_SIZE, requested_transport, sizeof requested_transport);
    length = sizeof requested_transport;
  }
  packet[2] = 0;
  packet[3] = (guint8) length;

  return HEADER_SIZE + length;
}

/* Success or error: either shows that the server is there. */
static gboolean
is_answer (const guint8 *packet, gssize length, gboolean turn, const guint8 *id)
{
  return length >= HEADER_SIZE && packet[0] == 0x01 && (packet[1] & 0xef) == (turn ? 0x03 : 0x01) &&
         memcmp (packet + ID_OFFSET, id, ID_SIZE) == 0;
}

static gboolean
ask (GSocketConnection *connection, gboolean turn, GError **error)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  guint8 request[HEADER_SIZE + 8];
  guint8 answer[1500];
  guint8 id[ID_SIZE];
  gsize size;

  if (!duo_random_bytes (id, sizeof id, error))
    return FALSE;

  size = write_request (request, turn, id);
  g_socket_set_timeout (socket, TRY_SECONDS);

  for (guint i = 0; i < TRIES; i++) {
    gssize length;

    g_clear_error (error);
    if (g_socket_send (socket, (const char *) request, size, NULL, error) < 0)
      return FALSE;

    length = g_socket_receive (socket, (char *) answer, sizeof answer, NULL, error);
    if (is_answer (answer, length, turn, id))
      return TRUE;
  }

  if (error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Not an answer of STUN");

  return FALSE;
}

/**
 * duo_stun_probe:
 * @host_and_port: a host, perhaps with a port
 * @turn: whether it is to be a TURN server
 * @error: return location for a #GError
 *
 * Sends a request over UDP and waits some seconds for any answer to it.
 *
 * Returns: whether there was one
 */
gboolean
duo_stun_probe (const char *host_and_port, gboolean turn, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = NULL;
  g_autoptr (GSocketConnection) connection = NULL;

  address = g_network_address_parse (host_and_port, DEFAULT_PORT, error);
  if (address == NULL)
    return FALSE;

  g_socket_client_set_socket_type (client, G_SOCKET_TYPE_DATAGRAM);
  g_socket_client_set_protocol (client, G_SOCKET_PROTOCOL_UDP);
  connection = g_socket_client_connect (client, address, NULL, error);

  return connection != NULL && ask (connection, turn, error);
}
