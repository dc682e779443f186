/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-signaling"

#include "config.h"

#include "duo-room-socket.h"

#include "duo-envelope.h"
#include "duo-intake-guard.h"
#include "duo-json.h"

#define CONNECT_TIMEOUT 10000 /* ms */
#define CHECK_TIMEOUT 3000    /* ms */
#define MISSED_PONGS 2
#define FRAME_LIMIT (2 * DUO_FRAME_MAX_BYTES)
/* More than a message can be that is not too large, whatever is sent around it. */
#define INTAKE_LIMIT (4 * DUO_FRAME_MAX_BYTES)

#define CODE_ABNORMAL SOUP_WEBSOCKET_CLOSE_ABNORMAL
#define CODE_UNTRUSTED SOUP_WEBSOCKET_CLOSE_TLS_HANDSHAKE

static const char ping[] = "{\"type\":\"ping\"}";

/**
 * DuoRoomSocket:
 *
 * A connection to a room, from the handshake to the end: opens the WebSocket, gives out the frames
 * that are proper JSON, and notices when nobody answers any more. It can be opened again. Neither a
 * PartyKit Worker nor a page can use the pings of WebSocket itself, so these are messages; a server
 * that never answered one is not held to it.
 */
struct _DuoRoomSocket {
  GObject parent_instance;

  /* Owned */
  SoupWebsocketConnection *websocket; /* NULL before the handshake is done and after the end */
  GCancellable *cancellable;          /* of the handshake under way */
  DuoIntakeGuard *guard;              /* NULL while closed */
  guint connect_id;
  guint ping_id;
  guint check_id;

  guint ping_interval;
  guint unanswered;
  gboolean answers_pings;
  gboolean active;
};

enum {
  OPENED,
  FRAME,
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoRoomSocket, duo_room_socket, G_TYPE_OBJECT)

static gboolean
is_open (DuoRoomSocket *self)
{
  return self->websocket != NULL &&
         soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN;
}

static gboolean
let_go_cb (gpointer websocket)
{
  return G_SOURCE_REMOVE;
}

static void
end (DuoRoomSocket *self, guint code)
{
  g_autoptr (DuoRoomSocket) alive = NULL;

  if (!self->active)
    return;

  alive = g_object_ref (self);
  duo_room_socket_abandon (self);
  g_signal_emit (self, signals[ENDED], 0, code);
}

static gboolean
check_timeout_cb (gpointer user_data)
{
  DuoRoomSocket *self = user_data;

  self->check_id = 0;
  end (self, CODE_ABNORMAL);

  return G_SOURCE_REMOVE;
}

static gboolean
ping_cb (gpointer user_data)
{
  DuoRoomSocket *self = user_data;

  if (self->answers_pings && self->unanswered >= MISSED_PONGS) {
    self->ping_id = 0;
    end (self, CODE_ABNORMAL);
    return G_SOURCE_REMOVE;
  }

  self->unanswered++;
  duo_room_socket_send (self, ping);

  return G_SOURCE_CONTINUE;
}

static gboolean
connect_timeout_cb (gpointer user_data)
{
  DuoRoomSocket *self = user_data;

  self->connect_id = 0;
  end (self, CODE_ABNORMAL);

  return G_SOURCE_REMOVE;
}

static const char *
get_type (JsonObject *frame)
{
  JsonNode *type = json_object_get_member (frame, "type");

  if (type == NULL || json_node_get_value_type (type) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (type);
}

static void
websocket_message_cb (SoupWebsocketConnection *websocket,
                      SoupWebsocketDataType type,
                      GBytes *message,
                      gpointer user_data)
{
  DuoRoomSocket *self = user_data;
  g_autoptr (JsonObject) frame = NULL;
  g_autoptr (GError) error = NULL;
  const char *text, *frame_type;
  gsize length;

  duo_intake_guard_note_message (self->guard);
  text = g_bytes_get_data (message, &length);
  if (type != SOUP_WEBSOCKET_DATA_TEXT || length == 0 || length > DUO_FRAME_MAX_BYTES) {
    g_debug ("Ignoring a frame of type %d with %" G_GSIZE_FORMAT " bytes", type, length);
    return;
  }

  frame = duo_json_parse (text, (gssize) length, &error);
  if (frame == NULL) {
    g_debug ("Ignoring a frame: %s", error->message);
    return;
  }

  /* Whatever comes in shows that somebody is there; only a pong shows that pings are answered. */
  self->unanswered = 0;
  g_clear_handle_id (&self->check_id, g_source_remove);

  frame_type = get_type (frame);
  if (g_strcmp0 (frame_type, "pong") == 0)
    self->answers_pings = TRUE;
  else if (frame_type != NULL && !g_str_equal (frame_type, "ping"))
    g_signal_emit (self, signals[FRAME], 0, frame_type, frame);
}

/* The close frame says it all: there is no use in waiting for the socket too. */
static void
websocket_closing_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  gushort code = soup_websocket_connection_get_close_code (websocket);

  if (code != 0)
    end (user_data, code);
}

static void
websocket_closed_cb (SoupWebsocketConnection *websocket, gpointer user_data)
{
  gushort code = soup_websocket_connection_get_close_code (websocket);

  end (user_data, code != 0 ? code : CODE_ABNORMAL);
}

static void
message_without_end_cb (gpointer user_data)
{
  g_info ("The room server sends a message without end");
  end (user_data, CODE_ABNORMAL);
}

static void
websocket_connect_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoRoomSocket) self = user_data;
  g_autoptr (SoupWebsocketConnection) websocket = NULL;
  g_autoptr (GError) error = NULL;

  websocket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_handle_id (&self->connect_id, g_source_remove);
  if (websocket == NULL) {
    gboolean untrusted = g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);

    g_info ("Cannot reach the room server: %s", error->message);
    end (self, untrusted ? CODE_UNTRUSTED : CODE_ABNORMAL);
    return;
  }

  self->websocket = g_steal_pointer (&websocket);
  soup_websocket_connection_set_max_incoming_payload_size (self->websocket, FRAME_LIMIT);
  g_signal_connect (self->websocket, "message", G_CALLBACK (websocket_message_cb), self);
  g_signal_connect (self->websocket, "closing", G_CALLBACK (websocket_closing_cb), self);
  g_signal_connect (self->websocket, "closed", G_CALLBACK (websocket_closed_cb), self);
  self->ping_id = g_timeout_add (self->ping_interval, ping_cb, self);
  g_signal_emit (self, signals[OPENED], 0);
}

static void
duo_room_socket_dispose (GObject *object)
{
  DuoRoomSocket *self = DUO_ROOM_SOCKET (object);

  duo_room_socket_abandon (self);

  G_OBJECT_CLASS (duo_room_socket_parent_class)->dispose (object);
}

static void
duo_room_socket_class_init (DuoRoomSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = DUO_TYPE_ROOM_SOCKET;

  object_class->dispose = duo_room_socket_dispose;

  /**
   * DuoRoomSocket::opened:
   * @self: the socket
   *
   * The handshake is done: messages can be sent.
   */
  signals[OPENED] =
    g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DuoRoomSocket::frame:
   * @self: the socket
   * @type: its type
   * @frame: what came in
   *
   * A message that is one strict JSON object with a type. Pongs are not among them, nor the pings
   * of others that a plain room passes on.
   */
  signals[FRAME] = g_signal_new ("frame",
                                 type,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 2,
                                 G_TYPE_STRING,
                                 JSON_TYPE_OBJECT);

  /**
   * DuoRoomSocket::ended:
   * @self: the socket
   * @code: the other side's close code, 1006 if there was none, 1015 if its certificate is not
   *   trusted
   *
   * The connection is over, or there never was one. Emitted once for each opening,
   * unless the connection was abandoned.
   */
  signals[ENDED] = g_signal_new ("ended",
                                 type,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_UINT);
}

static void
duo_room_socket_init (DuoRoomSocket *self)
{
}

/**
 * duo_room_socket_new:
 *
 * Makes a socket that is not open.
 *
 * Returns: (transfer full): the socket
 */
DuoRoomSocket *
duo_room_socket_new (void)
{
  return g_object_new (DUO_TYPE_ROOM_SOCKET, NULL);
}

/**
 * duo_room_socket_open:
 * @self: a socket
 * @session: the session to connect with
 * @uri: the whole address, query included
 * @ping_interval: the time between two pings, in milliseconds
 *
 * Starts to connect; "opened" or "ended" tells the outcome, within 10 seconds. A connection that
 * there was is abandoned.
 */
void
duo_room_socket_open (DuoRoomSocket *self,
                      SoupSession *session,
                      const char *uri,
                      guint ping_interval)
{
  g_autoptr (SoupMessage) message = NULL;

  g_return_if_fail (DUO_IS_ROOM_SOCKET (self));
  g_return_if_fail (SOUP_IS_SESSION (session));

  message = soup_message_new (SOUP_METHOD_GET, uri);
  g_return_if_fail (message != NULL);

  duo_room_socket_abandon (self);
  self->active = TRUE;
  self->guard = duo_intake_guard_new (message, INTAKE_LIMIT, message_without_end_cb, self);
  self->answers_pings = FALSE;
  self->unanswered = 0;
  self->ping_interval = ping_interval;
  self->cancellable = g_cancellable_new ();
  self->connect_id = g_timeout_add (CONNECT_TIMEOUT, connect_timeout_cb, self);
  soup_session_websocket_connect_async (session,
                                        message,
                                        NULL,
                                        NULL,
                                        G_PRIORITY_DEFAULT,
                                        self->cancellable,
                                        websocket_connect_cb,
                                        g_object_ref (self));
}

/**
 * duo_room_socket_send:
 * @self: a socket
 * @text: UTF-8 text
 *
 * Sends a message; dropped if the socket is not open.
 */
void
duo_room_socket_send (DuoRoomSocket *self, const char *text)
{
  g_return_if_fail (DUO_IS_ROOM_SOCKET (self));
  g_return_if_fail (text != NULL);

  if (is_open (self))
    soup_websocket_connection_send_text (self->websocket, text);
}

/**
 * duo_room_socket_check:
 * @self: a socket
 *
 * Asks whether the other side is still there, as after a change of the network: without an answer
 * within 3 seconds the connection is over. Does nothing where pings are not answered.
 */
void
duo_room_socket_check (DuoRoomSocket *self)
{
  g_return_if_fail (DUO_IS_ROOM_SOCKET (self));

  if (!self->answers_pings || !is_open (self) || self->check_id != 0)
    return;

  duo_room_socket_send (self, ping);
  self->check_id = g_timeout_add (CHECK_TIMEOUT, check_timeout_cb, self);
}

/**
 * duo_room_socket_close:
 * @self: a socket
 *
 * Leaves for good: what was sent before goes out, then close code 1000. "ended" follows once the
 * other side has answered. Does nothing if the socket is not open.
 */
void
duo_room_socket_close (DuoRoomSocket *self)
{
  g_return_if_fail (DUO_IS_ROOM_SOCKET (self));

  if (is_open (self))
    soup_websocket_connection_close (self->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

/**
 * duo_room_socket_abandon:
 * @self: a socket
 *
 * Lets go of the connection at once. No signal is emitted until the socket is opened again.
 */
void
duo_room_socket_abandon (DuoRoomSocket *self)
{
  g_return_if_fail (DUO_IS_ROOM_SOCKET (self));

  self->active = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->connect_id, g_source_remove);
  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_pointer (&self->guard, duo_intake_guard_free);

  if (self->websocket == NULL)
    return;

  /* libsoup goes on using its connection after a handler has returned: not here, but from the main
   * loop the last reference may go, before any more is read. */
  g_signal_handlers_disconnect_by_data (self->websocket, self);
  g_idle_add_full (G_PRIORITY_HIGH, let_go_cb, g_steal_pointer (&self->websocket), g_object_unref);
}
