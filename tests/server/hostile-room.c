/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hostile-room.h"

#define HOUR (3600 * G_GINT64_CONSTANT (1000)) /* ms */
/* Beyond what clients take, so that it can be told what they do with more. */
#define PAYLOAD_MAX (1024 * 1024)

static void
guest_free (gpointer data)
{
  HostileGuest *guest = data;

  g_signal_handlers_disconnect_by_data (guest->websocket, guest);
  g_object_unref (guest->websocket);
  g_free (guest->path);
  g_free (guest->peer_id);
  g_free (guest->held);
  g_clear_handle_id (&guest->held_id, g_source_remove);
  g_free (guest);
}

static void
send_text (HostileGuest *guest, const char *text)
{
  if (soup_websocket_connection_get_state (guest->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (guest->websocket, text);
}

/**
 * hostile_room_pass:
 * @self: a room server
 * @from: who is not to get it
 * @text: what is said
 *
 * Passes something on, to the others in the room.
 */
void
hostile_room_pass (HostileRoom *self, HostileGuest *from, const char *text)
{
  for (guint i = 0; i < self->guests->len; i++) {
    HostileGuest *guest = g_ptr_array_index (self->guests, i);

    if (guest != from && g_str_equal (guest->path, from->path))
      send_text (guest, text);
  }
}

/**
 * hostile_room_tell:
 * @self: a room server
 * @text: what is said
 *
 * Says something to everybody.
 */
void
hostile_room_tell (HostileRoom *self, const char *text)
{
  for (guint i = 0; i < self->guests->len; i++)
    send_text (g_ptr_array_index (self->guests, i), text);
}

static void
on_message (SoupWebsocketConnection *websocket, int type, GBytes *message, gpointer user_data)
{
  HostileGuest *from = user_data;
  HostileRoom *self = from->room;
  gsize length = 0;
  const char *data = g_bytes_get_data (message, &length);
  g_autofree char *text = g_strndup (data, length);

  if (g_str_equal (text, "{\"type\":\"ping\"}")) {
    send_text (from, "{\"type\":\"pong\"}");
    return;
  }

  g_ptr_array_add (self->heard, g_strdup (text));
  if (self->meddler == NULL) {
    hostile_room_pass (self, from, text);
  } else {
    self->meddled++;
    self->meddler (self, from, text);
  }
}

static void
on_closed (SoupWebsocketConnection *websocket, gpointer user_data)
{
  HostileGuest *guest = user_data;

  g_ptr_array_remove (guest->room->guests, guest);
}

static char *
make_greeting (HostileRoom *self, HostileGuest *guest)
{
  g_autoptr (GString) peers = g_string_new (NULL);

  for (guint i = 0; i < self->guests->len; i++) {
    HostileGuest *other = g_ptr_array_index (self->guests, i);

    if (g_str_equal (other->path, guest->path))
      g_string_append_printf (peers,
                              "%s{\"id\":\"%s\",\"joinedAt\":1}",
                              peers->len > 0 ? "," : "",
                              other->peer_id);
  }

  if (self->greeting != NULL)
    return g_strdup_printf ("{\"type\":\"room-joined\",\"peerId\":\"%s\",%s}",
                            guest->peer_id,
                            self->greeting);

  return g_strdup_printf ("{\"type\":\"room-joined\",\"peerId\":\"%s\",\"room\":\"%s\",\"peers\":[%"
                          "s]"
                          ",\"iceServers\":[],\"maxParticipants\":2,\"expiresAt\":%" G_GINT64_FORMAT
                          "}",
                          guest->peer_id,
                          strrchr (guest->path, '/') + 1,
                          peers->str,
                          g_get_real_time () / 1000 + HOUR);
}

static void
on_websocket (SoupServer *http,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *websocket,
              gpointer user_data)
{
  HostileRoom *self = user_data;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) parameters = soup_form_decode (query != NULL ? query : "");
  HostileGuest *guest = g_new0 (HostileGuest, 1);
  g_autofree char *greeting = NULL;
  g_autofree char *joined = NULL;

  guest->room = self;
  guest->websocket = g_object_ref (websocket);
  guest->path = self->split ? g_strdup_printf ("/parties/main/%u", self->came++) : g_strdup (path);
  guest->peer_id = g_strdup (g_hash_table_lookup (parameters, "_pk"));
  soup_websocket_connection_set_max_incoming_payload_size (websocket, PAYLOAD_MAX);
  g_signal_connect (websocket, "message", G_CALLBACK (on_message), guest);
  g_signal_connect (websocket, "closed", G_CALLBACK (on_closed), guest);

  greeting = make_greeting (self, guest);
  send_text (guest, greeting);
  g_ptr_array_add (self->guests, guest);
  joined = g_strdup_printf ("{\"type\":\"peer-joined\",\"peer\":{\"id\":\"%s\",\"joinedAt\":1}}",
                            guest->peer_id);
  hostile_room_pass (self, guest, joined);
}

/**
 * hostile_room_new:
 *
 * Starts a room server on loopback.
 *
 * Returns: (transfer full): the server
 */
HostileRoom *
hostile_room_new (void)
{
  HostileRoom *self = g_new0 (HostileRoom, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->guests = g_ptr_array_new_with_free_func (guest_free);
  self->heard = g_ptr_array_new_with_free_func (g_free);
  self->http = soup_server_new (NULL, NULL);
  soup_server_remove_websocket_extension (self->http, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_websocket_handler (self->http, "/parties", NULL, NULL, on_websocket, self, NULL);
  soup_server_listen_local (self->http, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->http);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

/**
 * hostile_room_free:
 * @self: (transfer full): a room server
 *
 * Stops it, without a word to anybody.
 */
void
hostile_room_free (HostileRoom *self)
{
  soup_server_disconnect (self->http);
  g_ptr_array_unref (self->guests);
  g_clear_object (&self->http);
  g_ptr_array_unref (self->heard);
  g_free (self->greeting);
  g_free (self);
}
