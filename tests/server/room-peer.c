/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "room-peer.h"

#include <string.h>

gboolean
wait_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
message_cb (SoupWebsocketConnection *websocket,
            SoupWebsocketDataType type,
            GBytes *message,
            gpointer user_data)
{
  RoomPeer *self = user_data;
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_queue_push_tail (&self->texts, g_strndup (text, length));
}

static void
closed_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  RoomPeer *self = user_data;

  self->code = soup_websocket_connection_get_close_code (websocket);
  self->closed = TRUE;
}

static void
connect_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RoomPeer *self = user_data;

  self->websocket =
    soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &self->error);
  if (self->websocket == NULL)
    return;

  g_signal_connect (self->websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->websocket, "closed", G_CALLBACK (closed_cb), self);
}

/* Opens a connection, or has an error. */
RoomPeer *
room_peer_open (guint16 port, const char *path_and_query)
{
  RoomPeer *self = g_new0 (RoomPeer, 1);
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u%s", port, path_and_query);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);

  g_queue_init (&self->texts);
  self->session = soup_session_new ();
  soup_session_websocket_connect_async (self->session,
                                        message,
                                        NULL,
                                        NULL,
                                        G_PRIORITY_DEFAULT,
                                        NULL,
                                        connect_cb,
                                        self);
  wait_until (self->websocket != NULL || self->error != NULL);

  return self;
}

/* Opens a connection to the room of all tests. */
RoomPeer *
room_peer_enter (guint16 port, const char *peer_id, const char *secret)
{
  g_autofree char *path = g_strdup_printf ("/parties/main/lobby?_pk=%s%s%s",
                                           peer_id,
                                           secret != NULL ? "&_rs=" : "",
                                           secret != NULL ? secret : "");
  RoomPeer *self = room_peer_open (port, path);

  g_assert_no_error (self->error);

  return self;
}

/* Goes without a word if it has not left or been closed. */
void
room_peer_free (RoomPeer *self)
{
  if (self->websocket != NULL)
    g_signal_handlers_disconnect_by_data (self->websocket, self);
  g_clear_object (&self->websocket);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_error (&self->error);
  g_queue_clear_full (&self->texts, g_free);
  g_free (self);
}

void
room_peer_leave (RoomPeer *self)
{
  soup_websocket_connection_close (self->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  wait_until (self->closed);
  room_peer_free (self);
}

void
room_peer_send (RoomPeer *self, const char *text)
{
  soup_websocket_connection_send_text (self->websocket, text);
}

void
room_peer_say (RoomPeer *self, const char *from, const char *to, const char *what)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "type", "say");
  json_object_set_string_member (object, "from", from);
  if (to != NULL)
    json_object_set_string_member (object, "to", to);
  json_object_set_string_member (object, "what", what);
  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  room_peer_send (self, text);
}

/* The next text that came in, as it came. */
char *
room_peer_next (RoomPeer *self)
{
  wait_until (self->closed || !g_queue_is_empty (&self->texts));
  g_assert_false (g_queue_is_empty (&self->texts));

  return g_queue_pop_head (&self->texts);
}

JsonObject *
room_peer_expect (RoomPeer *self, const char *type)
{
  g_autofree char *text = room_peer_next (self);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "type"), ==, type);

  return json_object_ref (json_node_get_object (node));
}

void
room_peer_expect_said (RoomPeer *self, const char *from, const char *what)
{
  g_autoptr (JsonObject) object = room_peer_expect (self, "say");

  g_assert_cmpstr (json_object_get_string_member (object, "from"), ==, from);
  g_assert_cmpstr (json_object_get_string_member (object, "what"), ==, what);
}

/* Everything that the server had to say so far comes before its answer to a ping. */
void
room_peer_expect_nothing (RoomPeer *self)
{
  g_autoptr (JsonObject) pong = NULL;

  room_peer_send (self, "{\"type\":\"ping\"}");
  pong = room_peer_expect (self, "pong");
}

/* A code of the room's own is explained by a message first. */
void
room_peer_expect_close (RoomPeer *self, guint code)
{
  if (code >= 4000) {
    g_autoptr (JsonObject) error = room_peer_expect (self, "error");

    g_assert_cmpint (json_object_get_int_member (error, "code"), ==, code);
    g_assert_nonnull (json_object_get_string_member (error, "message"));
  }

  wait_until (self->closed);
  g_assert_true (g_queue_is_empty (&self->texts));
  g_assert_cmpuint (self->code, ==, code);
}

typedef struct {
  GSocketConnection *wire;
  GError *error;
  gssize length;
  gboolean done;
} WireResult;

static void
wire_connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WireResult *data = user_data;

  data->wire = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, NULL);
  data->done = TRUE;
}

static void
wire_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WireResult *data = user_data;

  data->length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  data->done = TRUE;
}

static void
wire_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WireResult *data = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &data->error);
  data->done = TRUE;
}

/* Returns FALSE if the other side has cut the connection. */
static gboolean
wire_write (GSocketConnection *wire, const void *data, gsize length)
{
  WireResult written = { 0 };
  gboolean ok;

  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (wire)),
                                   data,
                                   length,
                                   G_PRIORITY_DEFAULT,
                                   NULL,
                                   wire_written_cb,
                                   &written);
  wait_until (written.done);
  ok = written.error == NULL;
  g_clear_error (&written.error);

  return ok;
}

static gssize
wire_read (GSocketConnection *wire, void *buffer, gsize size)
{
  WireResult read = { 0 };

  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (wire)),
                             buffer,
                             size,
                             G_PRIORITY_DEFAULT,
                             NULL,
                             wire_read_cb,
                             &read);
  wait_until (read.done);

  return read.length;
}

static void
wire_read_exactly (GSocketConnection *wire, void *buffer, gsize size)
{
  for (gsize got = 0; got < size;) {
    gssize n = wire_read (wire, (char *) buffer + got, size - got);

    g_assert_cmpint (n, >, 0);
    got += (gsize) n;
  }
}

GSocketConnection *
room_wire_open (guint16 port, const char *peer_id, const char *secret)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *request =
    g_strdup_printf ("GET /parties/main/lobby?_pk=%s%s%s HTTP/1.1\r\n"
                     "Host: localhost\r\n"
                     "Connection: Upgrade\r\n"
                     "Upgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                     "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
                     peer_id,
                     secret != NULL ? "&_rs=" : "",
                     secret != NULL ? secret : "");
  g_autoptr (GString) answer = g_string_new (NULL);
  WireResult connected = { 0 };

  g_socket_client_connect_to_host_async (client,
                                         "127.0.0.1",
                                         port,
                                         NULL,
                                         wire_connected_cb,
                                         &connected);
  wait_until (connected.done);
  g_assert_nonnull (connected.wire);
  g_assert_true (wire_write (connected.wire, request, strlen (request)));

  while (!g_str_has_suffix (answer->str, "\r\n\r\n")) {
    char byte;

    wire_read_exactly (connected.wire, &byte, 1);
    g_string_append_c (answer, byte);
  }
  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 101 "));
  g_assert_null (strstr (answer->str, "permessage-deflate"));

  return connected.wire;
}

/* One frame (RFC 6455 section 5.2), masked with zeros; @head is its first byte. */
gboolean
room_wire_send_frame (GSocketConnection *wire, guint8 head, const char *data, gsize length)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  const guint8 mask[4] = { 0 };

  g_byte_array_append (frame, &head, 1);
  if (length < 126) {
    const guint8 size = (guint8) (0x80 | length);

    g_byte_array_append (frame, &size, 1);
  } else if (length <= G_MAXUINT16) {
    const guint8 size[3] = { 0x80 | 126, (guint8) (length >> 8), (guint8) length };

    g_byte_array_append (frame, size, sizeof size);
  } else {
    const guint8 size[9] = { 0x80 | 127,
                             0,
                             0,
                             0,
                             0,
                             (guint8) (length >> 24),
                             (guint8) (length >> 16),
                             (guint8) (length >> 8),
                             (guint8) length };

    g_byte_array_append (frame, size, sizeof size);
  }
  g_byte_array_append (frame, mask, sizeof mask);
  g_byte_array_append (frame, (const guint8 *) data, (guint) length);

  return wire_write (wire, frame->data, frame->len);
}

/* Reads on until the close frame and returns its code, or 0 if the connection ends without one. */
guint
room_wire_read_close (GSocketConnection *wire)
{
  for (;;) {
    guint8 head[2], extended[2] = { 0 };
    g_autofree guint8 *payload = NULL;
    gsize length;

    if (wire_read (wire, &head[0], 1) <= 0)
      return 0;
    wire_read_exactly (wire, &head[1], 1);

    length = head[1];
    g_assert_cmpuint (length, <, 127);
    if (length == 126) {
      wire_read_exactly (wire, extended, sizeof extended);
      length = (gsize) extended[0] << 8 | extended[1];
    }

    payload = g_malloc0 (length + 2);
    wire_read_exactly (wire, payload, length);
    if (head[0] == 0x88)
      return (guint) payload[0] << 8 | payload[1];
  }
}
