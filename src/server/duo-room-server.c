/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-server.h"

#include "duo-access.h"
#include "duo-listen.h"
#include "duo-room-http.h"
#include "duo-room-registry.h"
#include "duo-server-certificate.h"
#include "duo-server-ice.h"
#include "duo-server-secret.h"
#include "duo-token.h"

/**
 * DuoRoomServer:
 *
 * A room server: introduces two people to each other and passes on what they say, which it does not
 * look into. It speaks PartyKit's URLs, so that a PartySocket can use it too. The program
 * `duologue-server` and the app both embed it.
 *
 * It belongs to the main context. What is configured counts from the next duo_room_server_listen().
 */
struct _DuoRoomServer {
  GObject parent_instance;

  /* Owned */
  GSocketService *listener;
  DuoRoomHttp *http;
  DuoRoomRegistry *registry;
  DuoServerIce *ice;
  DuoServerConfig *config;

  DuoAccess access;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (DuoRoomServer, duo_room_server, G_TYPE_OBJECT)

static gboolean
incoming_cb (GSocketService *listener,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  DuoRoomServer *self = user_data;

  duo_room_http_accept (self->http, connection);

  return TRUE;
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
load_certificate (DuoRoomServer *self, GTlsCertificate **certificate, GError **error)
{
  const DuoServerConfig *config = self->config;

  if (config->tls_certificate == NULL || config->tls_key == NULL)
    return TRUE;

  *certificate = duo_server_certificate_load (config->tls_certificate, config->tls_key, error);

  return *certificate != NULL;
}

static gboolean
load_access (DuoRoomServer *self, GError **error)
{
  const char *file = self->config->access_secret_file;

  g_clear_pointer (&self->access.secret, g_free);
  if (file == NULL)
    return TRUE;

  self->access.secret = duo_server_secret_load (file, DUO_TOKEN_SECRET_MIN, error);

  return self->access.secret != NULL;
}

static gboolean
start (DuoRoomServer *self, guint16 port, GPtrArray *addresses, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (DuoRoomRegistry) registry = duo_room_registry_new (&self->config->limits);
  DuoServerCounters *counters = duo_room_registry_get_counters (registry);
  DuoServerIce *ice;

  if (!load_certificate (self, &certificate, error) || !load_access (self, error))
    return FALSE;

  ice = duo_server_ice_new (self->config, counters, addresses, port, error);
  if (ice == NULL)
    return FALSE;

  self->port = port;
  self->ice = ice;
  g_set_object (&self->registry, registry);
  duo_room_registry_set_terms (registry, &self->access, duo_server_ice_get_offer (ice));
  self->http = duo_room_http_new (self->config, certificate, registry, &self->access);

  return TRUE;
}

static gboolean
finish_begin (DuoRoomServer *self, guint16 port, GPtrArray *addresses, GError **error)
{
  g_autoptr (GPtrArray) owned = addresses;

  if (port == 0 || !start (self, port, addresses, error)) {
    g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
    g_clear_object (&self->listener);
    return FALSE;
  }

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

static void
duo_room_server_finalize (GObject *object)
{
  DuoRoomServer *self = DUO_ROOM_SERVER (object);

  g_clear_pointer (&self->config, duo_server_config_free);
  g_clear_pointer (&self->access.secret, g_free);

  G_OBJECT_CLASS (duo_room_server_parent_class)->finalize (object);
}

static void
duo_room_server_class_init (DuoRoomServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_room_server_dispose;
  object_class->finalize = duo_room_server_finalize;
}

static void
duo_room_server_init (DuoRoomServer *self)
{
  self->config = duo_server_config_new ();
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
 * duo_room_server_get_config:
 * @self: a room server
 *
 * Returns: (transfer none): its configuration, which may be changed while it does not listen
 */
DuoServerConfig *
duo_room_server_get_config (DuoRoomServer *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_SERVER (self), NULL);

  return self->config;
}

/**
 * duo_room_server_set_config:
 * @self: a room server
 * @config: (transfer full): a configuration
 *
 * Replaces the configuration.
 */
void
duo_room_server_set_config (DuoRoomServer *self, DuoServerConfig *config)
{
  g_return_if_fail (DUO_IS_ROOM_SERVER (self));
  g_return_if_fail (config != NULL);

  g_clear_pointer (&self->config, duo_server_config_free);
  self->config = config;
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
                                     : duo_listen_any (listener, port, error),
                       duo_listen_addresses (loopback_only, NULL),
                       error);
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

  return finish_begin (self,
                       duo_listen_address (begin (self), address, port, error),
                       duo_listen_addresses (FALSE, address),
                       error);
}

/**
 * duo_room_server_listen_inherited:
 * @self: a room server
 * @first: the first descriptor
 * @count: how many there are, at least 1
 * @error: return location for a #GIOErrorEnum
 *
 * Starts to serve on sockets that somebody else has opened, as systemd does. They are closed with
 * the server.
 *
 * Returns: whether it listens now
 */
gboolean
duo_room_server_listen_inherited (DuoRoomServer *self, int first, guint count, GError **error)
{
  g_return_val_if_fail (DUO_IS_ROOM_SERVER (self), FALSE);

  return finish_begin (self,
                       duo_listen_inherited (begin (self), first, count, error),
                       duo_listen_addresses (TRUE, self->config->listen),
                       error);
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
 * Stops to serve: the port is free at once, and every client is told (close code 1012). Does
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
  duo_room_registry_set_terms (self->registry, NULL, NULL);
  g_clear_pointer (&self->ice, duo_server_ice_free);
  duo_room_http_stop (self->http);
  g_clear_object (&self->http);
  self->port = 0;
}
