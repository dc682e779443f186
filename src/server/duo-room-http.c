/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-http.h"

#include "duo-http-gate.h"
#include "duo-http-pages.h"
#include "duo-text.h"
#include "duo-token.h"

#include <libsoup/soup.h>
#include <string.h>

#define ANNOUNCEMENT_MAX_CHARS 200
#define BODY_MAX 4096
#define BEARER "Bearer "

/**
 * DuoRoomHttp:
 *
 * What a room server does over HTTP: answers questions, takes announcements, and turns requests for
 * a room into WebSockets.
 */
struct _DuoRoomHttp {
  GObject parent_instance;

  /* Owned */
  SoupServer *http;
  DuoHttpGate *gate;
  DuoRoomRegistry *registry;
  GPtrArray *origins;

  /* Borrowed */
  const DuoAccess *access;

  gint64 started; /* monotonic, in microseconds */
};

G_DEFINE_FINAL_TYPE (DuoRoomHttp, duo_room_http, G_TYPE_OBJECT)

static gboolean
is_websocket (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_header_contains (headers, "Upgrade", "websocket");
}

/* Only browsers name an origin, and they let no page lie about it. The pages we serve ourselves may
 * always connect. */
static gboolean
is_allowed_origin (DuoRoomHttp *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *host = soup_message_headers_get_one (headers, "Host");
  const char *authority;

  if (origin == NULL || self->origins->len == 0 ||
      g_ptr_array_find_with_equal_func (self->origins, origin, g_str_equal, NULL))
    return TRUE;

  authority = strstr (origin, "://");

  return authority != NULL && g_strcmp0 (authority + strlen ("://"), host) == 0;
}

static gint64
get_uptime (DuoRoomHttp *self)
{
  return (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;
}

static void
health_cb (SoupServer *http,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  DuoRoomHttp *self = user_data;

  duo_http_pages_send_health (message,
                              duo_room_registry_count_rooms (self->registry),
                              duo_room_registry_count_connections (self->registry),
                              get_uptime (self));
}

static void
metrics_cb (SoupServer *http,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  DuoRoomHttp *self = user_data;
  g_autofree char *text =
    duo_server_counters_to_text (duo_room_registry_get_counters (self->registry),
                                 duo_room_registry_count_rooms (self->registry),
                                 duo_room_registry_count_connections (self->registry),
                                 get_uptime (self));

  duo_http_pages_send_metrics (message, text);
}

/* The answer is on its way: from here on the connection speaks WebSocket. */
static void
upgraded_cb (SoupServerMessage *message, gpointer user_data)
{
  DuoRoomHttp *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (DuoRoomAddress) address = duo_room_address_parse (g_uri_get_path (uri));
  g_autoptr (DuoRoomIdentity) identity = duo_room_identity_parse (g_uri_get_query (uri));
  g_auto (DuoUpgrade) upgrade = { 0 };

  g_return_if_fail (address != NULL);

  if (duo_http_gate_take (self->gate, message, &upgrade))
    duo_room_registry_admit (self->registry, &upgrade, address, identity);
}

static void
upgrade (DuoRoomHttp *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (!is_allowed_origin (self, message)) {
    duo_room_registry_get_counters (self->registry)->drops[DUO_SERVER_DROP_NOT_ALLOWED]++;
    soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
    return;
  }

  /* The handshake adds its own word for the connection, and proxies want to see no other. */
  soup_message_headers_remove (headers, "Connection");
  if (soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL)) {
    g_signal_connect_object (message,
                             "wrote-informational",
                             G_CALLBACK (upgraded_cb),
                             self,
                             G_CONNECT_DEFAULT);
  }
}

static guint
check_announcer (DuoRoomHttp *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *secret = self->access->secret;

  if (authorization == NULL || !g_str_has_prefix (authorization, BEARER))
    return SOUP_STATUS_UNAUTHORIZED;

  return duo_token_check (authorization + strlen (BEARER), secret, DUO_TOKEN_ANNOUNCE, NULL, now) >
             0
           ? SOUP_STATUS_OK
           : SOUP_STATUS_FORBIDDEN;
}

static guint
announce (DuoRoomHttp *self, SoupServerMessage *message, const DuoRoomAddress *address)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = NULL;
  guint status = check_announcer (self, message);

  if (status != SOUP_STATUS_OK)
    return status;
  if (length == 0 || !g_utf8_validate_len (data, length, NULL))
    return SOUP_STATUS_BAD_REQUEST;

  text = g_strndup (data, length);
  if (!duo_text_is_plain (text, ANNOUNCEMENT_MAX_CHARS))
    return SOUP_STATUS_BAD_REQUEST;

  return duo_room_registry_announce (self->registry, address, text) ? SOUP_STATUS_NO_CONTENT
                                                                    : SOUP_STATUS_NOT_FOUND;
}

/* PartyKit asks, speaks and connects at the same address. */
static void
room_cb (SoupServer *http,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  DuoRoomHttp *self = user_data;
  g_autoptr (DuoRoomAddress) address = duo_room_address_parse (path);
  const char *method = soup_server_message_get_method (message);

  if (address == NULL)
    duo_http_pages_send_not_found (message);
  else if (is_websocket (message))
    upgrade (self, message);
  else if (g_str_equal (method, SOUP_METHOD_POST) && self->access->secret != NULL)
    soup_server_message_set_status (message, announce (self, message, address), NULL);
  else
    duo_http_pages_send_participants (message,
                                      duo_room_registry_count_participants (self->registry,
                                                                            address));
}

static void
other_cb (SoupServer *http,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  duo_http_pages_send_file (message, path);
}

/* Called before the body is read: none is kept but a short one that says how short it is. */
static void
headers_cb (SoupServer *http,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean is_short = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
                      soup_message_headers_get_content_length (headers) <= BODY_MAX;

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), is_short);
}

static void
duo_room_http_finalize (GObject *object)
{
  DuoRoomHttp *self = DUO_ROOM_HTTP (object);

  g_clear_object (&self->gate);
  g_clear_object (&self->http);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->origins, g_ptr_array_unref);

  G_OBJECT_CLASS (duo_room_http_parent_class)->finalize (object);
}

static void
duo_room_http_class_init (DuoRoomHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = duo_room_http_finalize;
}

static void
duo_room_http_init (DuoRoomHttp *self)
{
  static const char *const room_paths[] = { "/parties", "/party" };

  self->started = g_get_monotonic_time ();
  self->http = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->http, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->http, NULL, other_cb, self, NULL);
  soup_server_add_handler (self->http, "/health", health_cb, self, NULL);
  soup_server_add_handler (self->http, "/metrics", metrics_cb, self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (room_paths); i++)
    soup_server_add_handler (self->http, room_paths[i], room_cb, self, NULL);
}

/**
 * duo_room_http_new:
 * @config: what is configured
 * @certificate: (nullable): the certificate and key for TLS, %NULL for plain HTTP
 * @registry: the rooms
 * @access: who may announce something; outlives the object's use of it
 *
 * Makes the HTTP side of a room server.
 *
 * Returns: (transfer full): the object
 */
DuoRoomHttp *
duo_room_http_new (const DuoServerConfig *config,
                   GTlsCertificate *certificate,
                   DuoRoomRegistry *registry,
                   const DuoAccess *access)
{
  DuoRoomHttp *self = g_object_new (DUO_TYPE_ROOM_HTTP, NULL);
  DuoServerCounters *counters = duo_room_registry_get_counters (registry);

  self->registry = g_object_ref (registry);
  self->access = access;
  self->gate = duo_http_gate_new (self->http, config, certificate, counters);
  self->origins = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < config->allow_origin->len; i++)
    g_ptr_array_add (self->origins, g_strdup (g_ptr_array_index (config->allow_origin, i)));

  return self;
}

/**
 * duo_room_http_accept:
 * @self: the object
 * @connection: a connection that has just come in
 *
 * Serves a connection.
 */
void
duo_room_http_accept (DuoRoomHttp *self, GSocketConnection *connection)
{
  duo_http_gate_accept (self->gate, connection);
}

/**
 * duo_room_http_stop:
 * @self: the object
 *
 * Cuts all connections that have not become WebSockets.
 */
void
duo_room_http_stop (DuoRoomHttp *self)
{
  soup_server_disconnect (self->http);
}
