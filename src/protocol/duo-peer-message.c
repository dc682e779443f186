/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-message.h"

#include "duo-json-fields.h"
#include "duo-json.h"
#include "duo-protocol-error.h"
#include "duo-text.h"

#define CLIENT_MAX_CHARS 64
#define CANDIDATE_MAX_CHARS 1024
#define MID_MAX_CHARS 64
#define USERNAME_FRAGMENT_MAX_CHARS 256 /* RFC 8445 section 5.3 */

typedef gboolean (*ReadFunc) (JsonObject *, DuoPeerMessage *, gboolean, GError **);
typedef void (*WriteFunc) (JsonObject *, const DuoPeerMessage *);

G_DEFINE_BOXED_TYPE (DuoPeerMessage, duo_peer_message, duo_peer_message_copy, duo_peer_message_free)

/* Plain web clients in open rooms know no epochs: theirs is always the first. */
static gboolean
read_epoch (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  gint64 epoch = 1;
  gint64 least = self->type == DUO_PEER_MESSAGE_HELLO ? 0 : 1;

  if (!(open_room && !duo_json_has (object, "epoch")) &&
      !duo_json_get_integer (object, "epoch", least, DUO_JSON_MAX_INTEGER, &epoch, error))
    return FALSE;
  self->epoch = epoch;

  return TRUE;
}

static gboolean
read_proof (JsonObject *object, const char *name, gboolean optional, GBytes **out, GError **error)
{
  if (optional && !duo_json_has (object, name))
    return TRUE;

  return duo_json_get_bytes (object, name, DUO_NONCE_BYTES, DUO_NONCE_BYTES, out, error);
}

static gboolean
read_hello (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  const char *display_name = NULL;
  const char *client = NULL;
  gint64 offers = 0;

  if (!duo_json_get_plain_text (object, "displayName", DUO_NAME_MAX_CHARS, &display_name, error) ||
      !duo_json_get_plain_text (object, "client", CLIENT_MAX_CHARS, &client, error) ||
      !duo_json_get_integer (object, "offers", 0, 1, &offers, error) ||
      !duo_json_get_boolean (object, "reply", &self->reply, error) ||
      !duo_json_get_boolean (object, "connected", &self->connected, error) ||
      !read_epoch (object, self, open_room, error))
    return FALSE;
  self->display_name = g_strdup (display_name);
  self->client = g_strdup (client);
  self->offers = offers;

  return TRUE;
}

static gboolean
is_description_text (const char *sdp)
{
  for (const char *p = sdp; *p != '\0'; p++) {
    if (((guchar) *p < ' ' && *p != '\r' && *p != '\n') || *p == 0x7f)
      return FALSE;
  }

  return sdp[0] != '\0';
}

/* The inner object is an RTCSessionDescriptionInit under the name of its own type. */
static gboolean
read_description (JsonObject *object, const char *type, DuoPeerMessage *self, GError **error)
{
  JsonObject *description = NULL;
  const char *inner_type = NULL;
  const char *sdp = NULL;

  if (!duo_json_get_object (object, type, &description, error) ||
      !duo_json_get_ascii (description, "type", DUO_ID_MAX_CHARS, &inner_type, error) ||
      !duo_json_get_string (description, "sdp", DUO_SDP_MAX_BYTES, &sdp, error))
    return FALSE;
  if (!g_str_equal (inner_type, type) || !is_description_text (sdp)) {
    g_set_error (error,
                 DUO_PROTOCOL_ERROR,
                 DUO_PROTOCOL_ERROR_MESSAGE,
                 "Field \"%s\" is no such description",
                 type);
    return FALSE;
  }
  self->sdp = g_strdup (sdp);

  return TRUE;
}

static gboolean
read_offer (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  return read_epoch (object, self, open_room, error) &&
         read_description (object, "offer", self, error) &&
         read_proof (object, "commit", open_room, &self->commit, error) &&
         read_proof (object, "resume", TRUE, &self->resume, error);
}

static gboolean
read_answer (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  return read_epoch (object, self, open_room, error) &&
         read_description (object, "answer", self, error) &&
         read_proof (object, "nonce", open_room, &self->nonce, error) &&
         read_proof (object, "resume", TRUE, &self->resume, error);
}

static gboolean
read_reveal (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  return read_epoch (object, self, open_room, error) &&
         read_proof (object, "nonce", FALSE, &self->nonce, error);
}

static gboolean
read_optional_ascii (JsonObject *object, const char *name, gsize max, char **out, GError **error)
{
  const char *text = NULL;

  if (duo_json_has (object, name) && !duo_json_get_ascii (object, name, max, &text, error))
    return FALSE;
  *out = g_strdup (text);

  return TRUE;
}

/* The inner object is an RTCIceCandidateInit. */
static gboolean
read_ice_candidate (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  JsonObject *init = NULL;
  const char *candidate = NULL;
  gint64 index = 0;

  if (!read_epoch (object, self, open_room, error) ||
      !duo_json_get_object (object, "candidate", &init, error) ||
      !duo_json_get_ascii (init, "candidate", CANDIDATE_MAX_CHARS, &candidate, error) ||
      !duo_json_get_integer (init, "sdpMLineIndex", 0, G_MAXUINT16, &index, error) ||
      !read_optional_ascii (init, "sdpMid", MID_MAX_CHARS, &self->sdp_mid, error) ||
      !read_optional_ascii (init,
                            "usernameFragment",
                            USERNAME_FRAGMENT_MAX_CHARS,
                            &self->username_fragment,
                            error))
    return FALSE;
  self->candidate = g_strdup (candidate);
  self->sdp_mline_index = index;

  return TRUE;
}

static gboolean
read_bye (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  if (open_room && !duo_json_has (object, "reason"))
    return TRUE;

  return duo_bye_reason_from_json (object, &self->reason, error);
}

static void
write_epoch (JsonObject *object, const DuoPeerMessage *self)
{
  json_object_set_int_member (object, "epoch", (gint64) self->epoch);
}

static void
write_hello (JsonObject *object, const DuoPeerMessage *self)
{
  g_autofree char *display_name = duo_text_to_plain (self->display_name, DUO_NAME_MAX_CHARS);
  g_autofree char *client = duo_text_to_plain (self->client, CLIENT_MAX_CHARS);

  json_object_set_string_member (object, "displayName", display_name);
  json_object_set_string_member (object, "client", client);
  json_object_set_int_member (object, "offers", self->offers);
  json_object_set_boolean_member (object, "reply", self->reply);
  write_epoch (object, self);
  json_object_set_boolean_member (object, "connected", self->connected);
}

static void
write_description (JsonObject *object, const DuoPeerMessage *self, const char *type)
{
  JsonObject *description = json_object_new ();

  write_epoch (object, self);
  json_object_set_string_member (description, "type", type);
  json_object_set_string_member (description, "sdp", self->sdp != NULL ? self->sdp : "");
  json_object_set_object_member (object, type, description);
  if (self->resume != NULL)
    duo_json_set_bytes (object, "resume", self->resume);
}

static void
write_offer (JsonObject *object, const DuoPeerMessage *self)
{
  write_description (object, self, "offer");
  if (self->commit != NULL)
    duo_json_set_bytes (object, "commit", self->commit);
}

static void
write_answer (JsonObject *object, const DuoPeerMessage *self)
{
  write_description (object, self, "answer");
  if (self->nonce != NULL)
    duo_json_set_bytes (object, "nonce", self->nonce);
}

static void
write_reveal (JsonObject *object, const DuoPeerMessage *self)
{
  write_epoch (object, self);
  if (self->nonce != NULL)
    duo_json_set_bytes (object, "nonce", self->nonce);
}

static void
write_ice_candidate (JsonObject *object, const DuoPeerMessage *self)
{
  JsonObject *init = json_object_new ();

  write_epoch (object, self);
  json_object_set_string_member (init, "candidate", self->candidate != NULL ? self->candidate : "");
  json_object_set_int_member (init, "sdpMLineIndex", self->sdp_mline_index);
  if (self->sdp_mid != NULL)
    json_object_set_string_member (init, "sdpMid", self->sdp_mid);
  if (self->username_fragment != NULL)
    json_object_set_string_member (init, "usernameFragment", self->username_fragment);
  json_object_set_object_member (object, "candidate", init);
}

static void
write_bye (JsonObject *object, const DuoPeerMessage *self)
{
  json_object_set_string_member (object, "reason", duo_bye_reason_to_string (self->reason));
}

/* Names are kept in shape: those of chats are for anybody to choose. */
static gboolean
read_presence (JsonObject *object, DuoPeerMessage *self, gboolean open_room, GError **error)
{
  const char *display_name = NULL;

  if (duo_json_has (object, "displayName") &&
      !duo_json_get_string (object, "displayName", G_MAXSIZE, &display_name, error))
    return FALSE;
  self->display_name = duo_text_to_plain (display_name, DUO_NAME_MAX_CHARS);

  return TRUE;
}

static void
write_presence (JsonObject *object, const DuoPeerMessage *self)
{
  g_autofree char *display_name = duo_text_to_plain (self->display_name, DUO_NAME_MAX_CHARS);

  json_object_set_string_member (object, "displayName", display_name);
}

static const struct {
  const char *name;
  ReadFunc read;
  WriteFunc write;
  gboolean open_only;
} codecs[] = {
  [DUO_PEER_MESSAGE_HELLO] = { "hello", read_hello, write_hello },
  [DUO_PEER_MESSAGE_OFFER] = { "offer", read_offer, write_offer },
  [DUO_PEER_MESSAGE_ANSWER] = { "answer", read_answer, write_answer },
  [DUO_PEER_MESSAGE_REVEAL] = { "reveal", read_reveal, write_reveal },
  [DUO_PEER_MESSAGE_ICE_CANDIDATE] = { "ice-candidate", read_ice_candidate, write_ice_candidate },
  [DUO_PEER_MESSAGE_RESTART] = { "restart", read_epoch, write_epoch },
  [DUO_PEER_MESSAGE_BYE] = { "bye", read_bye, write_bye },
  [DUO_PEER_MESSAGE_JOIN_ROOM] = { "join_room", read_presence, write_presence, TRUE },
  [DUO_PEER_MESSAGE_LEAVE_ROOM] = { "leave_room", read_presence, write_presence, TRUE },
};

/**
 * duo_peer_message_new:
 * @type: a type
 *
 * Returns: (transfer full): a message whose other fields are empty
 */
DuoPeerMessage *
duo_peer_message_new (DuoPeerMessageType type)
{
  DuoPeerMessage *self = g_new0 (DuoPeerMessage, 1);

  self->type = type;

  return self;
}

static GBytes *
copy_bytes (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

/**
 * duo_peer_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): a copy of @self
 */
DuoPeerMessage *
duo_peer_message_copy (const DuoPeerMessage *self)
{
  DuoPeerMessage *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->display_name = g_strdup (self->display_name);
  copy->client = g_strdup (self->client);
  copy->sdp = g_strdup (self->sdp);
  copy->commit = copy_bytes (self->commit);
  copy->nonce = copy_bytes (self->nonce);
  copy->resume = copy_bytes (self->resume);
  copy->candidate = g_strdup (self->candidate);
  copy->sdp_mid = g_strdup (self->sdp_mid);
  copy->username_fragment = g_strdup (self->username_fragment);

  return copy;
}

/**
 * duo_peer_message_free:
 * @self: (transfer full) (nullable): a message
 *
 * Frees a message and what it holds.
 */
void
duo_peer_message_free (DuoPeerMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->display_name);
  g_free (self->client);
  g_free (self->sdp);
  g_clear_pointer (&self->commit, g_bytes_unref);
  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_clear_pointer (&self->resume, g_bytes_unref);
  g_free (self->candidate);
  g_free (self->sdp_mid);
  g_free (self->username_fragment);
  g_free (self);
}

/**
 * duo_peer_message_from_json:
 * @object: an object that duo_json_parse() made
 * @open_room: whether it came in an open room, where plain web clients may leave out epochs,
 * commits, nonces and reasons
 * @error: return location for an error
 *
 * Reads a message and checks every field's type, size and grammar. Fields that its type does not
 * have are ignored.
 *
 * Returns: (transfer full) (nullable): the message, or %NULL with %DUO_PROTOCOL_ERROR_UNKNOWN_TYPE
 *   (to be ignored) or %DUO_PROTOCOL_ERROR_MESSAGE
 */
DuoPeerMessage *
duo_peer_message_from_json (JsonObject *object, gboolean open_room, GError **error)
{
  const char *type = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  if (!duo_json_get_string (object, "type", G_MAXSIZE, &type, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    if (g_str_equal (type, codecs[i].name) && (open_room || !codecs[i].open_only)) {
      g_autoptr (DuoPeerMessage) self = duo_peer_message_new (i);

      if (!codecs[i].read (object, self, open_room, error))
        return NULL;
      return g_steal_pointer (&self);
    }
  }
  g_set_error_literal (error,
                       DUO_PROTOCOL_ERROR,
                       DUO_PROTOCOL_ERROR_UNKNOWN_TYPE,
                       "A peer message of unknown type");

  return NULL;
}

/**
 * duo_peer_message_to_json:
 * @self: a message
 *
 * Writes a message. A name that is too long or has characters that may not be shown is mended.
 *
 * Returns: (transfer full): the object
 */
JsonObject *
duo_peer_message_to_json (const DuoPeerMessage *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", codecs[self->type].name);
  codecs[self->type].write (object, self);

  return object;
}

/**
 * duo_peer_message_is_type:
 * @type: the type of a frame
 *
 * Returns: whether it is the type of a peer message
 */
gboolean
duo_peer_message_is_type (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    if (g_str_equal (type, codecs[i].name))
      return TRUE;
  }

  return FALSE;
}
