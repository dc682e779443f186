/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-signaling"

#include "config.h"

#include "duo-steady-socket.h"

#include "duo-retry-plan.h"
#include "duo-room-socket.h"

#include <json-glib/json-glib.h>

#define PING_INTERVAL 15000 /* ms */
#define STALE_AFTER 1000000 /* µs */

/**
 * DuoSteadySocket:
 *
 * A WebSocket that comes back: one connection after the other, with a growing and jittered delay
 * between them, for ever, unless the room itself says that there is no use in it. A change of the
 * network is answered by an attempt at once, or by a look whether the connection has survived it.
 */
struct _DuoSteadySocket {
  GObject parent_instance;

  /* Owned */
  char *uri;   /* with the SECRET in its query: never to be logged */
  char *token; /* nullable; a secret too */
  SoupSession *session;
  DuoRoomSocket *socket;
  guint retry_id;

  DuoRetryPlan plan;
  guint ping_interval;
  gint64 started_at; /* of this attempt, monotonic µs */
  gint64 opened_at;  /* 0 while there is no open connection */
  gboolean running;
};

enum {
  PROP_0,
  PROP_OBSTACLE,
  N_PROPS,
};

enum {
  OPENED,
  FRAME,
  LOST,
  REFUSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoSteadySocket, duo_steady_socket, G_TYPE_OBJECT)

static void
socket_opened_cb (DuoRoomSocket *socket, gpointer user_data)
{
  DuoSteadySocket *self = user_data;

  self->opened_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[OPENED], 0);
}

static void
socket_frame_cb (DuoRoomSocket *socket, const char *type, JsonObject *frame, gpointer user_data)
{
  g_signal_emit (user_data, signals[FRAME], 0, type, frame);
}

static void
connect_now (DuoSteadySocket *self)
{
  const char *token = self->token;
  g_autofree char *uri = token != NULL ? g_strconcat (self->uri, "&_tk=", token, NULL) : NULL;

  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->opened_at = 0;
  self->started_at = g_get_monotonic_time ();
  duo_room_socket_open (self->socket,
                        self->session,
                        uri != NULL ? uri : self->uri,
                        self->ping_interval);
}

static gboolean
retry_cb (gpointer user_data)
{
  DuoSteadySocket *self = user_data;

  self->retry_id = 0;
  connect_now (self);

  return G_SOURCE_REMOVE;
}

static void
socket_ended_cb (DuoRoomSocket *socket, guint code, gpointer user_data)
{
  g_autoptr (DuoSteadySocket) self = g_object_ref (user_data);
  gint64 now = g_get_monotonic_time ();
  gint64 lasted = self->opened_at != 0 ? now - self->opened_at : 0;
  DuoRoomObstacle before = duo_retry_plan_get_obstacle (&self->plan);
  gboolean was_open = self->opened_at != 0;
  DuoRoomCloseReason reason;
  int delay;

  self->opened_at = 0;
  delay = duo_retry_plan_next (&self->plan, code, lasted, now, g_random_double (), &reason);

  if (delay < 0) {
    duo_steady_socket_stop (self);
    g_signal_emit (self, signals[REFUSED], 0, reason);
    return;
  }

  g_info ("The connection ended with code %u; next attempt in %d ms", code, delay);
  self->retry_id = g_timeout_add ((guint) delay, retry_cb, self);
  if (before != duo_retry_plan_get_obstacle (&self->plan))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBSTACLE]);
  if (was_open)
    g_signal_emit (self, signals[LOST], 0);
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  DuoSteadySocket *self = user_data;

  if (!self->running)
    return;

  duo_retry_plan_hurry (&self->plan);

  if (self->opened_at != 0)
    duo_room_socket_check (self->socket);
  else if (self->retry_id != 0 || g_get_monotonic_time () - self->started_at > STALE_AFTER)
    connect_now (self);
}

static void
duo_steady_socket_dispose (GObject *object)
{
  DuoSteadySocket *self = DUO_STEADY_SOCKET (object);

  if (self->socket != NULL) {
    duo_steady_socket_stop (self);
    g_signal_handlers_disconnect_by_data (self->socket, self);
    soup_session_abort (self->session);
  }
  g_clear_object (&self->socket);
  g_clear_object (&self->session);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->token, g_free);

  G_OBJECT_CLASS (duo_steady_socket_parent_class)->dispose (object);
}

static void
duo_steady_socket_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DuoSteadySocket *self = DUO_STEADY_SOCKET (object);

  switch (prop_id) {
  case PROP_OBSTACLE:
    g_value_set_enum (value, duo_steady_socket_get_obstacle (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
duo_steady_socket_class_init (DuoSteadySocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = DUO_TYPE_STEADY_SOCKET;
  const GSignalFlags last = G_SIGNAL_RUN_LAST;

  object_class->dispose = duo_steady_socket_dispose;
  object_class->get_property = duo_steady_socket_get_property;

  /**
   * DuoSteadySocket:obstacle:
   *
   * What kept us out of the room at the last attempt, while it is tried again.
   */
  properties[PROP_OBSTACLE] = g_param_spec_enum ("obstacle",
                                                 NULL,
                                                 NULL,
                                                 DUO_TYPE_ROOM_OBSTACLE,
                                                 DUO_ROOM_OBSTACLE_NONE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoSteadySocket::opened:
   * @self: the socket
   *
   * A connection was opened. Emitted for each.
   */
  signals[OPENED] = g_signal_new ("opened", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DuoSteadySocket::lost:
   * @self: the socket
   *
   * The connection was lost; the next attempt is on its way.
   */
  signals[LOST] = g_signal_new ("lost", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DuoSteadySocket::frame:
   * @self: the socket
   * @type: its type
   * @frame: the message
   *
   * A message came in.
   */
  signals[FRAME] = g_signal_new ("frame",
                                 type,
                                 last,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 2,
                                 G_TYPE_STRING,
                                 JSON_TYPE_OBJECT);

  /**
   * DuoSteadySocket::refused:
   * @self: the socket
   * @reason: why
   *
   * The room does not want this client: there will be no further attempt.
   */
  signals[REFUSED] = g_signal_new ("refused",
                                   type,
                                   last,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   DUO_TYPE_ROOM_CLOSE_REASON);
}

static void
duo_steady_socket_init (DuoSteadySocket *self)
{
  self->ping_interval = PING_INTERVAL;
  duo_retry_plan_init (&self->plan);
  self->session = soup_session_new ();
  self->socket = duo_room_socket_new ();
  g_signal_connect (self->socket, "opened", G_CALLBACK (socket_opened_cb), self);
  g_signal_connect (self->socket, "frame", G_CALLBACK (socket_frame_cb), self);
  g_signal_connect (self->socket, "ended", G_CALLBACK (socket_ended_cb), self);

  /* A compressed message can be far larger than what it looks like on the wire. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  g_signal_connect_object (g_network_monitor_get_default (),
                           "network-changed",
                           G_CALLBACK (network_changed_cb),
                           self,
                           G_CONNECT_DEFAULT);
}

/**
 * duo_steady_socket_new:
 * @uri: where to connect to, query included
 *
 * Makes a socket that does not connect yet.
 *
 * Returns: (transfer full): the socket
 */
DuoSteadySocket *
duo_steady_socket_new (const char *uri)
{
  DuoSteadySocket *self = g_object_new (DUO_TYPE_STEADY_SOCKET, NULL);

  self->uri = g_strdup (uri);

  return self;
}

/**
 * duo_steady_socket_set_token:
 * @self: a socket
 * @token: (nullable): a TOKEN of base64url and dots, or %NULL
 *
 * Chooses what is shown to the server from the next connection on.
 */
void
duo_steady_socket_set_token (DuoSteadySocket *self, const char *token)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));

  g_free (self->token);
  self->token = g_strdup (token);
}

/**
 * duo_steady_socket_set_ping_interval:
 * @self: a socket
 * @milliseconds: the time between two pings
 *
 * Changes the time between pings, from the next connection on.
 */
void
duo_steady_socket_set_ping_interval (DuoSteadySocket *self, guint milliseconds)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));

  self->ping_interval = milliseconds;
}

/**
 * duo_steady_socket_set_full_timeout:
 * @self: a socket
 * @milliseconds: how long to try again while the room is full
 *
 * Changes the patience with a full room.
 */
void
duo_steady_socket_set_full_timeout (DuoSteadySocket *self, guint milliseconds)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));

  self->plan.full_timeout = milliseconds;
}

/**
 * duo_steady_socket_get_obstacle:
 * @self: a socket
 *
 * Returns: what kept us out of the room at the last attempt, while it is tried again
 */
DuoRoomObstacle
duo_steady_socket_get_obstacle (DuoSteadySocket *self)
{
  g_return_val_if_fail (DUO_IS_STEADY_SOCKET (self), DUO_ROOM_OBSTACLE_NONE);

  return duo_retry_plan_get_obstacle (&self->plan);
}

/**
 * duo_steady_socket_is_open:
 * @self: a socket
 *
 * Returns: whether there is a connection now
 */
gboolean
duo_steady_socket_is_open (DuoSteadySocket *self)
{
  g_return_val_if_fail (DUO_IS_STEADY_SOCKET (self), FALSE);

  return self->opened_at != 0;
}

/**
 * duo_steady_socket_start:
 * @self: a socket
 *
 * Starts to connect, once and for all.
 */
void
duo_steady_socket_start (DuoSteadySocket *self)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));
  g_return_if_fail (!self->running);

  self->running = TRUE;
  connect_now (self);
}

/**
 * duo_steady_socket_send:
 * @self: a socket
 * @text: UTF-8 text
 *
 * Sends a message; dropped unless the connection is open.
 */
void
duo_steady_socket_send (DuoSteadySocket *self, const char *text)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));

  duo_room_socket_send (self->socket, text);
}

/**
 * duo_steady_socket_note_welcome:
 * @self: a socket
 *
 * Tells the socket that the room has taken us in: it is not full any more.
 */
void
duo_steady_socket_note_welcome (DuoSteadySocket *self)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));

  if (duo_retry_plan_get_obstacle (&self->plan) == DUO_ROOM_OBSTACLE_NONE)
    return;

  duo_retry_plan_note_welcome (&self->plan);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBSTACLE]);
}

/**
 * duo_steady_socket_close:
 * @self: a socket
 *
 * Takes leave of the room with close code 1000, after everything that was sent. The connection ends
 * as soon as the other side has answered; then duo_steady_socket_stop() is due.
 */
void
duo_steady_socket_close (DuoSteadySocket *self)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));

  duo_room_socket_close (self->socket);
}

/**
 * duo_steady_socket_stop:
 * @self: a socket
 *
 * Lets go of the connection and makes no further attempt.
 */
void
duo_steady_socket_stop (DuoSteadySocket *self)
{
  g_return_if_fail (DUO_IS_STEADY_SOCKET (self));

  self->running = FALSE;
  self->opened_at = 0;
  duo_room_socket_abandon (self->socket);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  duo_steady_socket_note_welcome (self);
}
