/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-server-ice.h"

#include "duo-server-secret.h"
#include "duo-stun-server.h"

#define TURN_SECRET_MIN 8 /* bytes */

struct _DuoServerIce {
  /* Owned */
  DuoIceOffer *offer;
  DuoStunServer *stun;
};

static void
copy_list (GPtrArray *to, GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

/* Where one address fails another may do: without IPv6, say. */
static gboolean
listen_anywhere (DuoServerIce *self, GPtrArray *addresses, guint16 port, GError **error)
{
  g_autoptr (GError) last = NULL;
  gboolean listening = FALSE;

  for (guint i = 0; i < addresses->len; i++) {
    g_clear_error (&last);
    if (duo_stun_server_listen (self->stun, g_ptr_array_index (addresses, i), port, &last))
      listening = TRUE;
  }

  if (!listening && last != NULL)
    g_propagate_error (error, g_steal_pointer (&last));

  return listening;
}

static gboolean
are_loopback (GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++) {
    if (!g_inet_address_get_is_loopback (g_ptr_array_index (addresses, i)))
      return FALSE;
  }

  return TRUE;
}

static gboolean
start_stun (DuoServerIce *self,
            const DuoServerConfig *config,
            GPtrArray *addresses,
            guint16 port,
            GError **error)
{
  g_autoptr (GPtrArray) any = NULL;
  g_autoptr (GError) fault = NULL;

  if (config->stun_port == 0)
    return TRUE;

  /* Behind a web server the port for STUN has to be reached directly: whoever names it wants it to
   * be. */
  if (config->stun_port != DUO_SERVER_STUN_SAME && config->listen == NULL) {
    any = g_ptr_array_new_with_free_func (g_object_unref);
    g_ptr_array_add (any, g_inet_address_new_any (G_SOCKET_FAMILY_IPV6));
    g_ptr_array_add (any, g_inet_address_new_any (G_SOCKET_FAMILY_IPV4));
    addresses = any;
  }

  if (config->stun_port != DUO_SERVER_STUN_SAME)
    port = (guint16) config->stun_port;

  if (listen_anywhere (self, addresses, port, &fault)) {
    self->offer->stun_port = port;
    self->offer->loopback_only = are_loopback (addresses);
    return TRUE;
  }

  if (config->stun_port != DUO_SERVER_STUN_SAME) {
    g_propagate_prefixed_error (error, g_steal_pointer (&fault), "stun-port: ");
    return FALSE;
  }
  g_warning ("No STUN on port %u: %s", port, fault->message);

  return TRUE;
}

/**
 * duo_server_ice_new:
 * @config: what is configured
 * @counters: what is counted; outlives the object
 * @addresses: (element-type GInetAddress): where the room server listens
 * @port: its port
 * @error: return location for an error
 *
 * Starts the STUN server, if there is to be one, and reads the secret of the relays.
 *
 * Returns: (transfer full) (nullable): the object
 */
DuoServerIce *
duo_server_ice_new (const DuoServerConfig *config,
                    DuoServerCounters *counters,
                    GPtrArray *addresses,
                    guint16 port,
                    GError **error)
{
  g_autoptr (DuoServerIce) self = g_new0 (DuoServerIce, 1);

  self->offer = duo_ice_offer_new ();
  self->stun = duo_stun_server_new (counters);
  copy_list (self->offer->stun, config->stun);
  copy_list (self->offer->turn, config->turn);

  if (config->turn_secret_file != NULL) {
    self->offer->turn_secret =
      duo_server_secret_load (config->turn_secret_file, TURN_SECRET_MIN, error);
    if (self->offer->turn_secret == NULL)
      return NULL;
  }

  return start_stun (self, config, addresses, port, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * duo_server_ice_free:
 * @self: (transfer full): the object
 *
 * Stops the STUN server.
 */
void
duo_server_ice_free (DuoServerIce *self)
{
  g_clear_pointer (&self->stun, duo_stun_server_free);
  g_clear_pointer (&self->offer, duo_ice_offer_free);
  g_free (self);
}

/**
 * duo_server_ice_get_offer:
 * @self: the object
 *
 * Returns: (transfer none): what is offered
 */
const DuoIceOffer *
duo_server_ice_get_offer (DuoServerIce *self)
{
  return self->offer;
}
