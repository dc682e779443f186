/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-message.h"

#include "duo-json-fields.h"
#include "duo-json.h"
#include "duo-protocol-error.h"
#include "duo-text.h"

#include <string.h>

#define TEXT_MAX_CHARS 200
#define TOKEN_MAX_CHARS 1024
#define MAX_PEERS 256
#define MAX_ICE_SERVERS 16
#define MAX_ICE_URLS 8
#define ICE_TEXT_MAX_CHARS 512

typedef gboolean (*ReadFunc) (JsonObject *, DuoServerMessage *, GError **);
typedef void (*WriteFunc) (JsonObject *, const DuoServerMessage *);

static gboolean
wrong (GError **error, const char *what)
{
  g_set_error_literal (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_MESSAGE, what);

  return FALSE;
}

static gboolean
read_peer (JsonObject *object, DuoServerMessage *self, GError **error)
{
  const char *id = NULL;
  gint64 joined_at = 0;

  if (!duo_json_get_id (object, "id", 1, &id, error) ||
      !duo_json_get_integer (object, "joinedAt", 0, DUO_JSON_MAX_INTEGER, &joined_at, error))
    return FALSE;
  duo_server_message_add_peer (self, id, joined_at);

  return TRUE;
}

static gboolean
read_peers (JsonObject *object, DuoServerMessage *self, GError **error)
{
  JsonArray *peers = NULL;

  if (!duo_json_get_array (object, "peers", MAX_PEERS, &peers, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (peers); i++) {
    JsonNode *node = json_array_get_element (peers, i);

    if (!JSON_NODE_HOLDS_OBJECT (node))
      return wrong (error, "A peer is no object");
    if (!read_peer (json_node_get_object (node), self, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
read_ice_url (JsonNode *node, GStrvBuilder *urls, GError **error)
{
  const char *url = NULL;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wrong (error, "The URL of an ICE server is no string");
  url = json_node_get_string (node);
  if (strlen (url) > ICE_TEXT_MAX_CHARS || !duo_text_is_printable_ascii (url))
    return wrong (error, "The URL of an ICE server is too long or not printable ASCII");
  g_strv_builder_add (urls, url);

  return TRUE;
}

/* As in W3C WebRTC section 4.2.4, urls is one string or an array of them. */
static gboolean
read_ice_urls (JsonObject *object, GStrvBuilder *urls, GError **error)
{
  JsonNode *node = json_object_get_member (object, "urls");
  JsonArray *array = NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    return read_ice_url (node, urls, error);
  if (!duo_json_get_array (object, "urls", MAX_ICE_URLS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (!read_ice_url (json_array_get_element (array, i), urls, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
read_optional_ascii (
  JsonObject *object, const char *name, gsize max_chars, const char **out, GError **error)
{
  return !duo_json_has (object, name) || duo_json_get_ascii (object, name, max_chars, out, error);
}

static gboolean
read_ice_server (JsonObject *object, DuoServerMessage *self, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) urls = NULL;
  const char *username = NULL;
  const char *credential = NULL;

  if (!read_ice_urls (object, builder, error) ||
      !read_optional_ascii (object, "username", ICE_TEXT_MAX_CHARS, &username, error) ||
      !read_optional_ascii (object, "credential", ICE_TEXT_MAX_CHARS, &credential, error))
    return FALSE;
  urls = g_strv_builder_end (builder);
  duo_server_message_add_ice_server (self, (const char *const *) urls, username, credential);

  return TRUE;
}

static gboolean
read_ice_servers (JsonObject *object, DuoServerMessage *self, GError **error)
{
  JsonArray *servers = NULL;

  if (!duo_json_get_array (object, "iceServers", MAX_ICE_SERVERS, &servers, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (servers); i++) {
    JsonNode *node = json_array_get_element (servers, i);

    if (!JSON_NODE_HOLDS_OBJECT (node))
      return wrong (error, "An ICE server is no object");
    if (!read_ice_server (json_node_get_object (node), self, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
read_room_joined (JsonObject *object, DuoServerMessage *self, GError **error)
{
  const char *room = NULL;
  const char *peer_id = NULL;
  const char *ticket = NULL;
  gint64 max_participants = 0;

  if (!duo_json_get_id (object, "room", 1, &room, error) ||
      !duo_json_get_id (object, "peerId", 1, &peer_id, error) ||
      !read_peers (object, self, error) || !read_ice_servers (object, self, error) ||
      !duo_json_get_integer (object, "maxParticipants", 1, G_MAXUINT16, &max_participants, error) ||
      !duo_json_get_integer (object,
                             "expiresAt",
                             0,
                             DUO_JSON_MAX_INTEGER,
                             &self->expires_at,
                             error) ||
      !read_optional_ascii (object, "ticket", TOKEN_MAX_CHARS, &ticket, error))
    return FALSE;
  self->room = g_strdup (room);
  self->peer_id = g_strdup (peer_id);
  self->max_participants = max_participants;
  self->ticket = g_strdup (ticket);

  return TRUE;
}

static gboolean
read_peer_joined (JsonObject *object, DuoServerMessage *self, GError **error)
{
  JsonObject *peer = NULL;

  return duo_json_get_object (object, "peer", &peer, error) && read_peer (peer, self, error);
}

static gboolean
read_peer_disconnected (JsonObject *object, DuoServerMessage *self, GError **error)
{
  const char *peer_id = NULL;

  if (!duo_json_get_id (object, "peerId", 1, &peer_id, error))
    return FALSE;
  self->peer_id = g_strdup (peer_id);

  return TRUE;
}

static gboolean
read_announcement (JsonObject *object, DuoServerMessage *self, GError **error)
{
  const char *text = NULL;

  if (!duo_json_get_plain_text (object, "text", TEXT_MAX_CHARS, &text, error))
    return FALSE;
  self->text = g_strdup (text);

  return TRUE;
}

static gboolean
read_pong (JsonObject *object, DuoServerMessage *self, GError **error)
{
  return TRUE;
}

/* RFC 6455 section 7.4: close codes of applications are 4000 to 4999. */
static gboolean
read_error (JsonObject *object, DuoServerMessage *self, GError **error)
{
  const char *message = NULL;
  gint64 code = 0;

  if (!duo_json_get_integer (object, "code", 1000, 4999, &code, error) ||
      !duo_json_get_plain_text (object, "message", TEXT_MAX_CHARS, &message, error))
    return FALSE;
  self->code = code;
  self->message = g_strdup (message);

  return TRUE;
}

static JsonObject *
peer_to_json (const DuoRoomPeer *peer)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", peer->id);
  json_object_set_int_member (object, "joinedAt", peer->joined_at);

  return object;
}

static JsonObject *
ice_server_to_json (const DuoIceServer *server)
{
  JsonObject *object = json_object_new ();
  JsonArray *urls = json_array_new ();

  for (gsize i = 0; server->urls[i] != NULL; i++)
    json_array_add_string_element (urls, server->urls[i]);
  json_object_set_array_member (object, "urls", urls);
  if (server->username != NULL)
    json_object_set_string_member (object, "username", server->username);
  if (server->credential != NULL)
    json_object_set_string_member (object, "credential", server->credential);

  return object;
}

static void
write_room_joined (JsonObject *object, const DuoServerMessage *self)
{
  JsonArray *peers = json_array_new ();
  JsonArray *ice_servers = json_array_new ();

  for (guint i = 0; i < self->peers->len; i++)
    json_array_add_object_element (peers, peer_to_json (g_ptr_array_index (self->peers, i)));
  for (guint i = 0; i < self->ice_servers->len; i++)
    json_array_add_object_element (ice_servers,
                                   ice_server_to_json (g_ptr_array_index (self->ice_servers, i)));

  json_object_set_string_member (object, "room", self->room);
  json_object_set_string_member (object, "peerId", self->peer_id);
  json_object_set_array_member (object, "peers", peers);
  json_object_set_array_member (object, "iceServers", ice_servers);
  json_object_set_int_member (object, "maxParticipants", self->max_participants);
  json_object_set_int_member (object, "expiresAt", self->expires_at);
  if (self->ticket != NULL)
    json_object_set_string_member (object, "ticket", self->ticket);
}

static void
write_peer_joined (JsonObject *object, const DuoServerMessage *self)
{
  g_return_if_fail (self->peers->len == 1);

  json_object_set_object_member (object, "peer", peer_to_json (g_ptr_array_index (self->peers, 0)));
}

static void
write_peer_disconnected (JsonObject *object, const DuoServerMessage *self)
{
  json_object_set_string_member (object, "peerId", self->peer_id);
}

static void
write_announcement (JsonObject *object, const DuoServerMessage *self)
{
  g_autofree char *text = duo_text_to_plain (self->text, TEXT_MAX_CHARS);

  json_object_set_string_member (object, "text", text);
}

static void
write_pong (JsonObject *object, const DuoServerMessage *self)
{
}

static void
write_error (JsonObject *object, const DuoServerMessage *self)
{
  g_autofree char *message = duo_text_to_plain (self->message, TEXT_MAX_CHARS);

  json_object_set_int_member (object, "code", self->code);
  json_object_set_string_member (object, "message", message);
}

static const struct {
  const char *name;
  ReadFunc read;
  WriteFunc write;
} codecs[] = {
  [DUO_SERVER_MESSAGE_ROOM_JOINED] = { "room-joined", read_room_joined, write_room_joined },
  [DUO_SERVER_MESSAGE_PEER_JOINED] = { "peer-joined", read_peer_joined, write_peer_joined },
  [DUO_SERVER_MESSAGE_PEER_DISCONNECTED] = { "peer-disconnected",
                                             read_peer_disconnected,
                                             write_peer_disconnected },
  [DUO_SERVER_MESSAGE_ANNOUNCEMENT] = { "announcement", read_announcement, write_announcement },
  [DUO_SERVER_MESSAGE_PONG] = { "pong", read_pong, write_pong },
  [DUO_SERVER_MESSAGE_ERROR] = { "error", read_error, write_error },
};

/**
 * duo_server_message_from_json:
 * @object: an object that duo_json_parse() made
 * @error: return location for an error
 *
 * Reads a message and checks every field's type, size and grammar.
 *
 * Returns: (transfer full) (nullable): the message, or %NULL with %DUO_PROTOCOL_ERROR_UNKNOWN_TYPE
 *   (it comes from a peer then, or is to be ignored) or %DUO_PROTOCOL_ERROR_MESSAGE
 */
DuoServerMessage *
duo_server_message_from_json (JsonObject *object, GError **error)
{
  const char *type = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  if (!duo_json_get_string (object, "type", G_MAXSIZE, &type, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    if (g_str_equal (type, codecs[i].name)) {
      g_autoptr (DuoServerMessage) self = duo_server_message_new (i);

      if (!codecs[i].read (object, self, error))
        return NULL;
      return g_steal_pointer (&self);
    }
  }
  g_set_error_literal (error,
                       DUO_PROTOCOL_ERROR,
                       DUO_PROTOCOL_ERROR_UNKNOWN_TYPE,
                       "A server message of unknown type");

  return NULL;
}

/**
 * duo_server_message_to_json:
 * @self: a message
 *
 * Returns: (transfer full): the object
 */
JsonObject *
duo_server_message_to_json (const DuoServerMessage *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", codecs[self->type].name);
  codecs[self->type].write (object, self);

  return object;
}

/**
 * duo_server_message_is_type:
 * @type: the type of a message that a client sent
 *
 * Returns: whether only a server may send it
 */
gboolean
duo_server_message_is_type (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    if (g_str_equal (type, codecs[i].name))
      return TRUE;
  }

  return FALSE;
}
