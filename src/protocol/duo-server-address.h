/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoServerAddress:
 * @secure: whether it is spoken to over TLS
 * @host: (owned): "HOST" or "HOST:PORT", canonical: lower case, IDN as punycode, IPv6 in brackets
 *   and shortened, no port where it is the scheme's own
 * @rest: (unowned): what follows in the text that was parsed, "" or beginning with "/", "?" or "#"
 *
 * The part of a URL that says whom to talk to.
 */
typedef struct {
  gboolean secure;
  char *host;
  const char *rest;
} DuoServerAddress;

gboolean duo_server_address_parse (const char *text,
                                   const char *plain_scheme,
                                   const char *secure_scheme,
                                   DuoServerAddress *address,
                                   GError **error);
void duo_server_address_clear (DuoServerAddress *address);
char *duo_server_address_normalize (const char *server, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DuoServerAddress, duo_server_address_clear)

G_END_DECLS
