/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-http-gate.h"

#include "duo-address-count.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/* A page takes a moment on a slow line. */
#define ANSWER_TIMEOUT (60 * 1000) /* ms */
/* What can lie between libsoup and the socket after a handshake. */
#define EARLY_MAX (64 * 1024)
/* Pages and questions need some connections of their own beside the WebSockets. */
#define REQUESTS_PER_WEBSOCKET 2

/**
 * DuoHttpGate:
 *
 * Stands between the listening socket and libsoup: counts the connections of each address, cuts off
 * whoever is too slow to say what it wants, which libsoup would wait for forever, adds TLS, and
 * takes connections that become WebSockets out of libsoup's hands.
 */
struct _DuoHttpGate {
  GObject parent_instance;

  /* Owned */
  DuoAddressCount *addresses;
  GTlsCertificate *certificate;
  GPtrArray *trusted_proxies;

  /* Borrowed */
  SoupServer *http;
  DuoServerCounters *counters;

  DuoServerLimits limits;
};

/* One connection; it lives as long as its address object, which libsoup keeps with it. */
typedef struct {
  /* Owned */
  DuoHttpGate *gate;
  GSocketConnection *connection;
  GIOStream *stream;
  char *name;
  guint timeout_id;

  gboolean counted;
  gboolean answered;
} Visitor;

static GQuark visitor_quark;

G_DEFINE_FINAL_TYPE (DuoHttpGate, duo_http_gate, G_TYPE_OBJECT)

static void
visitor_free (gpointer data)
{
  Visitor *visitor = data;

  g_clear_handle_id (&visitor->timeout_id, g_source_remove);
  if (visitor->counted)
    duo_address_count_remove (visitor->gate->addresses, visitor->name);
  g_object_unref (visitor->gate);
  g_object_unref (visitor->connection);
  g_object_unref (visitor->stream);
  g_free (visitor->name);
  g_free (visitor);
}

/* libsoup reads the end of the connection and closes it. */
static gboolean
timeout_cb (gpointer user_data)
{
  Visitor *visitor = user_data;

  visitor->timeout_id = 0;
  if (!visitor->answered)
    visitor->gate->counters->drops[DUO_SERVER_DROP_TIMEOUT]++;
  g_socket_shutdown (g_socket_connection_get_socket (visitor->connection), TRUE, TRUE, NULL);

  return G_SOURCE_REMOVE;
}

static void
restart_timeout (Visitor *visitor, guint milliseconds)
{
  g_clear_handle_id (&visitor->timeout_id, g_source_remove);
  visitor->timeout_id = g_timeout_add (milliseconds, timeout_cb, visitor);
}

static Visitor *
find_visitor (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote != NULL ? g_object_get_qdata (G_OBJECT (remote), visitor_quark) : NULL;
}

/* libsoup ends connections that it has not accepted itself after one request. It is to say so, RFC
 * 9112 section 9.6; a handshake has another word there. */
static void
request_started_cb (SoupServer *http, SoupServerMessage *message, gpointer user_data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Connection",
                                "close");
}

static void
request_read_cb (SoupServer *http, SoupServerMessage *message, gpointer user_data)
{
  Visitor *visitor = find_visitor (message);

  if (visitor != NULL)
    restart_timeout (visitor, ANSWER_TIMEOUT);
}

static void
request_finished_cb (SoupServer *http, SoupServerMessage *message, gpointer user_data)
{
  Visitor *visitor = find_visitor (message);

  if (visitor == NULL)
    return;

  visitor->answered = TRUE;
  restart_timeout (visitor, visitor->gate->limits.header_timeout);
}

static GIOStream *
add_tls (DuoHttpGate *self, GSocketConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls = NULL;

  if (self->certificate == NULL)
    return g_object_ref (G_IO_STREAM (connection));

  tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, &error);
  if (tls == NULL)
    g_warning ("Cannot speak TLS: %s", error->message);

  return g_steal_pointer (&tls);
}

static gboolean
is_trusted_proxy (DuoHttpGate *self, GInetAddress *address, const char *name)
{
  g_autofree char *behind = duo_client_address_find (address, "0.0.0.0", self->trusted_proxies);

  return !g_str_equal (behind, name);
}

static void
duo_http_gate_finalize (GObject *object)
{
  DuoHttpGate *self = DUO_HTTP_GATE (object);

  g_clear_pointer (&self->addresses, duo_address_count_free);
  g_clear_pointer (&self->trusted_proxies, g_ptr_array_unref);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (duo_http_gate_parent_class)->finalize (object);
}

static void
duo_http_gate_class_init (DuoHttpGateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = duo_http_gate_finalize;
  visitor_quark = g_quark_from_static_string ("duo-http-gate-visitor");
}

static void
duo_http_gate_init (DuoHttpGate *self)
{
  self->addresses = duo_address_count_new ();
}

/**
 * duo_http_gate_new:
 * @http: the server that answers; outlives the gate's connections
 * @config: limits and trusted proxies; copied
 * @certificate: (nullable): the certificate and key for TLS, %NULL for plain HTTP
 * @counters: where drops are counted; outlives the gate
 *
 * Makes a gate in front of a server.
 *
 * Returns: (transfer full): the gate
 */
DuoHttpGate *
duo_http_gate_new (SoupServer *http,
                   const DuoServerConfig *config,
                   GTlsCertificate *certificate,
                   DuoServerCounters *counters)
{
  DuoHttpGate *self = g_object_new (DUO_TYPE_HTTP_GATE, NULL);

  self->http = http;
  self->counters = counters;
  self->limits = config->limits;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->trusted_proxies =
    g_ptr_array_copy (config->trusted_proxy, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  g_ptr_array_set_free_func (self->trusted_proxies, g_free);
  g_signal_connect_object (http,
                           "request-started",
                           G_CALLBACK (request_started_cb),
                           self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (http,
                           "request-read",
                           G_CALLBACK (request_read_cb),
                           self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (http,
                           "request-finished",
                           G_CALLBACK (request_finished_cb),
                           self,
                           G_CONNECT_DEFAULT);

  return self;
}

/**
 * duo_http_gate_accept:
 * @self: a gate
 * @connection: a connection that has just come in
 *
 * Lets a connection in, or drops it if its address has too many.
 */
void
duo_http_gate_accept (DuoHttpGate *self, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) cached = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = NULL;
  guint most = REQUESTS_PER_WEBSOCKET * self->limits.connections_per_address;
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) stream = NULL;
  g_autofree char *name = NULL;
  GInetAddress *address;
  Visitor *visitor;
  gboolean counted;

  /* Without an address the client has gone again already. */
  if (local == NULL || !G_IS_INET_SOCKET_ADDRESS (cached))
    return;

  /* The socket keeps its address as long as it lives; one of our own goes with the visit. */
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (cached));
  remote =
    g_inet_socket_address_new (address,
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (cached)));
  name = duo_client_address_name (address);
  counted = !is_trusted_proxy (self, address, name);
  if (counted && !duo_address_count_add (self->addresses, name, most)) {
    self->counters->drops[DUO_SERVER_DROP_ADDRESS]++;
    return;
  }

  stream = add_tls (self, connection);
  if (stream == NULL)
    return;

  g_socket_set_option (g_socket_connection_get_socket (connection),
                       IPPROTO_TCP,
                       TCP_NODELAY,
                       1,
                       NULL);
  visitor = g_new0 (Visitor, 1);
  visitor->gate = g_object_ref (self);
  visitor->connection = g_object_ref (connection);
  visitor->stream = g_object_ref (stream);
  visitor->name = g_steal_pointer (&name);
  visitor->counted = counted;
  g_object_set_qdata_full (G_OBJECT (remote), visitor_quark, visitor, visitor_free);
  restart_timeout (visitor, self->limits.header_timeout);

  if (!soup_server_accept_iostream (self->http, stream, local, remote, &error))
    g_warning ("Cannot accept a connection: %s", error->message);
}

/**
 * duo_http_gate_take:
 * @self: a gate
 * @message: a request that has been answered with 101; it is gone afterwards
 * @upgrade: (out caller-allocates): what becomes of its connection
 *
 * Takes a connection out of HTTP.
 *
 * Returns: whether there still was one
 */
gboolean
duo_http_gate_take (DuoHttpGate *self, SoupServerMessage *message, DuoUpgrade *upgrade)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *forwarded = soup_message_headers_get_list (headers, "X-Forwarded-For");
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  Visitor *visitor = find_visitor (message);
  g_autoptr (GIOStream) wrapper = NULL;
  g_autofree guint8 *early = g_malloc (EARLY_MAX);
  gssize length;

  if (visitor == NULL || !G_IS_INET_SOCKET_ADDRESS (remote))
    return FALSE;

  upgrade->client =
    duo_client_address_find (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)),
                             forwarded,
                             self->trusted_proxies);
  upgrade->host = g_strdup (soup_message_headers_get_one (headers, "Host"));
  upgrade->stream = g_object_ref (visitor->stream);
  upgrade->socket = g_object_ref (g_socket_connection_get_socket (visitor->connection));

  wrapper = soup_server_message_steal_connection (message);
  length = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (
                                                       g_io_stream_get_input_stream (wrapper)),
                                                     early,
                                                     EARLY_MAX,
                                                     NULL,
                                                     NULL);
  if (length > 0)
    upgrade->early = g_bytes_new (early, (gsize) length);

  return TRUE;
}
