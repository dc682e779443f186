/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-channel-message.h"

#include "duo-json-fields.h"
#include "duo-json.h"
#include "duo-peer-message.h"
#include "duo-protocol-error.h"
#include "duo-text.h"

typedef gboolean (*ReadFunc) (JsonObject *, DuoChannelMessage *, GError **);
typedef void (*WriteFunc) (JsonObject *, const DuoChannelMessage *);

G_DEFINE_BOXED_TYPE (DuoChannelMessage,
                     duo_channel_message,
                     duo_channel_message_copy,
                     duo_channel_message_free)

static gboolean
read_state (JsonObject *object, DuoChannelMessage *self, GError **error)
{
  const char *display_name = NULL;

  if (!duo_json_get_boolean (object, "microphone", &self->microphone, error) ||
      !duo_json_get_boolean (object, "camera", &self->camera, error) ||
      !duo_json_get_boolean (object, "screen", &self->screen, error) ||
      !duo_json_get_boolean (object, "hand", &self->hand, error) ||
      !duo_json_get_boolean (object, "recording", &self->recording, error) ||
      !duo_json_get_plain_text (object, "displayName", DUO_NAME_MAX_CHARS, &display_name, error))
    return FALSE;
  self->display_name = g_strdup (display_name);

  return TRUE;
}

static gboolean
read_resume (JsonObject *object, DuoChannelMessage *self, GError **error)
{
  return duo_json_get_bytes (object, "key", DUO_NONCE_BYTES, DUO_NONCE_BYTES, &self->key, error);
}

static gboolean
read_id (JsonObject *object, DuoChannelMessage *self, GError **error)
{
  gint64 id = 0;

  if (!duo_json_get_integer (object, "id", 0, DUO_JSON_MAX_INTEGER, &id, error))
    return FALSE;
  self->id = id;

  return TRUE;
}

static gboolean
read_bye (JsonObject *object, DuoChannelMessage *self, GError **error)
{
  return duo_bye_reason_from_json (object, &self->reason, error);
}

static void
write_state (JsonObject *object, const DuoChannelMessage *self)
{
  g_autofree char *display_name = duo_text_to_plain (self->display_name, DUO_NAME_MAX_CHARS);

  json_object_set_boolean_member (object, "microphone", self->microphone);
  json_object_set_boolean_member (object, "camera", self->camera);
  json_object_set_boolean_member (object, "screen", self->screen);
  json_object_set_boolean_member (object, "hand", self->hand);
  json_object_set_boolean_member (object, "recording", self->recording);
  json_object_set_string_member (object, "displayName", display_name);
}

static void
write_resume (JsonObject *object, const DuoChannelMessage *self)
{
  g_return_if_fail (self->key != NULL);

  duo_json_set_bytes (object, "key", self->key);
}

static void
write_id (JsonObject *object, const DuoChannelMessage *self)
{
  json_object_set_int_member (object, "id", (gint64) self->id);
}

static void
write_bye (JsonObject *object, const DuoChannelMessage *self)
{
  json_object_set_string_member (object, "reason", duo_bye_reason_to_string (self->reason));
}

static const struct {
  const char *name;
  ReadFunc read;
  WriteFunc write;
} codecs[] = {
  [DUO_CHANNEL_MESSAGE_STATE] = { "state", read_state, write_state },
  [DUO_CHANNEL_MESSAGE_RESUME] = { "resume", read_resume, write_resume },
  [DUO_CHANNEL_MESSAGE_PING] = { "ping", read_id, write_id },
  [DUO_CHANNEL_MESSAGE_PONG] = { "pong", read_id, write_id },
  [DUO_CHANNEL_MESSAGE_BYE] = { "bye", read_bye, write_bye },
};

/**
 * duo_channel_message_new:
 * @type: a type
 *
 * Returns: (transfer full): a message whose other fields are empty
 */
DuoChannelMessage *
duo_channel_message_new (DuoChannelMessageType type)
{
  DuoChannelMessage *self = g_new0 (DuoChannelMessage, 1);

  self->type = type;

  return self;
}

/**
 * duo_channel_message_copy:
 * @self: a message
 *
 * Returns: (transfer full): a copy of @self
 */
DuoChannelMessage *
duo_channel_message_copy (const DuoChannelMessage *self)
{
  DuoChannelMessage *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->display_name = g_strdup (self->display_name);
  copy->key = self->key != NULL ? g_bytes_ref (self->key) : NULL;

  return copy;
}

/**
 * duo_channel_message_free:
 * @self: (transfer full) (nullable): a message
 *
 * Frees a message and what it holds.
 */
void
duo_channel_message_free (DuoChannelMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->display_name);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self);
}

/**
 * duo_channel_message_from_json:
 * @object: an object that duo_json_parse() made
 * @error: return location for an error
 *
 * Reads a message and checks every field's type, size and grammar.
 *
 * Returns: (transfer full) (nullable): the message, or %NULL with %DUO_PROTOCOL_ERROR_UNKNOWN_TYPE
 *   (to be ignored) or %DUO_PROTOCOL_ERROR_MESSAGE
 */
DuoChannelMessage *
duo_channel_message_from_json (JsonObject *object, GError **error)
{
  const char *type = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  if (!duo_json_get_string (object, "type", G_MAXSIZE, &type, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    if (g_str_equal (type, codecs[i].name)) {
      g_autoptr (DuoChannelMessage) self = duo_channel_message_new (i);

      if (!codecs[i].read (object, self, error))
        return NULL;
      return g_steal_pointer (&self);
    }
  }
  g_set_error_literal (error,
                       DUO_PROTOCOL_ERROR,
                       DUO_PROTOCOL_ERROR_UNKNOWN_TYPE,
                       "A channel message of unknown type");

  return NULL;
}

/**
 * duo_channel_message_to_json:
 * @self: a message
 *
 * Writes a message. A name that is too long or has characters that may not be shown is mended.
 *
 * Returns: (transfer full): the object
 */
JsonObject *
duo_channel_message_to_json (const DuoChannelMessage *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", codecs[self->type].name);
  codecs[self->type].write (object, self);

  return object;
}
