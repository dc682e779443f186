/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-join-link.h"

#include "duo-protocol-error.h"
#include "duo-room-code.h"
#include "duo-secret.h"
#include "duo-server-address.h"
#include "duo-text.h"

#include <string.h>

#define APP_SCHEME "duologue:"
#define CALL_PATH "/call"
#define OPEN_PATH "/parties/"
#define DEFAULT_PARTY "main"

struct _DuoJoinLink {
  gatomicrefcount ref_count;
  gboolean secure;

  /* Owned */
  char *host;
  char *server;
  char *symbols; /* NULL for an open room */
  char *party;
  char *room; /* NULL where there is a code */
};

G_DEFINE_BOXED_TYPE (DuoJoinLink, duo_join_link, duo_join_link_ref, duo_join_link_unref)

static DuoJoinLink *
refuse (GError **error, DuoProtocolError code, const char *message)
{
  g_set_error_literal (error, DUO_PROTOCOL_ERROR, code, message);

  return NULL;
}

static DuoJoinLink *
join_link_new (DuoServerAddress *address, char *symbols, char *party, char *room)
{
  DuoJoinLink *self = g_new0 (DuoJoinLink, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->secure = address->secure;
  self->host = g_steal_pointer (&address->host);
  self->server = g_strdup_printf ("%s://%s", self->secure ? "https" : "http", self->host);
  self->symbols = symbols;
  self->party = party;
  self->room = room;

  return self;
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  }

  return FALSE;
}

static DuoJoinLink *
parse_call_link (const char *text, GError **error)
{
  g_auto (DuoServerAddress) address = { 0 };
  char *fragment = NULL;
  char *symbols = NULL;

  if (!duo_server_address_parse (text, "http", "https", &address, error))
    return NULL;
  if (!g_str_has_prefix (address.rest, CALL_PATH))
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_PATH, "The link does not lead to a call");
  address.rest += strlen (CALL_PATH);
  if (address.rest[0] == '\0')
    return refuse (error, DUO_PROTOCOL_ERROR_CODE, "The link has no code in it");
  if (address.rest[0] != '#')
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_PATH, "The link does not lead to a call");

  /* Mail programs and browsers may have escaped a space or a dash. */
  fragment = g_uri_unescape_string (address.rest + 1, NULL);
  if (fragment == NULL)
    return refuse (error, DUO_PROTOCOL_ERROR_CODE, "The link's code is damaged");
  symbols = duo_room_code_parse (fragment, error);
  duo_secret_string_free (fragment);
  if (symbols == NULL)
    return NULL;

  return join_link_new (&address, symbols, g_strdup (DEFAULT_PARTY), NULL);
}

static DuoJoinLink *
parse_open_link (const char *text, GError **error)
{
  g_auto (DuoServerAddress) address = { 0 };
  g_auto (GStrv) names = NULL;

  if (!duo_server_address_parse (text, "ws", "wss", &address, error))
    return NULL;
  if (!g_str_has_prefix (address.rest, OPEN_PATH))
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_PATH, "The link does not lead to a room");
  names = g_strsplit (address.rest + strlen (OPEN_PATH), "/", 3);
  if (g_strv_length (names) != 2 || !duo_text_is_room_name (names[0]) ||
      !duo_text_is_room_name (names[1]))
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_PATH, "The link does not lead to a room");

  return join_link_new (&address, NULL, g_strdup (names[0]), g_strdup (names[1]));
}

static DuoJoinLink *
parse_code (const char *text, const char *default_server, GError **error)
{
  g_auto (DuoServerAddress) address = { 0 };
  g_autofree char *server = NULL;
  char *symbols = duo_room_code_parse (text, error);

  /* A typing mistake is told first: it has to be mended whatever the server. */
  if (symbols == NULL)
    return NULL;
  if (default_server == NULL) {
    duo_secret_string_free (symbols);
    return refuse (error, DUO_PROTOCOL_ERROR_CODE_NEEDS_SERVER, "A code alone needs a server");
  }
  server = duo_server_address_normalize (default_server, error);
  if (server == NULL || !duo_server_address_parse (server, "http", "https", &address, error)) {
    duo_secret_string_free (symbols);
    return NULL;
  }

  return join_link_new (&address, symbols, g_strdup (DEFAULT_PARTY), NULL);
}

static DuoJoinLink *
parse_stripped (const char *text, const char *default_server, GError **error)
{
  const char *hash = strchr (text, '#');

  if (text[0] == '\0')
    return refuse (error, DUO_PROTOCOL_ERROR_LINK, "There is no link");
  if (has_control (text))
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_CONTROL, "The link has control characters in it");
  if (hash != NULL && strchr (hash + 1, '#') != NULL)
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_FRAGMENT, "The link has a second \"#\"");

  if (g_ascii_strncasecmp (text, APP_SCHEME, strlen (APP_SCHEME)) == 0)
    return parse_call_link (text + strlen (APP_SCHEME), error);
  if (g_ascii_strncasecmp (text, "ws:", 3) == 0 || g_ascii_strncasecmp (text, "wss:", 4) == 0)
    return parse_open_link (text, error);
  if (strpbrk (text, ":/?#@.") != NULL)
    return parse_call_link (text, error);

  return parse_code (text, default_server, error);
}

/**
 * duo_join_link_parse:
 * @text: what somebody typed, pasted or opened
 * @default_server: (nullable): the server of a code alone, `http[s]://HOST[:PORT]`
 * @error: return location for an error
 *
 * Reads a join link of any form: `http[s]://HOST[:PORT]/call#CODE`, the same behind `duologue:`, a
 * code alone, or `ws[s]://HOST[:PORT]/parties/PARTY/ROOM` for an open room. White space around it
 * is taken away first, as it comes along when a link is pasted or read from a file.
 *
 * Returns: (transfer full) (nullable): the link, or %NULL with one of the `LINK…` and `CODE…` codes
 *   of #DuoProtocolError
 */
DuoJoinLink *
duo_join_link_parse (const char *text, const char *default_server, GError **error)
{
  DuoJoinLink *self = NULL;
  char *stripped = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > DUO_JOIN_LINK_MAX_BYTES)
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_TOO_LONG, "The link is too long");
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, DUO_PROTOCOL_ERROR_LINK_CONTROL, "The link is no text");

  stripped = g_strstrip (g_strdup (text));
  self = parse_stripped (stripped, default_server, error);
  duo_secret_string_free (stripped);

  return self;
}

/**
 * duo_join_link_new:
 * @server: the server that the call shall use, `http[s]://HOST[:PORT]`
 * @error: return location for an error
 *
 * Makes a link with a fresh code.
 *
 * Returns: (transfer full) (nullable): the link
 */
DuoJoinLink *
duo_join_link_new (const char *server, GError **error)
{
  DuoJoinLink *self = NULL;
  char *symbols = NULL;

  g_return_val_if_fail (server != NULL, NULL);

  symbols = duo_room_code_generate (error);
  if (symbols == NULL)
    return NULL;
  self = parse_code (symbols, server, error);
  duo_secret_string_free (symbols);

  return self;
}

/**
 * duo_join_link_ref:
 * @self: a link
 *
 * Returns: (transfer full): @self with one more reference
 */
DuoJoinLink *
duo_join_link_ref (DuoJoinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * duo_join_link_unref:
 * @self: (transfer full): a link
 *
 * Gives a reference back.
 */
void
duo_join_link_unref (DuoJoinLink *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  duo_secret_string_free (self->symbols);
  g_free (self->host);
  g_free (self->server);
  g_free (self->party);
  g_free (self->room);
  g_free (self);
}

/**
 * duo_join_link_get_symbols:
 * @self: a link
 *
 * Returns: (nullable): the 12 symbols of the room code, or %NULL for an open room
 */
const char *
duo_join_link_get_symbols (const DuoJoinLink *self)
{
  return self->symbols;
}

/**
 * duo_join_link_is_open:
 * @self: a link
 *
 * Returns: whether it leads to an open room, where signaling is not sealed
 */
gboolean
duo_join_link_is_open (const DuoJoinLink *self)
{
  return self->symbols == NULL;
}

/**
 * duo_join_link_get_host:
 * @self: a link
 *
 * Returns: `HOST[:PORT]`, to be shown before anybody joins; a name in other letters is punycode, so
 *   that it cannot look like another
 */
const char *
duo_join_link_get_host (const DuoJoinLink *self)
{
  return self->host;
}

/**
 * duo_join_link_get_server:
 * @self: a link
 *
 * Returns: `http[s]://HOST[:PORT]`, for open rooms too
 */
const char *
duo_join_link_get_server (const DuoJoinLink *self)
{
  return self->server;
}

/**
 * duo_join_link_get_room:
 * @self: a link
 *
 * Returns: (nullable): the name of the open room, or %NULL where the code decides
 */
const char *
duo_join_link_get_room (const DuoJoinLink *self)
{
  return self->room;
}

/**
 * duo_join_link_to_string:
 * @self: a link
 *
 * Returns: (transfer full): the link as people send it
 */
char *
duo_join_link_to_string (const DuoJoinLink *self)
{
  g_autofree char *code = NULL;

  if (self->symbols == NULL)
    return duo_join_link_dup_room_uri (self, NULL);
  code = duo_room_code_format (self->symbols);

  return g_strdup_printf ("%s" CALL_PATH "#%s", self->server, code);
}

/**
 * duo_join_link_to_app_uri:
 * @self: a link
 *
 * Returns: (transfer full): the URI that opens the call in Duologue; an open room has no such form,
 *   its own address comes back
 */
char *
duo_join_link_to_app_uri (const DuoJoinLink *self)
{
  g_autofree char *text = duo_join_link_to_string (self);

  return g_strconcat (self->symbols != NULL ? APP_SCHEME : "", text, NULL);
}

/**
 * duo_join_link_dup_room_uri:
 * @self: a link
 * @room_id: (nullable): the room id that comes from the code; not looked at for open rooms
 *
 * Returns: (transfer full): `ws[s]://HOST[:PORT]/parties/PARTY/ROOM` without a query
 */
char *
duo_join_link_dup_room_uri (const DuoJoinLink *self, const char *room_id)
{
  g_return_val_if_fail (self->room != NULL || duo_text_is_room_name (room_id), NULL);

  return g_strdup_printf ("%s://%s" OPEN_PATH "%s/%s",
                          self->secure ? "wss" : "ws",
                          self->host,
                          self->party,
                          self->room != NULL ? self->room : room_id);
}

/**
 * duo_join_link_equal:
 * @a: a link
 * @b: another
 *
 * Returns: whether both lead to the same room by the same way
 */
gboolean
duo_join_link_equal (const DuoJoinLink *a, const DuoJoinLink *b)
{
  return g_str_equal (a->server, b->server) && g_strcmp0 (a->symbols, b->symbols) == 0 &&
         g_str_equal (a->party, b->party) && g_strcmp0 (a->room, b->room) == 0;
}
