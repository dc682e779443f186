/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-server.h"

#include "duo-counted-stream.h"
#include "duo-http-pages.h"
#include "duo-listen.h"
#include "duo-room-registry.h"

#include <libsoup/soup.h>

#define MAX_PARTICIPANTS 2
#define ROOM_LIFETIME (24 * 60 * 60 * 1000)
#define SEAT_HOLD (30 * 1000)
#define LINGER (60 * 1000)
#define PING_INTERVAL 15

/**
 * DuoRoomServer:
 *
 * A room server: introduces two people to each other and passes on what they say, which it does not
 * look into. It speaks PartyKit's URLs, so that a PartySocket can use it too. The program
 * `duologue-server` and the app both embed it.
 *
 * It belongs to the main context. The limits are set before duo_room_server_listen().
 */
struct _DuoRoomServer {
  GObject parent_instance;

  /* Owned */
  GSocketService *listener;
  SoupServer *http;
  DuoRoomRegistry *registry;

  DuoRoomRules rules;
  guint ping_interval;
  guint16 port;
};

enum {
  PROP_0,
  PROP_MAX_PARTICIPANTS,
  PROP_ROOM_LIFETIME,
  PROP_SEAT_HOLD,
  PROP_LINGER,
  PROP_PING_INTERVAL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoRoomServer, duo_room_server, G_TYPE_OBJECT)

static gboolean
is_websocket (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_header_contains (headers, "Upgrade", "websocket");
}

static void
health_cb (SoupServer *http,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  DuoRoomServer *self = user_data;

  duo_http_pages_send_health (message,
                              duo_room_registry_count_rooms (self->registry),
                              duo_room_registry_count_connections (self->registry));
}

/* PartyKit asks and connects at the same address: a WebSocket only has its path checked here. */
static void
room_cb (SoupServer *http,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  DuoRoomServer *self = user_data;
  g_autoptr (DuoRoomAddress) address = duo_room_address_parse (path);

  if (address == NULL)
    duo_http_pages_send_not_found (message);
  else if (!is_websocket (message))
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

static void
websocket_cb (SoupServer *http,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *websocket,
              gpointer user_data)
{
  DuoRoomServer *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (DuoRoomAddress) address = duo_room_address_parse (g_uri_get_path (uri));
  g_autoptr (DuoRoomIdentity) identity = duo_room_identity_parse (g_uri_get_query (uri));

  g_return_if_fail (address != NULL);

  duo_room_registry_admit (self->registry, websocket, address, identity);
}

static gboolean
incoming_cb (GSocketService *listener,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  DuoRoomServer *self = user_data;
  g_autoptr (DuoCountedStream) stream = NULL;
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GSocketAddress) remote = NULL;
  g_autoptr (GError) error = NULL;

  local = g_socket_connection_get_local_address (connection, &error);
  if (local != NULL)
    remote = g_socket_connection_get_remote_address (connection, &error);
  if (remote == NULL) {
    /* The client has gone again already. */
    g_debug ("A connection was lost at once: %s", error->message);
    return TRUE;
  }

  stream = duo_counted_stream_new (G_IO_STREAM (connection));
  if (!soup_server_accept_iostream (self->http, G_IO_STREAM (stream), local, remote, &error))
    g_warning ("Cannot accept a connection: %s", error->message);

  return TRUE;
}

static void
set_up_http (DuoRoomServer *self)
{
  static const char *const room_paths[] = { "/parties", "/party" };

  self->http = soup_server_new (NULL, NULL);

  /* A compressed message can be far larger than what it looks like on the wire. */
  soup_server_remove_websocket_extension (self->http, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_handler (self->http, NULL, other_cb, self, NULL);
  soup_server_add_handler (self->http, "/health", health_cb, self, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (room_paths); i++) {
    soup_server_add_handler (self->http, room_paths[i], room_cb, self, NULL);
    soup_server_add_websocket_handler (self->http,
                                       room_paths[i],
                                       NULL,
                                       NULL,
                                       websocket_cb,
                                       self,
                                       NULL);
  }
}

static GSocketListener *
begin (DuoRoomServer *self)
{
  duo_room_server_stop (self);
  self->listener = g_socket_service_new ();

  /* A service that runs while it is given a second address drops what comes in just then. */
  g_socket_service_stop (self->listener);
  g_signal_connect_object (self->listener,
                           "incoming",
                           G_CALLBACK (incoming_cb),
                           self,
                           G_CONNECT_DEFAULT);

  return G_SOCKET_LISTENER (self->listener);
}

static gboolean
finish_begin (DuoRoomServer *self, guint16 port)
{
  if (port == 0) {
    g_clear_object (&self->listener);
    return FALSE;
  }

  self->port = port;
  g_clear_object (&self->registry);
  self->registry = duo_room_registry_new (&self->rules, self->ping_interval);
  set_up_http (self);
  g_socket_service_start (self->listener);
  g_info ("Listening on port %u", self->port);

  return TRUE;
}

static void
duo_room_server_dispose (GObject *object)
{
  DuoRoomServer *self = DUO_ROOM_SERVER (object);

  duo_room_server_stop (self);
  g_clear_object (&self->registry);

  G_OBJECT_CLASS (duo_room_server_parent_class)->dispose (object);
}

static gint64 *
get_rule (DuoRoomServer *self, guint prop_id)
{
  switch (prop_id) {
  case PROP_ROOM_LIFETIME:
    return &self->rules.lifetime;
  case PROP_SEAT_HOLD:
    return &self->rules.seat_hold;
  case PROP_LINGER:
    return &self->rules.linger;
  default:
    return NULL;
  }
}

static void
duo_room_server_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DuoRoomServer *self = DUO_ROOM_SERVER (object);

  if (prop_id == PROP_MAX_PARTICIPANTS)
    g_value_set_uint (value, self->rules.max_participants);
  else if (prop_id == PROP_PING_INTERVAL)
    g_value_set_uint (value, self->ping_interval);
  else if (get_rule (self, prop_id) != NULL)
    g_value_set_int64 (value, *get_rule (self, prop_id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
duo_room_server_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  DuoRoomServer *self = DUO_ROOM_SERVER (object);

  if (prop_id == PROP_MAX_PARTICIPANTS)
    self->rules.max_participants = g_value_get_uint (value);
  else if (prop_id == PROP_PING_INTERVAL)
    self->ping_interval = g_value_get_uint (value);
  else if (get_rule (self, prop_id) != NULL)
    *get_rule (self, prop_id) = g_value_get_int64 (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
duo_room_server_class_init (DuoRoomServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  object_class->dispose = duo_room_server_dispose;
  object_class->get_property = duo_room_server_get_property;
  object_class->set_property = duo_room_server_set_property;

  /**
   * DuoRoomServer:max-participants:
   *
   * Seats in a room.
   */
  properties[PROP_MAX_PARTICIPANTS] =
    g_param_spec_uint ("max-participants", NULL, NULL, 1, 1000, MAX_PARTICIPANTS, flags);

  /**
   * DuoRoomServer:room-lifetime:
   *
   * How long a room lives at most, in milliseconds.
   */
  properties[PROP_ROOM_LIFETIME] =
    g_param_spec_int64 ("room-lifetime", NULL, NULL, 0, G_MAXINT64 / 2, ROOM_LIFETIME, flags);

  /**
   * DuoRoomServer:seat-hold:
   *
   * How long a seat waits for its SECRET after a lost connection, in milliseconds.
   */
  properties[PROP_SEAT_HOLD] =
    g_param_spec_int64 ("seat-hold", NULL, NULL, 0, G_MAXINT64 / 2, SEAT_HOLD, flags);

  /**
   * DuoRoomServer:linger:
   *
   * How long a room stays after the last participant has gone, in milliseconds.
   */
  properties[PROP_LINGER] =
    g_param_spec_int64 ("linger", NULL, NULL, 0, G_MAXINT64 / 2, LINGER, flags);

  /**
   * DuoRoomServer:ping-interval:
   *
   * The time between two pings, in seconds; a client that misses two of them is lost.
   */
  properties[PROP_PING_INTERVAL] =
    g_param_spec_uint ("ping-interval", NULL, NULL, 1, 3600, PING_INTERVAL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_room_server_init (DuoRoomServer *self)
{
}

/**
 * duo_room_server_new:
 *
 * Makes a room server that does not listen yet.
 *
 * Returns: (transfer full): the server
 */
DuoRoomServer *
duo_room_server_new (void)
{
  return g_object_new (DUO_TYPE_ROOM_SERVER, NULL);
}

/**
 * duo_room_server_listen:
 * @self: a room server
 * @loopback_only: whether only this computer can reach it
 * @port: the port, 0 for any
 * @error: return location for a #GIOErrorEnum, as %G_IO_ERROR_ADDRESS_IN_USE
 *
 * Starts to serve, without TLS. A server that listens already is stopped first.
 *
 * Returns: whether it listens now
 */
gboolean
duo_room_server_listen (DuoRoomServer *self, gboolean loopback_only, guint16 port, GError **error)
{
  GSocketListener *listener;

  g_return_val_if_fail (DUO_IS_ROOM_SERVER (self), FALSE);

  listener = begin (self);

  return finish_begin (self,
                       loopback_only ? duo_listen_loopback (listener, port, error)
                                     : duo_listen_any (listener, port, error));
}

/**
 * duo_room_server_listen_address:
 * @self: a room server
 * @address: an IPv4 or IPv6 address of this computer
 * @port: the port, 0 for any
 * @error: return location for a #GIOErrorEnum, %G_IO_ERROR_INVALID_ARGUMENT if @address is none
 *
 * Starts to serve at one address only, as duo_room_server_listen() does.
 *
 * Returns: whether it listens now
 */
gboolean
duo_room_server_listen_address (DuoRoomServer *self,
                                const char *address,
                                guint16 port,
                                GError **error)
{
  g_return_val_if_fail (DUO_IS_ROOM_SERVER (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  return finish_begin (self, duo_listen_address (begin (self), address, port, error));
}

/**
 * duo_room_server_get_port:
 * @self: a room server
 *
 * Returns: the port it listens on, 0 if it does not
 */
guint16
duo_room_server_get_port (DuoRoomServer *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_SERVER (self), 0);

  return self->port;
}

/**
 * duo_room_server_get_connections:
 * @self: a room server
 *
 * Counts the clients whose socket is not closed yet. After duo_room_server_stop() that number falls
 * to 0 within some seconds: who wants everybody to hear of it runs the main loop that long.
 *
 * Returns: the number of clients
 */
guint
duo_room_server_get_connections (DuoRoomServer *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_SERVER (self), 0);

  return self->registry != NULL ? duo_room_registry_count_connections (self->registry) : 0;
}

/**
 * duo_room_server_stop:
 * @self: a room server
 *
 * Stops to serve: the port is free at once, and every client is told (close code 1001). Does
 * nothing if the server does not listen.
 */
void
duo_room_server_stop (DuoRoomServer *self)
{
  g_return_if_fail (DUO_IS_ROOM_SERVER (self));

  if (self->listener == NULL)
    return;

  g_socket_service_stop (self->listener);
  g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
  g_clear_object (&self->listener);

  duo_room_registry_close_all (self->registry);
  soup_server_disconnect (self->http);
  g_clear_object (&self->http);
  self->port = 0;
}
