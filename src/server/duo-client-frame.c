/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-client-frame.h"

#include "duo-json.h"
#include "duo-server-message.h"

/* Whether a member is absent or a string, and which. */
static gboolean
get_optional_string (JsonObject *object, const char *name, const char **out)
{
  JsonNode *node = json_object_get_member (object, name);

  *out = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  *out = json_node_get_string (node);

  return TRUE;
}

/**
 * duo_client_frame_check:
 * @text: (array length=length): one whole text message
 * @length: its length in bytes
 * @peer_id: the PEER of who sent it
 * @to: (out) (nullable): the PEER it is for, or %NULL for all others; only set for a message to
 * relay
 *
 * Judges a message. It has to be one strict JSON object with a `type` that is not one of the
 * server's. `from` is the sender's own PEER or, as plain web clients have it, not there. Nothing
 * else in it is looked at.
 *
 * Returns: what to do with it
 */
DuoClientFrame
duo_client_frame_check (const char *text, gsize length, const char *peer_id, char **to)
{
  g_autoptr (JsonObject) object = NULL;
  const char *type, *from, *target;

  g_return_val_if_fail (text != NULL || length == 0, DUO_CLIENT_FRAME_MALFORMED);
  g_return_val_if_fail (peer_id != NULL && to != NULL, DUO_CLIENT_FRAME_MALFORMED);

  *to = NULL;
  object = length > 0 ? duo_json_parse (text, (gssize) length, NULL) : NULL;
  if (object == NULL || !get_optional_string (object, "type", &type) ||
      !get_optional_string (object, "from", &from) || !get_optional_string (object, "to", &target))
    return DUO_CLIENT_FRAME_MALFORMED;

  if (type == NULL || duo_server_message_is_type (type) ||
      (from != NULL && !g_str_equal (from, peer_id)))
    return DUO_CLIENT_FRAME_MALFORMED;

  if (g_str_equal (type, "ping"))
    return DUO_CLIENT_FRAME_PING;

  *to = g_strdup (target);

  return DUO_CLIENT_FRAME_RELAY;
}
