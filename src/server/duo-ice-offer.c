/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ice-offer.h"

#include <gio/gio.h>
#include <string.h>

#define SHA1_BYTES 20

/**
 * duo_ice_offer_new:
 *
 * Makes an offer of nothing.
 *
 * Returns: (transfer full): the offer
 */
DuoIceOffer *
duo_ice_offer_new (void)
{
  DuoIceOffer *self = g_new0 (DuoIceOffer, 1);

  self->stun = g_ptr_array_new_with_free_func (g_free);
  self->turn = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * duo_ice_offer_free:
 * @self: (transfer full): an offer
 *
 * Frees the offer.
 */
void
duo_ice_offer_free (DuoIceOffer *self)
{
  g_ptr_array_unref (self->stun);
  g_ptr_array_unref (self->turn);
  g_free (self->turn_secret);
  g_free (self);
}

/**
 * duo_ice_offer_sign:
 * @secret: the secret shared with a TURN server
 * @username: the time of expiry in seconds since 1970, a colon, and whatever
 *
 * Makes the password that belongs to a user name, as coturn's `use-auth-secret` checks it.
 *
 * Returns: (transfer full): base64 of HMAC-SHA1
 */
char *
duo_ice_offer_sign (const char *secret, const char *username)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, (const guchar *) secret, strlen (secret));
  guint8 digest[SHA1_BYTES];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) username, (gssize) strlen (username));
  g_hmac_get_digest (hmac, digest, &length);

  return g_base64_encode (digest, length);
}

/* The host that the client itself has reached us by, without a port; it may be an IPv6 address. */
static char *
get_host (const char *header)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *text = g_strconcat ("http://", header, NULL);
  const char *host;

  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || strpbrk (header, "/?#@ ") != NULL)
    return NULL;

  host = g_uri_get_host (uri);
  if (host == NULL || *host == '\0' || strlen (host) > 255)
    return NULL;
  if (strchr (host, ':') != NULL)
    return g_strdup_printf ("[%s]", host);
  if (host[strspn (host, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.")] !=
      '\0')
    return NULL;

  return g_strdup (host);
}

static gboolean
is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0 || g_str_equal (host, "[::1]"))
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static void
add_own_stun (const DuoIceOffer *self, DuoServerMessage *greeting, const char *header)
{
  g_autofree char *host = header != NULL ? get_host (header) : NULL;
  g_autofree char *url = NULL;
  const char *urls[2] = { NULL, NULL };

  if (self->stun_port == 0 || host == NULL || (self->loopback_only && !is_this_computer (host)))
    return;

  url = g_strdup_printf ("stun:%s:%u", host, self->stun_port);
  urls[0] = url;
  duo_server_message_add_ice_server (greeting, urls, NULL, NULL);
}

static void
add_list (DuoServerMessage *greeting, GPtrArray *list, const char *username, const char *credential)
{
  g_autoptr (GPtrArray) urls = NULL;

  if (list->len == 0)
    return;

  urls = g_ptr_array_copy (list, NULL, NULL);
  g_ptr_array_set_free_func (urls, NULL);
  g_ptr_array_add (urls, NULL);
  duo_server_message_add_ice_server (greeting,
                                     (const char *const *) urls->pdata,
                                     username,
                                     credential);
}

/**
 * duo_ice_offer_add_to:
 * @self: an offer
 * @greeting: a room-joined that tells when the room expires
 * @host: (nullable): the Host header of the handshake
 * @peer_id: whom it is for
 *
 * Adds the servers to a greeting, relays with credentials that are good until the room expires.
 */
void
duo_ice_offer_add_to (const DuoIceOffer *self,
                      DuoServerMessage *greeting,
                      const char *host,
                      const char *peer_id)
{
  g_return_if_fail (self != NULL && greeting != NULL && peer_id != NULL);

  add_own_stun (self, greeting, host);
  add_list (greeting, self->stun, NULL, NULL);

  if (self->turn_secret != NULL) {
    g_autofree char *username =
      g_strdup_printf ("%" G_GINT64_FORMAT ":%s", greeting->expires_at / 1000, peer_id);
    g_autofree char *credential = duo_ice_offer_sign (self->turn_secret, username);

    add_list (greeting, self->turn, username, credential);
  }
}
