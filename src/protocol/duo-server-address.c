/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-address.h"

#include "duo-protocol-error.h"

#include <gio/gio.h>
#include <string.h>

/* RFC 1035 section 2.3.4 */
#define HOST_MAX_CHARS 253
#define LABEL_MAX_CHARS 63

static gboolean
host_error (GError **error, const char *message)
{
  g_set_error_literal (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK_HOST, message);

  return FALSE;
}

static gboolean
is_host_name (const char *name)
{
  gsize in_label = 0;

  if (strlen (name) > HOST_MAX_CHARS)
    return FALSE;
  for (const char *p = name;; p++) {
    if (*p == '.' || *p == '\0') {
      if (in_label == 0 || in_label > LABEL_MAX_CHARS)
        return FALSE;
      in_label = 0;
      if (*p == '\0')
        return TRUE;
    } else if (g_ascii_isalnum (*p) || *p == '-' || *p == '_') {
      in_label++;
    } else {
      return FALSE;
    }
  }
}

/* Browsers read a name that ends in a number as an IPv4 address, in octal and hexadecimal too. Only
 * the plain dotted form means the same everywhere. */
static gboolean
ends_in_number (const char *name)
{
  const char *dot = strrchr (name, '.');
  const char *label = dot != NULL ? dot + 1 : name;

  if (g_str_has_prefix (label, "0x"))
    return strspn (label + 2, "0123456789abcdef") == strlen (label + 2);

  return strspn (label, "0123456789") == strlen (label);
}

static char *
canonical_address (const char *literal, GSocketFamily family)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (literal);

  if (address == NULL || g_inet_address_get_family (address) != family)
    return NULL;

  return g_inet_address_to_string (address);
}

static char *
canonical_host (const char *host, GError **error)
{
  g_autofree char *name = NULL;

  if (host[0] == '[') {
    g_autofree char *literal = g_strndup (host + 1, strlen (host) - 2);
    g_autofree char *address = NULL;

    /* A zone names an interface of the sender's own computer. */
    if (strchr (literal, '%') == NULL)
      address = canonical_address (literal, G_SOCKET_FAMILY_IPV6);
    if (address == NULL) {
      host_error (error, "The link's host is no IPv6 address");
      return NULL;
    }
    return g_strdup_printf ("[%s]", address);
  }

  name = g_str_is_ascii (host) ? g_ascii_strdown (host, -1) : g_hostname_to_ascii (host);
  if (name != NULL && ends_in_number (name)) {
    char *address = canonical_address (name, G_SOCKET_FAMILY_IPV4);

    g_free (name);
    name = address;
  }
  if (name == NULL || !is_host_name (name)) {
    host_error (error, "The link's host is no host name");
    return NULL;
  }

  return g_steal_pointer (&name);
}

static gboolean
parse_port (const char *text, guint16 *port, GError **error)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return host_error (error, "The link's port is not between 1 and 65535");
  *port = number;

  return TRUE;
}

/**
 * duo_server_address_parse:
 * @text: a URL, UTF-8 without control characters
 * @plain_scheme: its scheme where there is no TLS, "http" or "ws"
 * @secure_scheme: its scheme where there is
 * @address: (out caller-allocates): where the parts go
 * @error: return location for an error
 *
 * Reads scheme, host and port of a URL (RFC 3986 section 3.2), more strictly than browsers do, so
 * that what passes here means the same to all of them. User info is refused.
 *
 * Returns: %FALSE with %DUO_PROTOCOL_ERROR_LINK if the scheme is another, or with
 *   %DUO_PROTOCOL_ERROR_LINK_USER_INFO or %DUO_PROTOCOL_ERROR_LINK_HOST
 */
gboolean
duo_server_address_parse (const char *text,
                          const char *plain_scheme,
                          const char *secure_scheme,
                          DuoServerAddress *address,
                          GError **error)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host_part = NULL;
  g_autofree char *host = NULL;
  const char *authority = strstr (text, "://");
  const char *port_part = NULL;
  gsize authority_length = 0;
  gsize host_length = 0;
  guint16 port = 0;
  gboolean secure = FALSE;

  scheme = authority != NULL ? g_ascii_strdown (text, authority - text) : g_strdup ("");
  secure = g_str_equal (scheme, secure_scheme);
  if (!secure && !g_str_equal (scheme, plain_scheme)) {
    g_set_error (error,
                 DUO_PROTOCOL_ERROR,
                 DUO_PROTOCOL_ERROR_LINK,
                 "The link does not begin with %s:// or %s://",
                 secure_scheme,
                 plain_scheme);
    return FALSE;
  }

  authority += strlen ("://");
  authority_length = strcspn (authority, "/?#");
  if (memchr (authority, '@', authority_length) != NULL) {
    g_set_error_literal (error,
                         DUO_PROTOCOL_ERROR,
                         DUO_PROTOCOL_ERROR_LINK_USER_INFO,
                         "The link has a user name in it");
    return FALSE;
  }

  host_length = strcspn (authority, authority[0] == '[' ? "]/?#" : ":/?#");
  if (authority[0] == '[' && authority[host_length] == ']')
    host_length++;
  else if (authority[0] == '[')
    return host_error (error, "The link's host is no IPv6 address");
  if (host_length == 0)
    return host_error (error, "The link has no host");
  host_part = g_strndup (authority, host_length);
  port_part = authority + host_length;

  if (*port_part == ':') {
    g_autofree char *digits = g_strndup (port_part + 1, authority_length - host_length - 1);

    if (!parse_port (digits, &port, error))
      return FALSE;
  } else if (host_length != authority_length) {
    return host_error (error, "The link's host is no host name");
  }

  host = canonical_host (host_part, error);
  if (host == NULL)
    return FALSE;

  address->secure = secure;
  address->host = port == 0 || port == (secure ? 443 : 80) ? g_steal_pointer (&host)
                                                           : g_strdup_printf ("%s:%u", host, port);
  address->rest = authority + authority_length;

  return TRUE;
}

/**
 * duo_server_address_clear:
 * @address: an address
 *
 * Frees what @address owns.
 */
void
duo_server_address_clear (DuoServerAddress *address)
{
  g_clear_pointer (&address->host, g_free);
}

/**
 * duo_server_address_normalize:
 * @server: a server as somebody wrote it, `http[s]://HOST[:PORT]` with or without a slash behind
 * @error: return location for an error
 *
 * Checks the address of a room server.
 *
 * Returns: (transfer full) (nullable): the address, canonical and without a slash behind
 */
char *
duo_server_address_normalize (const char *server, GError **error)
{
  g_auto (DuoServerAddress) address = { 0 };
  g_autofree char *text = NULL;

  g_return_val_if_fail (server != NULL, NULL);

  if (!g_utf8_validate (server, -1, NULL)) {
    host_error (error, "The server's address is no text");
    return NULL;
  }
  text = g_strstrip (g_strdup (server));
  if (!duo_server_address_parse (text, "http", "https", &address, error))
    return NULL;
  if (address.rest[0] != '\0' && !g_str_equal (address.rest, "/")) {
    g_set_error_literal (error,
                         DUO_PROTOCOL_ERROR,
                         DUO_PROTOCOL_ERROR_LINK_PATH,
                         "The server's address has more than a host");
    return NULL;
  }

  return g_strdup_printf ("%s://%s", address.secure ? "https" : "http", address.host);
}
