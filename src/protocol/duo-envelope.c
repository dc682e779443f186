/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-envelope.h"

#include "duo-dialect.h"
#include "duo-json-fields.h"
#include "duo-json.h"
#include "duo-protocol-error.h"
#include "duo-random.h"
#include "duo-room-keys.h"
#include "duo-seal.h"
#include "duo-secret.h"
#include "duo-text.h"

#include <string.h>

/* Every page load is a sender of its own, but each had to know the room's code. */
#define MAX_SENDERS 1024

/* The highest number seen from somebody, and when last. */
typedef struct {
  gint64 seq;
  guint64 turn;
} Sender;

/**
 * DuoEnvelope:
 *
 * Puts peer messages into frames and takes them out again, sealed in a room with a code and bare in
 * an open room. One envelope lasts as long as one's PEER, over all reconnects: it numbers what goes
 * out and lets nothing in twice.
 */
struct _DuoEnvelope {
  GObject parent_instance;

  gint64 seq;
  guint64 turn;
  guint dropped;
  gboolean dialect; /* the other speaks that of chat servers */

  /* Owned */
  char *room_id;
  char *self_id;
  GBytes *seal_key;    /* NULL in an open room */
  GHashTable *senders; /* PEER → Sender */
};

G_DEFINE_FINAL_TYPE (DuoEnvelope, duo_envelope, G_TYPE_OBJECT)

static gboolean
drop (GError **error, const char *why)
{
  g_set_error_literal (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_SEAL, why);

  return FALSE;
}

static void
forget_oldest_sender (DuoEnvelope *self)
{
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;
  gpointer oldest_key = NULL;
  guint64 oldest_turn = G_MAXUINT64;

  g_hash_table_iter_init (&iter, self->senders);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    const Sender *sender = value;

    if (sender->turn < oldest_turn) {
      oldest_turn = sender->turn;
      oldest_key = key;
    }
  }
  g_hash_table_remove (self->senders, oldest_key);
}

static gboolean
accept_seq (DuoEnvelope *self, const char *from, gint64 seq)
{
  Sender *sender = g_hash_table_lookup (self->senders, from);

  if (sender == NULL) {
    if (g_hash_table_size (self->senders) >= MAX_SENDERS)
      forget_oldest_sender (self);
    sender = g_new0 (Sender, 1);
    g_hash_table_insert (self->senders, g_strdup (from), sender);
  }
  if (seq <= sender->seq)
    return FALSE;
  sender->seq = seq;
  sender->turn = ++self->turn;

  return TRUE;
}

/* Who sent a frame, and whether to us or to everybody. Plain web clients in open rooms do not say
 * who they are. */
static gboolean
read_addresses (
  DuoEnvelope *self, JsonObject *frame, const char **from, const char **to, GError **error)
{
  gsize least = self->seal_key != NULL ? DUO_PEER_ID_MIN_CHARS : 1;
  gboolean anonymous = self->seal_key == NULL && !duo_json_has (frame, "from");

  if (anonymous)
    *from = DUO_PEER_ANONYMOUS;
  else if (!duo_json_get_id (frame, "from", least, from, error))
    return FALSE;
  if (duo_json_has (frame, "to") && !duo_json_get_id (frame, "to", least, to, error))
    return FALSE;
  if (g_str_equal (*from, self->self_id))
    return drop (error, "A message of our own");
  if (*to != NULL && !g_str_equal (*to, self->self_id))
    return drop (error, "A message for somebody else");

  return TRUE;
}

static JsonObject *
open_frame (DuoEnvelope *self, JsonObject *frame, const char *from, const char *to, GError **error)
{
  g_autoptr (GBytes) iv = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *context = duo_seal_context (self->room_id, from, to);
  char *plain_text = NULL;
  gsize length = 0;
  gint64 seq = 0;

  if (!duo_json_get_bytes (frame, "iv", DUO_SEAL_IV_BYTES, DUO_SEAL_IV_BYTES, &iv, error) ||
      !duo_json_get_bytes (frame, "data", DUO_SEAL_TAG_BYTES, DUO_FRAME_MAX_BYTES, &data, error))
    return NULL;
  plain_text = duo_seal_open (self->seal_key, iv, context, data, &length, error);
  if (plain_text == NULL)
    return NULL;
  object = duo_json_parse (plain_text, length, error);
  duo_secret_string_free (plain_text);
  if (object == NULL || !duo_json_get_integer (object, "seq", 1, DUO_JSON_MAX_INTEGER, &seq, error))
    return NULL;
  if (!accept_seq (self, from, seq)) {
    drop (error, "A message that was here before");
    return NULL;
  }

  return g_steal_pointer (&object);
}

static DuoPeerMessage *
unwrap_sealed (
  DuoEnvelope *self, JsonObject *frame, const char *from, const char *to, GError **error)
{
  g_autoptr (JsonObject) object = open_frame (self, frame, from, to, error);
  g_autoptr (DuoPeerMessage) message = NULL;

  if (object == NULL)
    return NULL;
  message = duo_peer_message_from_json (object, FALSE, error);
  if (message != NULL && to == NULL && message->type != DUO_PEER_MESSAGE_HELLO) {
    drop (error, "A message to everybody that is no hello");
    return NULL;
  }

  return g_steal_pointer (&message);
}

static DuoPeerMessage *
unwrap_bare (JsonObject *frame, const char *from, GError **error)
{
  g_autoptr (DuoPeerMessage) message = duo_peer_message_from_json (frame, TRUE, error);

  if (message != NULL && *from == '\0' && message->type == DUO_PEER_MESSAGE_HELLO) {
    drop (error, "A hello from nobody");
    return NULL;
  }

  return g_steal_pointer (&message);
}

static DuoPeerMessage *
unwrap_frame (
  DuoEnvelope *self, JsonObject *frame, char **from, gboolean *addressed, GError **error)
{
  g_autoptr (DuoPeerMessage) message = NULL;
  const char *type = NULL;
  const char *sender = NULL;
  const char *receiver = NULL;
  gboolean sealed = FALSE;

  if (self->seal_key == NULL && duo_dialect_read (frame))
    self->dialect = TRUE;
  if (!duo_json_get_string (frame, "type", G_MAXSIZE, &type, error))
    return NULL;
  sealed = g_str_equal (type, "sealed");
  if (sealed != (self->seal_key != NULL)) {
    if (duo_peer_message_is_type (type))
      drop (error, "A message that is not sealed");
    else
      g_set_error_literal (error,
                           DUO_PROTOCOL_ERROR,
                           DUO_PROTOCOL_ERROR_UNKNOWN_TYPE,
                           "A frame of unknown type");
    return NULL;
  }
  if (!read_addresses (self, frame, &sender, &receiver, error))
    return NULL;

  message = sealed ? unwrap_sealed (self, frame, sender, receiver, error)
                   : unwrap_bare (frame, sender, error);
  if (message != NULL) {
    *from = g_strdup (sender);
    *addressed = receiver != NULL;
    if (message->type == DUO_PEER_MESSAGE_HELLO)
      self->dialect = FALSE;
  }

  return g_steal_pointer (&message);
}

static JsonObject *
seal_message (DuoEnvelope *self, JsonObject *message, const char *to, GError **error)
{
  g_autoptr (JsonObject) frame = json_object_new ();
  g_autoptr (GBytes) iv = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autofree char *context = duo_seal_context (self->room_id, self->self_id, to);
  char *plain_text = NULL;
  guint8 random[DUO_SEAL_IV_BYTES];

  if (self->seq >= DUO_JSON_MAX_INTEGER) {
    drop (error, "All numbers are used up");
    return NULL;
  }
  if (!duo_random_bytes (random, sizeof random, error))
    return NULL;

  json_object_set_int_member (message, "seq", ++self->seq);
  plain_text = duo_json_to_string (message);
  iv = g_bytes_new (random, sizeof random);
  data = duo_seal_close (self->seal_key, iv, context, plain_text, error);
  duo_secret_string_free (plain_text);
  if (data == NULL)
    return NULL;

  json_object_set_string_member (frame, "type", "sealed");
  duo_json_set_bytes (frame, "iv", iv);
  duo_json_set_bytes (frame, "data", data);

  return g_steal_pointer (&frame);
}

static void
duo_envelope_finalize (GObject *object)
{
  DuoEnvelope *self = DUO_ENVELOPE (object);

  g_free (self->room_id);
  g_free (self->self_id);
  g_clear_pointer (&self->seal_key, g_bytes_unref);
  g_clear_pointer (&self->senders, g_hash_table_unref);

  G_OBJECT_CLASS (duo_envelope_parent_class)->finalize (object);
}

static void
duo_envelope_class_init (DuoEnvelopeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = duo_envelope_finalize;
}

static void
duo_envelope_init (DuoEnvelope *self)
{
  self->senders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * duo_envelope_new:
 * @room_id: the ROOM
 * @self_id: one's own PEER
 * @seal_key: (nullable): the room's seal key, or %NULL in an open room
 *
 * Returns: (transfer full): an envelope, to be kept as long as @self_id
 */
DuoEnvelope *
duo_envelope_new (const char *room_id, const char *self_id, GBytes *seal_key)
{
  DuoEnvelope *self = NULL;

  g_return_val_if_fail (duo_text_is_room_name (room_id), NULL);
  g_return_val_if_fail (duo_text_is_peer_id (self_id), NULL);
  g_return_val_if_fail (seal_key == NULL || g_bytes_get_size (seal_key) == DUO_SEAL_KEY_BYTES,
                        NULL);

  self = g_object_new (DUO_TYPE_ENVELOPE, NULL);
  self->room_id = g_strdup (room_id);
  self->self_id = g_strdup (self_id);
  self->seal_key = seal_key != NULL ? g_bytes_ref (seal_key) : NULL;

  return self;
}

/**
 * duo_envelope_wrap:
 * @self: an envelope
 * @message: what to send
 * @to: (nullable): the receiver's PEER, or %NULL for everybody; in a room with a code only a hello
 *   may go to everybody
 * @error: return location for an error
 *
 * Makes a frame.
 *
 * Returns: (transfer full) (nullable): the text to send, or %NULL with %DUO_PROTOCOL_ERROR_MESSAGE
 *   if it would be larger than %DUO_FRAME_MAX_BYTES
 */
char *
duo_envelope_wrap (DuoEnvelope *self, const DuoPeerMessage *message, const char *to, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) frame = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (DUO_IS_ENVELOPE (self), NULL);
  g_return_val_if_fail (message != NULL, NULL);
  g_return_val_if_fail (self->seal_key == NULL || to != NULL ||
                          message->type == DUO_PEER_MESSAGE_HELLO,
                        NULL);

  object = duo_peer_message_to_json (message);
  if (self->dialect || message->type >= DUO_PEER_MESSAGE_JOIN_ROOM)
    duo_dialect_write (object, self->room_id, self->self_id);
  frame =
    self->seal_key != NULL ? seal_message (self, object, to, error) : json_object_ref (object);
  if (frame == NULL)
    return NULL;
  json_object_set_string_member (frame, "from", self->self_id);
  if (to != NULL)
    json_object_set_string_member (frame, "to", to);

  text = duo_json_to_string (frame);
  if (strlen (text) > DUO_FRAME_MAX_BYTES) {
    g_set_error_literal (error,
                         DUO_PROTOCOL_ERROR,
                         DUO_PROTOCOL_ERROR_MESSAGE,
                         "A message is too large to be sent");
    return NULL;
  }

  return g_steal_pointer (&text);
}

/**
 * duo_envelope_unwrap:
 * @self: an envelope
 * @frame: what duo_json_parse() made of a frame that is none of the server's
 * @from: (out) (transfer full): the sender's PEER, or %DUO_PEER_ANONYMOUS
 * @addressed: (out): whether it was sent to us alone
 * @error: return location for an error
 *
 * Takes the message out of a frame. What does not open, was here before, is our own, is for
 * somebody else or is malformed is counted and has to be dropped.
 *
 * Returns: (transfer full) (nullable): the message; or %NULL with %DUO_PROTOCOL_ERROR_SEAL,
 *   %DUO_PROTOCOL_ERROR_JSON, %DUO_PROTOCOL_ERROR_MESSAGE, or with
 * %DUO_PROTOCOL_ERROR_UNKNOWN_TYPE, which is to be ignored and not counted
 */
DuoPeerMessage *
duo_envelope_unwrap (
  DuoEnvelope *self, JsonObject *frame, char **from, gboolean *addressed, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  DuoPeerMessage *message = NULL;

  g_return_val_if_fail (DUO_IS_ENVELOPE (self), NULL);
  g_return_val_if_fail (frame != NULL && from != NULL && addressed != NULL, NULL);

  message = unwrap_frame (self, frame, from, addressed, &local_error);
  if (message != NULL)
    return message;
  if (!g_error_matches (local_error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_UNKNOWN_TYPE))
    self->dropped++;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/**
 * duo_envelope_get_dropped:
 * @self: an envelope
 *
 * Returns: how many frames had to be dropped so far
 */
guint
duo_envelope_get_dropped (DuoEnvelope *self)
{
  g_return_val_if_fail (DUO_IS_ENVELOPE (self), 0);

  return self->dropped;
}
