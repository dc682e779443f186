/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ice-uri.h"

#include <string.h>

#include "duo-rtc-error.h"
#include "duo-server-message.h"

#define DEFAULT_PORT "3478"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* Returns what follows a host, or an IPv6 address in brackets; NULL if there is none. */
static const char *
skip_host (const char *text)
{
  gsize length;

  if (*text == '[') {
    length = strspn (text + 1, DIGITS "abcdefABCDEF:.");
    return length > 0 && text[length + 1] == ']' ? text + length + 2 : NULL;
  }

  length = strspn (text, DIGITS LETTERS "-._");

  return length > 0 ? text + length : NULL;
}

/* A host and perhaps a port, with the port in any case; NULL for anything else. */
static char *
dup_authority (const char *text)
{
  const char *rest = skip_host (text);
  guint64 port;

  if (rest == NULL)
    return NULL;
  if (*rest == '\0')
    return g_strconcat (text, ":" DEFAULT_PORT, NULL);
  if (*rest != ':' || !g_ascii_string_to_unsigned (rest + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return NULL;

  return g_strdup (text);
}

/**
 * duo_ice_uri_from_url:
 * @url: a `stun:` or `turn:` URL, RFC 7064 and RFC 7065
 * @username: (nullable): for TURN
 * @credential: (nullable): for TURN
 *
 * Rewrites a server's URL as webrtcbin takes it: with slashes and a port, and with the escaped
 * credentials inside.
 *
 * Returns: (transfer full) (nullable): `stun://…` or `turn://…`, or %NULL for what is not
 *   understood; `turns:` is, but libnice would speak plain TCP there
 */
char *
duo_ice_uri_from_url (const char *url, const char *username, const char *credential)
{
  g_autofree char *address = NULL;
  g_autofree char *authority = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  const char *query;
  gboolean turn;

  g_return_val_if_fail (url != NULL, NULL);

  turn = g_str_has_prefix (url, "turn:");
  if (!turn && !g_str_has_prefix (url, "stun:"))
    return NULL;

  query = strchr (url, '?');
  address = query != NULL ? g_strndup (url + 5, query - url - 5) : g_strdup (url + 5);
  authority = dup_authority (address);
  if (authority == NULL)
    return NULL;

  if (!turn)
    return query == NULL ? g_strconcat ("stun://", authority, NULL) : NULL;

  if (query == NULL)
    query = "?transport=udp";
  if (username == NULL || credential == NULL ||
      (strcmp (query, "?transport=udp") != 0 && strcmp (query, "?transport=tcp") != 0))
    return NULL;

  user = g_uri_escape_string (username, NULL, FALSE);
  password = g_uri_escape_string (credential, NULL, FALSE);

  return g_strconcat ("turn://", user, ":", password, "@", authority, query, NULL);
}

/**
 * duo_ice_uris_from_servers:
 * @servers: (element-type DuoIceServer): what the room server offers
 *
 * Rewrites a list of servers, leaving out what is not understood and what is too many.
 *
 * Returns: (transfer full): a list, perhaps empty
 */
GStrv
duo_ice_uris_from_servers (GPtrArray *servers)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint count = 0;

  g_return_val_if_fail (servers != NULL, NULL);

  for (guint i = 0; i < servers->len; i++) {
    const DuoIceServer *server = g_ptr_array_index (servers, i);

    for (guint j = 0; server->urls[j] != NULL && count < DUO_ICE_URIS_MAX; j++) {
      g_autofree char *uri =
        duo_ice_uri_from_url (server->urls[j], server->username, server->credential);

      if (uri == NULL)
        continue;
      g_strv_builder_add (builder, uri);
      count++;
    }
  }

  return g_strv_builder_end (builder);
}

/**
 * duo_ice_uris_join:
 * @own: (array zero-terminated=1) (nullable): a list as above
 * @offered: (array zero-terminated=1) (nullable): another
 *
 * Puts two lists together, one's own first, leaving out what is twice or too many.
 *
 * Returns: (transfer full): a list, perhaps empty
 */
GStrv
duo_ice_uris_join (const char *const *own, const char *const *offered)
{
  const char *const *lists[] = { own, offered };
  g_autoptr (GPtrArray) uris = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    for (guint j = 0; lists[i] != NULL && lists[i][j] != NULL && uris->len < DUO_ICE_URIS_MAX;
         j++) {
      if (!g_ptr_array_find_with_equal_func (uris, lists[i][j], g_str_equal, NULL))
        g_ptr_array_add (uris, (gpointer) lists[i][j]);
    }
  }
  g_ptr_array_add (uris, NULL);

  return g_strdupv ((char **) uris->pdata);
}

/* The time in a user name of the form EXPIRY:NAME, 0 if it has another form. */
static gint64
get_expiry (const char *uri)
{
  const char *user = uri + strlen ("turn://");
  char *end = NULL;
  gint64 expiry = g_ascii_strtoll (user, &end, 10);

  return end > user && g_str_has_prefix (end, "%3A") ? expiry : 0;
}

/**
 * duo_ice_uris_check_relay:
 * @uris: (array zero-terminated=1) (nullable): a list as above
 * @now: the present time in seconds since 1970
 * @error: return location for %DUO_RTC_ERROR_NO_RELAY, or %DUO_RTC_ERROR_RELAY for expired ones
 *
 * Looks whether there is a relay whose credentials are not known to have expired.
 *
 * Returns: whether there is
 */
gboolean
duo_ice_uris_check_relay (const char *const *uris, gint64 now, GError **error)
{
  gboolean expired = FALSE;

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++) {
    gint64 expiry;

    if (!g_str_has_prefix (uris[i], "turn://"))
      continue;
    expiry = get_expiry (uris[i]);
    if (expiry == 0 || expiry > now)
      return TRUE;
    expired = TRUE;
  }

  if (expired)
    g_set_error_literal (error,
                         DUO_RTC_ERROR,
                         DUO_RTC_ERROR_RELAY,
                         "The credentials for the relay have expired");
  else
    g_set_error_literal (error, DUO_RTC_ERROR, DUO_RTC_ERROR_NO_RELAY, "There is no relay");

  return FALSE;
}
