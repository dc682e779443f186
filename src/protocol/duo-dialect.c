/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-dialect.h"

#include "duo-json-fields.h"
#include "duo-json.h"

/* What peer-to-peer chat servers and their clients speak, for open rooms. A client asks to be let
 * in (join_room: roomId, peerId, displayName) and is told of the others (room_joined: peers of id,
 * displayName; peer_joined: peer; peer_left: peerId). Descriptions are ours, with from and to, by
 * which alone the server delivers them; candidates have another name. Where a room only relays, the
 * clients' join_room and leave_room are heard themselves. */

static void
set_type (JsonObject *frame, const char *type)
{
  json_object_set_string_member (frame, "type", type);
}

/* @who is an object with the id of a peer under @name and perhaps a displayName. */
static gboolean
is_about (JsonObject *frame, const char *type, JsonObject *who, const char *name)
{
  const char *id = NULL;
  const char *display_name = NULL;

  if (!duo_json_get_id (who, name, 1, &id, NULL))
    return FALSE;
  if (who != frame && duo_json_has (who, "displayName") &&
      duo_json_get_string (who, "displayName", G_MAXSIZE, &display_name, NULL))
    json_object_set_string_member (frame, "displayName", display_name);

  set_type (frame, type);
  json_object_set_string_member (frame, "from", id);

  return TRUE;
}

static gboolean
read_room (JsonObject *frame)
{
  JsonArray *peers = NULL;
  JsonNode *first = NULL;

  if (!duo_json_get_array (frame, "peers", G_MAXUINT, &peers, NULL) ||
      json_array_get_length (peers) == 0)
    return FALSE;

  /* A call is one of two. */
  first = json_array_get_element (peers, 0);

  return JSON_NODE_HOLDS_OBJECT (first) &&
         is_about (frame, "join_room", json_node_get_object (first), "id");
}

static gboolean
read_peer (JsonObject *frame)
{
  JsonObject *peer = NULL;

  return duo_json_get_object (frame, "peer", &peer, NULL) &&
         is_about (frame, "join_room", peer, "id");
}

/**
 * duo_dialect_read:
 * @frame: a frame from an open room
 *
 * Makes of a frame of the dialect what duo_peer_message_from_json() knows: whatever tells of
 * somebody becomes a `join_room` or a `leave_room` from that PEER. Fields that are not as they
 * should be are left for that to find; all other frames stay as they are.
 *
 * Returns: whether it was one of the dialect's
 */
gboolean
duo_dialect_read (JsonObject *frame)
{
  const char *type = NULL;

  g_return_val_if_fail (frame != NULL, FALSE);

  if (!duo_json_get_string (frame, "type", G_MAXSIZE, &type, NULL))
    return FALSE;

  if (g_str_equal (type, "ice_candidate"))
    set_type (frame, "ice-candidate");
  else if (g_str_equal (type, "room_joined"))
    return read_room (frame);
  else if (g_str_equal (type, "peer_joined"))
    return read_peer (frame);
  else if (g_str_equal (type, "join_room"))
    return is_about (frame, "join_room", frame, "peerId");
  else if (g_str_equal (type, "peer_left") || g_str_equal (type, "leave_room"))
    return is_about (frame, "leave_room", frame, "peerId");
  else
    return FALSE;

  return TRUE;
}

/**
 * duo_dialect_write:
 * @frame: a frame for an open room, of duo_peer_message_to_json()
 * @room_id: the ROOM
 * @self_id: one's own PEER
 *
 * Makes it one of the dialect.
 */
void
duo_dialect_write (JsonObject *frame, const char *room_id, const char *self_id)
{
  const char *type = NULL;

  g_return_if_fail (frame != NULL);

  type = json_object_get_string_member (frame, "type");
  if (g_str_equal (type, "ice-candidate")) {
    set_type (frame, "ice_candidate");
  } else if (g_str_equal (type, "join_room")) {
    json_object_set_string_member (frame, "roomId", room_id);
    json_object_set_string_member (frame, "peerId", self_id);
  }
}
