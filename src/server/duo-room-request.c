/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-request.h"

#include "duo-text.h"

/**
 * duo_room_address_free:
 * @self: (transfer full): an address
 *
 * Frees the address.
 */
void
duo_room_address_free (DuoRoomAddress *self)
{
  g_free (self->party);
  g_free (self->room);
  g_free (self);
}

/**
 * duo_room_address_parse:
 * @path: the path of a request, percent-decoded
 *
 * Reads `/parties/PARTY/ROOM` and PartyKit's short form `/party/ROOM`. Both names are 1 to 64 of
 * `[A-Za-z0-9_-]`.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL if the path names no room
 */
DuoRoomAddress *
duo_room_address_parse (const char *path)
{
  g_auto (GStrv) parts = NULL;
  const char *party, *room;
  DuoRoomAddress *self;
  guint count;

  g_return_val_if_fail (path != NULL, NULL);

  parts = g_strsplit (path, "/", 5);
  count = g_strv_length (parts);

  if (count == 4 && parts[0][0] == '\0' && g_str_equal (parts[1], "parties")) {
    party = parts[2];
    room = parts[3];
  } else if (count == 3 && parts[0][0] == '\0' && g_str_equal (parts[1], "party")) {
    party = "main";
    room = parts[2];
  } else {
    return NULL;
  }

  if (!duo_text_is_room_name (party) || !duo_text_is_room_name (room))
    return NULL;

  self = g_new0 (DuoRoomAddress, 1);
  self->party = g_strdup (party);
  self->room = g_strdup (room);

  return self;
}

/**
 * duo_room_identity_free:
 * @self: (transfer full): an identity
 *
 * Frees the identity.
 */
void
duo_room_identity_free (DuoRoomIdentity *self)
{
  g_free (self->peer_id);
  g_free (self->secret);
  g_free (self->token);
  g_free (self);
}

/**
 * duo_room_identity_parse:
 * @query: (nullable): the query of a request as it came, percent-encoded
 *
 * Reads `_pk` and `_rs`, each 22 to 64 of `[A-Za-z0-9_-]`, and `_tk`, an access token or ticket;
 * all but the first may be missing, but not wrong. Other parameters are the client's own business
 * (PartySocket has some).
 *
 * Returns: (transfer full) (nullable): the identity, or %NULL if there is no proper one
 */
DuoRoomIdentity *
duo_room_identity_parse (const char *query)
{
  g_autoptr (GHashTable) parameters = NULL;
  const char *peer_id, *secret, *token;
  DuoRoomIdentity *self;

  if (query == NULL)
    return NULL;

  parameters = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (parameters == NULL)
    return NULL;

  peer_id = g_hash_table_lookup (parameters, "_pk");
  secret = g_hash_table_lookup (parameters, "_rs");
  token = g_hash_table_lookup (parameters, "_tk");

  if (peer_id == NULL || !duo_text_is_peer_id (peer_id))
    return NULL;
  if (secret != NULL && !duo_text_is_peer_id (secret))
    return NULL;

  self = g_new0 (DuoRoomIdentity, 1);
  self->peer_id = g_strdup (peer_id);
  self->secret = g_strdup (secret);
  self->token = g_strdup (token);

  return self;
}
