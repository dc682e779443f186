/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-address-count.h"

#include <string.h>

/* Whoever has one IPv6 address has a whole network of them. */
#define IPV6_NETWORK_BYTES 8

struct _DuoAddressCount {
  /* Owned */
  GHashTable *counts; /* address → number */
};

static GInetAddress *
unmap (GInetAddress *address)
{
  static const guint8 prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
      memcmp (bytes, prefix, sizeof prefix) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof prefix, G_SOCKET_FAMILY_IPV4);

  return g_object_ref (address);
}

/**
 * duo_client_address_name:
 * @address: an address
 *
 * Names the client that an address belongs to: itself, or its network where it is IPv6.
 *
 * Returns: (transfer full): the name
 */
char *
duo_client_address_name (GInetAddress *address)
{
  g_autoptr (GInetAddress) plain = NULL;
  g_autoptr (GInetAddress) network = NULL;
  guint8 bytes[16] = { 0 };

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  plain = unmap (address);
  if (g_inet_address_get_family (plain) == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_to_string (plain);

  memcpy (bytes, g_inet_address_to_bytes (plain), IPV6_NETWORK_BYTES);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);

  return g_inet_address_to_string (network);
}

static gboolean
is_trusted (GInetAddress *address, GPtrArray *proxies)
{
  g_autoptr (GInetAddress) plain = unmap (address);

  for (guint i = 0; i < proxies->len; i++) {
    g_autoptr (GInetAddressMask) mask =
      g_inet_address_mask_new_from_string (g_ptr_array_index (proxies, i), NULL);

    if (mask != NULL &&
        g_inet_address_mask_get_family (mask) == g_inet_address_get_family (plain) &&
        g_inet_address_mask_matches (mask, plain))
      return TRUE;
  }

  return FALSE;
}

/**
 * duo_client_address_find:
 * @remote: whom the connection comes from
 * @forwarded: (nullable): its X-Forwarded-For
 * @trusted_proxies: (element-type utf8): whose X-Forwarded-For is believed
 *
 * Finds out who the client is: each trusted proxy has added whom it heard from at the end of the
 * header; what stands before the first that is not trusted, anybody may have written.
 *
 * Returns: (transfer full): its name, as duo_client_address_name()
 */
char *
duo_client_address_find (GInetAddress *remote, const char *forwarded, GPtrArray *trusted_proxies)
{
  g_autoptr (GInetAddress) client = NULL;
  g_auto (GStrv) hops = NULL;

  g_return_val_if_fail (G_IS_INET_ADDRESS (remote), NULL);
  g_return_val_if_fail (trusted_proxies != NULL, NULL);

  client = g_object_ref (remote);
  hops = g_strsplit (forwarded != NULL ? forwarded : "", ",", -1);

  for (guint i = g_strv_length (hops); i > 0 && is_trusted (client, trusted_proxies); i--) {
    g_autoptr (GInetAddress) hop = g_inet_address_new_from_string (g_strstrip (hops[i - 1]));

    if (hop == NULL)
      break;
    g_set_object (&client, hop);
  }

  return duo_client_address_name (client);
}

/**
 * duo_address_count_new:
 *
 * Makes a count without addresses.
 *
 * Returns: (transfer full): the count
 */
DuoAddressCount *
duo_address_count_new (void)
{
  DuoAddressCount *self = g_new0 (DuoAddressCount, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * duo_address_count_free:
 * @self: (transfer full): a count
 *
 * Frees the count.
 */
void
duo_address_count_free (DuoAddressCount *self)
{
  g_hash_table_unref (self->counts);
  g_free (self);
}

/**
 * duo_address_count_add:
 * @self: a count
 * @address: a client
 * @max: how many it may have
 *
 * Counts one more, if it may have one more.
 *
 * Returns: whether it may
 */
gboolean
duo_address_count_add (DuoAddressCount *self, const char *address, guint max)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, address));

  if (count >= max)
    return FALSE;

  g_hash_table_insert (self->counts, g_strdup (address), GUINT_TO_POINTER (count + 1));

  return TRUE;
}

/**
 * duo_address_count_remove:
 * @self: a count
 * @address: a client that has something
 *
 * Counts one less.
 */
void
duo_address_count_remove (DuoAddressCount *self, const char *address)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, address));

  if (count > 1)
    g_hash_table_insert (self->counts, g_strdup (address), GUINT_TO_POINTER (count - 1));
  else
    g_hash_table_remove (self->counts, address);
}
