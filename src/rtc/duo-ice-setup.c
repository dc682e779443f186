/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-ice-setup.h"

#include <gst/webrtc/webrtc.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

static const char *const loopback[] = { "127.0.0.1", NULL };

/* Whether the machine has any address that the ICE agent would gather by itself. */
static gboolean
has_network (void)
{
  struct ifaddrs *interfaces = NULL;
  gboolean found = FALSE;

  if (getifaddrs (&interfaces) != 0)
    return TRUE;

  for (struct ifaddrs *i = interfaces; i != NULL && !found; i = i->ifa_next)
    found = i->ifa_addr != NULL && (i->ifa_flags & IFF_UP) && !(i->ifa_flags & IFF_LOOPBACK) &&
            (i->ifa_addr->sa_family == AF_INET || i->ifa_addr->sa_family == AF_INET6);
  freeifaddrs (interfaces);

  return found;
}

static void
add_addresses (GObject *ice, const char *const *addresses)
{
  for (guint i = 0; addresses[i] != NULL; i++) {
    gboolean added = FALSE;

    g_signal_emit_by_name (ice, "add-local-ip-address", addresses[i], &added);
    if (!added)
      g_warning ("Not a local address: %s", addresses[i]);
  }
}

/* Returns whether TCP is wanted on the way to a relay. */
static gboolean
add_servers (GstElement *webrtc, const char *const *uris)
{
  gboolean stun = FALSE, tcp = FALSE;

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++) {
    if (g_str_has_prefix (uris[i], "stun://") && !stun) {
      g_object_set (webrtc, "stun-server", uris[i], NULL);
      stun = TRUE;
    } else if (g_str_has_prefix (uris[i], "turn://")) {
      gboolean added = FALSE;

      g_signal_emit_by_name (webrtc, "add-turn-server", uris[i], &added);
      if (!added)
        g_warning ("A TURN server was refused");
      tcp |= strstr (uris[i], "transport=tcp") != NULL;
    }
    /* turns: would go out in clear text with libnice, and one STUN server is enough. */
  }

  return tcp;
}

/**
 * duo_ice_setup:
 * @webrtc: a webrtcbin, not yet negotiating
 * @uris: (array zero-terminated=1) (nullable): STUN and TURN servers, `stun://HOST:PORT` and
 *   `turn://USER:PASSWORD@HOST:PORT?transport=udp|tcp`, with the user and password percent-escaped
 * @addresses: (array zero-terminated=1) (nullable): the only local addresses to use
 * @relay_only: whether to go through a TURN server in any case
 *
 * Prepares the ICE agent. Without a network it is told to use the loopback interface, which it
 * leaves out by itself, so that two participants on one machine still find each other.
 */
void
duo_ice_setup (GstElement *webrtc,
               const char *const *uris,
               const char *const *addresses,
               gboolean relay_only)
{
  g_autoptr (GObject) ice = NULL;
  g_autoptr (GObject) agent = NULL;
  gboolean tcp;

  if (relay_only)
    g_object_set (webrtc, "ice-transport-policy", GST_WEBRTC_ICE_TRANSPORT_POLICY_RELAY, NULL);
  tcp = add_servers (webrtc, uris);

  g_object_get (webrtc, "ice-agent", &ice, NULL);
  if (ice == NULL)
    return;

  /* Direct TCP helps nobody that UDP does not, and costs sockets and checks. */
  g_object_set (ice, "ice-tcp", tcp, NULL);

  /* Asking the router for a port sends multicasts to whoever listens. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (ice), "agent") != NULL)
    g_object_get (ice, "agent", &agent, NULL);
  if (agent != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (agent), "upnp") != NULL)
    g_object_set (agent, "upnp", FALSE, NULL);

  if (addresses != NULL)
    add_addresses (ice, addresses);
  else if (!has_network ())
    add_addresses (ice, loopback);
}
