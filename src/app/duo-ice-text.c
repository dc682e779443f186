/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ice-text.h"

#include "duo-ice-uri.h"

#include <glib/gi18n.h>

/**
 * duo_ice_text_is_turn:
 * @url: what is typed as the address of a STUN or TURN server
 *
 * Returns: whether it is one that asks for a user name and a password
 */
gboolean
duo_ice_text_is_turn (const char *url)
{
  return g_str_has_prefix (url, "turn:") || g_str_has_prefix (url, "turns:");
}

/**
 * duo_ice_text_get_problem:
 * @url: what is typed as the address of a STUN or TURN server
 * @username: what is typed as the user name
 * @password: what is typed as the password
 *
 * Returns: (transfer none) (nullable): what is wrong with it and what to do, or %NULL if nothing is
 */
const char *
duo_ice_text_get_problem (const char *url, const char *username, const char *password)
{
  g_autofree char *uri = duo_ice_uri_from_url (url, "user", "password");

  if (g_str_has_prefix (url, "turns:"))
    return _ ("TURN over TLS is not spoken. Write turn: and, for a network that lets only the web "
              "through, end the address with :443?transport=tcp");
  if (uri == NULL)
    return _ ("Write an address such as stun:stun.example.org or "
              "turn:turn.example.org:3478?transport=tcp");
  if (duo_ice_text_is_turn (url) && (*username == '\0' || *password == '\0'))
    return _ ("A TURN server wants a user name and a password");
  return NULL;
}
