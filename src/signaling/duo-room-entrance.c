/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-signaling"

#include "config.h"

#include "duo-room-entrance.h"

#include "duo-server-message.h"
#include "duo-text.h"

#include <json-glib/json-glib.h>

#define GREETING_TIMEOUT 300      /* ms */
#define GREETING_TOO_LATE 5000000 /* µs */

/**
 * DuoRoomEntrance:
 *
 * Tells when a connection is in its room, and sorts what comes in by who says it.
 *
 * A room server of ours greets with `room-joined`, which counts only as the first frame of a
 * connection. A plain PartyKit room says nothing: then one is in the room as soon as somebody else
 * speaks, or 0.3 s after the connection was opened. Should a greeting still come first within some
 * seconds, over a bad network, "entered" is emitted once more, with the greeting. Later it cannot
 * be the server's: in a plain room anybody can send one.
 */
struct _DuoRoomEntrance {
  GObject parent_instance;

  /* Owned */
  DuoSteadySocket *socket;
  guint greeting_id; /* while it is open whether the room greets */

  gint64 opened_at;   /* this connection, monotonic µs */
  gboolean had_frame; /* on this connection */
};

enum {
  ENTERED,
  SERVER_MESSAGE,
  PEER_FRAME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoRoomEntrance, duo_room_entrance, G_TYPE_OBJECT)

static void
enter (DuoRoomEntrance *self, DuoServerMessage *greeting)
{
  g_clear_handle_id (&self->greeting_id, g_source_remove);
  duo_steady_socket_note_welcome (self->socket);
  g_signal_emit (self, signals[ENTERED], 0, greeting);
}

static gboolean
greeting_timeout_cb (gpointer user_data)
{
  DuoRoomEntrance *self = user_data;

  self->greeting_id = 0;
  if (duo_steady_socket_is_open (self->socket))
    enter (self, NULL);

  return G_SOURCE_REMOVE;
}

static void
handle_server_message (DuoRoomEntrance *self, JsonObject *frame, gboolean first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoServerMessage) message = duo_server_message_from_json (frame, &error);

  if (message == NULL) {
    g_debug ("Ignoring a message of the server: %s", error->message);
    return;
  }

  if (message->type == DUO_SERVER_MESSAGE_ERROR)
    g_info ("The room server says %u: %s", message->code, message->message);

  if (message->type != DUO_SERVER_MESSAGE_ROOM_JOINED) {
    g_signal_emit (self, signals[SERVER_MESSAGE], 0, message);
  } else if (first && g_get_monotonic_time () - self->opened_at < GREETING_TOO_LATE) {
    /* With it one comes back even if the server has forgotten the room meanwhile. */
    if (message->ticket != NULL && duo_text_is_token (message->ticket))
      duo_steady_socket_set_token (self->socket, message->ticket);
    enter (self, message);
  }
}

static void
socket_opened_cb (DuoSteadySocket *socket, gpointer user_data)
{
  DuoRoomEntrance *self = user_data;

  self->opened_at = g_get_monotonic_time ();
  self->had_frame = FALSE;
  g_clear_handle_id (&self->greeting_id, g_source_remove);
  self->greeting_id = g_timeout_add (GREETING_TIMEOUT, greeting_timeout_cb, self);
}

static void
socket_frame_cb (DuoSteadySocket *socket, const char *type, JsonObject *frame, gpointer user_data)
{
  g_autoptr (DuoRoomEntrance) self = g_object_ref (user_data);
  gboolean first = !self->had_frame;

  self->had_frame = TRUE;

  if (duo_server_message_is_type (type)) {
    handle_server_message (self, frame, first);
    return;
  }

  /* Somebody speaks: this is a room that does not greet. */
  if (self->greeting_id != 0)
    enter (self, NULL);
  g_signal_emit (self, signals[PEER_FRAME], 0, frame);
}

static void
duo_room_entrance_dispose (GObject *object)
{
  DuoRoomEntrance *self = DUO_ROOM_ENTRANCE (object);

  g_clear_handle_id (&self->greeting_id, g_source_remove);
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (duo_room_entrance_parent_class)->dispose (object);
}

static void
duo_room_entrance_class_init (DuoRoomEntranceClass *klass)
{
  const GType type = DUO_TYPE_ROOM_ENTRANCE;
  const GSignalFlags last = G_SIGNAL_RUN_LAST;
  const GType message = DUO_TYPE_SERVER_MESSAGE | G_SIGNAL_TYPE_STATIC_SCOPE;
  const GType frame = JSON_TYPE_OBJECT;

  G_OBJECT_CLASS (klass)->dispose = duo_room_entrance_dispose;

  /**
   * DuoRoomEntrance::entered:
   * @self: the entrance
   * @greeting: (nullable): the `room-joined`, or %NULL in a room that does not greet
   *
   * The connection is in the room.
   */
  signals[ENTERED] =
    g_signal_new ("entered", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, message);

  /**
   * DuoRoomEntrance::server-message:
   * @self: the entrance
   * @message: what the server says
   *
   * The server, or somebody who claims to be the server in a plain room, says something that is no
   * greeting.
   */
  signals[SERVER_MESSAGE] =
    g_signal_new ("server-message", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, message);

  /**
   * DuoRoomEntrance::peer-frame:
   * @self: the entrance
   * @frame: what is still to be opened and checked
   *
   * Somebody in the room says something.
   */
  signals[PEER_FRAME] =
    g_signal_new ("peer-frame", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, frame);
}

static void
duo_room_entrance_init (DuoRoomEntrance *self)
{
}

/**
 * duo_room_entrance_new:
 * @socket: the connection to watch
 *
 * Watches a connection.
 *
 * Returns: (transfer full): the entrance
 */
DuoRoomEntrance *
duo_room_entrance_new (DuoSteadySocket *socket)
{
  DuoRoomEntrance *self = g_object_new (DUO_TYPE_ROOM_ENTRANCE, NULL);

  self->socket = g_object_ref (socket);
  g_signal_connect (socket, "opened", G_CALLBACK (socket_opened_cb), self);
  g_signal_connect (socket, "frame", G_CALLBACK (socket_frame_cb), self);

  return self;
}
