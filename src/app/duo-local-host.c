/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-local-host.h"

#include "duo-local-address.h"
#include "duo-room-server.h"

/**
 * DuoLocalHost:
 *
 * The room server inside this program, for calls hosted on this computer. It starts with the first
 * such call and stays, so that a link that was sent goes on working.
 */
struct _DuoLocalHost {
  GObject parent_instance;

  /* Owned */
  GSettings *settings;
  DuoRoomServer *server;
};

G_DEFINE_FINAL_TYPE (DuoLocalHost, duo_local_host, G_TYPE_OBJECT)

static gboolean
listen_once (DuoLocalHost *self, guint16 port, GError **error)
{
  g_autoptr (DuoRoomServer) server = duo_room_server_new ();

  if (!duo_room_server_listen (server, FALSE, port, error))
    return FALSE;
  self->server = g_steal_pointer (&server);
  return TRUE;
}

static gboolean
start (DuoLocalHost *self, GError **error)
{
  guint16 port = 0;

  if (self->server != NULL)
    return TRUE;
  g_settings_get (self->settings, "host-port", "q", &port);
  /* Another program may have the port by now: better a new one than no call. */
  if (port != 0 && listen_once (self, port, NULL))
    return TRUE;
  if (!listen_once (self, 0, error))
    return FALSE;
  g_settings_set (self->settings,
                  "host-port",
                  "q",
                  (guint) duo_room_server_get_port (self->server));
  return TRUE;
}

static void
duo_local_host_dispose (GObject *object)
{
  DuoLocalHost *self = DUO_LOCAL_HOST (object);

  if (self->server != NULL)
    duo_room_server_stop (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (duo_local_host_parent_class)->dispose (object);
}

static void
duo_local_host_class_init (DuoLocalHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = duo_local_host_dispose;
}

static void
duo_local_host_init (DuoLocalHost *self)
{
}

/**
 * duo_local_host_new:
 * @settings: where the port is remembered
 *
 * Returns: (transfer full): a host that does not listen yet
 */
DuoLocalHost *
duo_local_host_new (GSettings *settings)
{
  DuoLocalHost *self = g_object_new (DUO_TYPE_LOCAL_HOST, NULL);

  self->settings = g_object_ref (settings);
  return self;
}

/**
 * duo_local_host_open:
 * @error: return location for a #GIOErrorEnum
 *
 * Makes sure that the server runs. The address is looked up each time, since the computer may have
 * moved to another network.
 *
 * Returns: (transfer full): its address for links, `http://HOST:PORT`
 */
char *
duo_local_host_open (DuoLocalHost *self, GError **error)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (DUO_IS_LOCAL_HOST (self), NULL);

  if (!start (self, error))
    return NULL;
  address = duo_local_address_find ();
  text = g_inet_address_to_string (address);
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    return g_strdup_printf ("http://[%s]:%u", text, duo_room_server_get_port (self->server));
  return g_strdup_printf ("http://%s:%u", text, duo_room_server_get_port (self->server));
}
