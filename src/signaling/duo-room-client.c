/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-signaling"

#include "config.h"

#include "duo-room-client.h"

#include "duo-envelope.h"
#include "duo-frame-queue.h"
#include "duo-room-entrance.h"

#define LEAVE_TIMEOUT 2000 /* ms */

/**
 * DuoRoomClient:
 *
 * Stays in a room: connects, and connects again for ever, with growing and jittered delays, until
 * it is told to leave or the room itself says no (a close code from 4000 on). It keeps its PEER and
 * its SECRET, so that the seat is still its own when it comes back, seals and opens what is said in
 * the room, and keeps what could not be sent in the meantime.
 *
 * "joined" comes with the server's greeting or, in a plain PartyKit room, which says nothing,
 * without one: #DuoRoomEntrance tells how it decides. It belongs to the main context; nothing
 * blocks.
 */
struct _DuoRoomClient {
  GObject parent_instance;

  /* Owned */
  char *peer_id;
  DuoSteadySocket *socket;
  DuoRoomEntrance *entrance;
  DuoEnvelope *envelope;
  DuoFrameQueue queue;
  guint leave_id;

  DuoRoomClientState state;
  gboolean leaving;
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_PEER_ID,
  PROP_OBSTACLE,
  N_PROPS,
};

enum {
  JOINED,
  MESSAGE,
  SERVER_MESSAGE,
  CLOSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoRoomClient, duo_room_client, G_TYPE_OBJECT)

static void
set_state (DuoRoomClient *self, DuoRoomClientState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
stop (DuoRoomClient *self, DuoRoomCloseReason reason)
{
  g_autoptr (DuoRoomClient) alive = g_object_ref (self);

  duo_steady_socket_stop (self->socket);
  g_clear_handle_id (&self->leave_id, g_source_remove);
  duo_frame_queue_clear (&self->queue);

  set_state (self, DUO_ROOM_CLIENT_CLOSED);
  g_signal_emit (self, signals[CLOSED], 0, reason);
}

/* In the room. Who is about to leave says what was still to be said and goes. */
static void
entered_cb (DuoRoomEntrance *entrance, DuoServerMessage *greeting, gpointer user_data)
{
  DuoRoomClient *self = user_data;
  char *frame;

  while ((frame = duo_frame_queue_pop (&self->queue)) != NULL) {
    duo_steady_socket_send (self->socket, frame);
    g_free (frame);
  }

  if (self->leaving) {
    duo_steady_socket_close (self->socket);
    return;
  }

  set_state (self, DUO_ROOM_CLIENT_JOINED);
  g_signal_emit (self, signals[JOINED], 0, greeting);
}

static void
leave_timeout_cb (gpointer user_data)
{
  DuoRoomClient *self = user_data;

  self->leave_id = 0;
  stop (self, DUO_ROOM_CLOSE_DONE);
}

static void
server_message_cb (DuoRoomEntrance *entrance, DuoServerMessage *message, gpointer user_data)
{
  g_signal_emit (user_data, signals[SERVER_MESSAGE], 0, message);
}

static void
peer_frame_cb (DuoRoomEntrance *entrance, JsonObject *frame, gpointer user_data)
{
  DuoRoomClient *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoPeerMessage) message = NULL;
  g_autofree char *from = NULL;
  gboolean addressed = FALSE;

  if (self->state != DUO_ROOM_CLIENT_JOINED || self->leaving)
    return;

  message = duo_envelope_unwrap (self->envelope, frame, &from, &addressed, &error);
  if (message != NULL)
    g_signal_emit (self, signals[MESSAGE], 0, from, message, addressed);
  else
    g_debug ("Dropping a message: %s", error->message);
}

static void
socket_lost_cb (DuoSteadySocket *socket, gpointer user_data)
{
  DuoRoomClient *self = user_data;
  gboolean was_joined = self->state == DUO_ROOM_CLIENT_JOINED;

  if (self->leaving && duo_frame_queue_is_empty (&self->queue))
    stop (self, DUO_ROOM_CLOSE_DONE);
  else if (was_joined)
    set_state (self, DUO_ROOM_CLIENT_RECONNECTING);
}

static void
socket_refused_cb (DuoSteadySocket *socket, DuoRoomCloseReason reason, gpointer user_data)
{
  DuoRoomClient *self = user_data;

  stop (self, self->leaving ? DUO_ROOM_CLOSE_DONE : reason);
}

static void
obstacle_cb (DuoSteadySocket *socket, GParamSpec *pspec, gpointer user_data)
{
  g_object_notify_by_pspec (user_data, properties[PROP_OBSTACLE]);
}

static void
duo_room_client_dispose (GObject *object)
{
  DuoRoomClient *self = DUO_ROOM_CLIENT (object);

  g_clear_handle_id (&self->leave_id, g_source_remove);
  duo_frame_queue_clear (&self->queue);

  if (self->socket != NULL)
    duo_steady_socket_stop (self->socket);
  g_clear_object (&self->entrance);
  g_clear_object (&self->socket);
  g_clear_object (&self->envelope);
  g_clear_pointer (&self->peer_id, g_free);

  G_OBJECT_CLASS (duo_room_client_parent_class)->dispose (object);
}

static void
duo_room_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DuoRoomClient *self = DUO_ROOM_CLIENT (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_PEER_ID:
    g_value_set_string (value, self->peer_id);
    break;
  case PROP_OBSTACLE:
    g_value_set_enum (value, duo_steady_socket_get_obstacle (self->socket));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
duo_room_client_class_init (DuoRoomClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = DUO_TYPE_ROOM_CLIENT;
  const GSignalFlags last = G_SIGNAL_RUN_LAST;
  const GType peer = DUO_TYPE_PEER_MESSAGE | G_SIGNAL_TYPE_STATIC_SCOPE;
  const GType reason = DUO_TYPE_ROOM_CLOSE_REASON;
  const GType text = G_TYPE_STRING;
  const GType obstacle = DUO_TYPE_ROOM_OBSTACLE;
  const GType state = DUO_TYPE_ROOM_CLIENT_STATE;
  const GType none = G_TYPE_NONE;
  const GType server = DUO_TYPE_SERVER_MESSAGE | G_SIGNAL_TYPE_STATIC_SCOPE;
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = duo_room_client_dispose;
  object_class->get_property = duo_room_client_get_property;

  /**
   * DuoRoomClient:state: where the client is
   */
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, state, DUO_ROOM_CLIENT_IDLE, flags);

  /**
   * DuoRoomClient:peer-id: one's own PEER
   */
  properties[PROP_PEER_ID] = g_param_spec_string ("peer-id", NULL, NULL, NULL, flags);

  /**
   * DuoRoomClient:obstacle: what kept us out of the room last time, while it is tried again
   */
  properties[PROP_OBSTACLE] =
    g_param_spec_enum ("obstacle", NULL, NULL, obstacle, DUO_ROOM_OBSTACLE_NONE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoRoomClient::joined:
   * @self: the client
   * @greeting: (nullable): the server's `room-joined`, or %NULL in a room that does not greet
   *
   * In the room, for the first time or again.
   */
  signals[JOINED] = g_signal_new ("joined", type, last, 0, NULL, NULL, NULL, none, 1, server);

  /**
   * DuoRoomClient::message:
   * @self: the client
   * @from: the PEER who sent it
   * @message: what was said
   * @addressed: whether it was sent to us alone
   *
   * Somebody in the room said something.
   */
  signals[MESSAGE] =
    g_signal_new ("message", type, last, 0, NULL, NULL, NULL, none, 3, text, peer, G_TYPE_BOOLEAN);

  /**
   * DuoRoomClient::server-message:
   * @self: the client
   * @message: what the server says, other than its greeting
   *
   * The server tells who came and who went, which is a hint, no more, or has words for people.
   */
  signals[SERVER_MESSAGE] =
    g_signal_new ("server-message", type, last, 0, NULL, NULL, NULL, none, 1, server);

  /**
   * DuoRoomClient::closed:
   * @self: the client
   * @reason: why it is over for good
   */
  signals[CLOSED] = g_signal_new ("closed", type, last, 0, NULL, NULL, NULL, none, 1, reason);
}

static void
duo_room_client_init (DuoRoomClient *self)
{
}

/**
 * duo_room_client_new:
 * @room_uri: `ws[s]://HOST/parties/PARTY/ROOM`, without a query
 * @room_id: the ROOM, which the sealing is bound to
 * @seal_key: (nullable): the key of a room with a code, or %NULL in an open room
 * @peer_id: one's own PEER
 * @secret: one's own SECRET, which the seat belongs to
 *
 * Makes a client that does not connect yet.
 *
 * Returns: (transfer full): the client
 */
DuoRoomClient *
duo_room_client_new (const char *room_uri,
                     const char *room_id,
                     GBytes *seal_key,
                     const char *peer_id,
                     const char *secret)
{
  DuoRoomClient *self;
  g_autofree char *uri = NULL;

  g_return_val_if_fail (room_uri != NULL && room_id != NULL, NULL);
  g_return_val_if_fail (peer_id != NULL && secret != NULL, NULL);

  uri = g_strdup_printf ("%s?_pk=%s&_rs=%s", room_uri, peer_id, secret);
  self = g_object_new (DUO_TYPE_ROOM_CLIENT, NULL);
  self->peer_id = g_strdup (peer_id);
  self->envelope = duo_envelope_new (room_id, peer_id, seal_key);
  self->socket = duo_steady_socket_new (uri);
  self->entrance = duo_room_entrance_new (self->socket);
  g_signal_connect_object (self->entrance, "entered", G_CALLBACK (entered_cb), self, 0);
  g_signal_connect_object (self->entrance,
                           "server-message",
                           G_CALLBACK (server_message_cb),
                           self,
                           0);
  g_signal_connect_object (self->entrance, "peer-frame", G_CALLBACK (peer_frame_cb), self, 0);
  g_signal_connect_object (self->socket, "lost", G_CALLBACK (socket_lost_cb), self, 0);
  g_signal_connect_object (self->socket, "refused", G_CALLBACK (socket_refused_cb), self, 0);
  g_signal_connect_object (self->socket, "notify::obstacle", G_CALLBACK (obstacle_cb), self, 0);

  return self;
}

/**
 * duo_room_client_get_state:
 * @self: a client
 *
 * Returns: where it is
 */
DuoRoomClientState
duo_room_client_get_state (DuoRoomClient *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_CLIENT (self), DUO_ROOM_CLIENT_CLOSED);

  return self->state;
}

/**
 * duo_room_client_get_socket:
 * @self: a client
 *
 * Returns: (transfer none): the connection underneath, whose times can be changed before joining
 */
DuoSteadySocket *
duo_room_client_get_socket (DuoRoomClient *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_CLIENT (self), NULL);

  return self->socket;
}

/**
 * duo_room_client_join:
 * @self: a client that is idle
 *
 * Goes into the room and stays there.
 */
void
duo_room_client_join (DuoRoomClient *self)
{
  g_return_if_fail (DUO_IS_ROOM_CLIENT (self));
  g_return_if_fail (self->state == DUO_ROOM_CLIENT_IDLE);

  set_state (self, DUO_ROOM_CLIENT_CONNECTING);
  duo_steady_socket_start (self->socket);
}

/**
 * duo_room_client_send:
 * @self: a client
 * @message: what to say
 * @to: (nullable): the PEER it is for, or %NULL for everybody (in a room with a code a hello only)
 *
 * Says something in the room. Outside the room it waits for the way back; if much waits the oldest
 * is dropped. What was sent into a connection that turns out to be dead is lost.
 *
 * Returns: whether it was sent or waits; %FALSE if the client is leaving or closed, or the message
 * is too large
 */
gboolean
duo_room_client_send (DuoRoomClient *self, const DuoPeerMessage *message, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *frame = NULL;

  g_return_val_if_fail (DUO_IS_ROOM_CLIENT (self), FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  if (self->state == DUO_ROOM_CLIENT_CLOSED || self->leaving)
    return FALSE;

  frame = duo_envelope_wrap (self->envelope, message, to, &error);
  if (frame == NULL) {
    g_warning ("Cannot send a message: %s", error->message);
    return FALSE;
  }

  if (self->state == DUO_ROOM_CLIENT_JOINED)
    duo_steady_socket_send (self->socket, frame);
  else
    duo_frame_queue_push (&self->queue, g_steal_pointer (&frame));

  return TRUE;
}

/**
 * duo_room_client_leave:
 * @self: a client
 *
 * Leaves for good: what was sent goes out, the server is told and answers, "closed" is emitted.
 * What waits for the way back is given a last chance. All that takes 2 seconds at most. From now on
 * no message comes in any more.
 */
void
duo_room_client_leave (DuoRoomClient *self)
{
  g_return_if_fail (DUO_IS_ROOM_CLIENT (self));

  if (self->leaving || self->state == DUO_ROOM_CLIENT_CLOSED)
    return;

  self->leaving = TRUE;
  if (self->state == DUO_ROOM_CLIENT_IDLE ||
      (self->state != DUO_ROOM_CLIENT_JOINED && duo_frame_queue_is_empty (&self->queue))) {
    stop (self, DUO_ROOM_CLOSE_DONE);
    return;
  }

  self->leave_id = g_timeout_add_once (LEAVE_TIMEOUT, leave_timeout_cb, self);
  if (self->state == DUO_ROOM_CLIENT_JOINED)
    duo_steady_socket_close (self->socket);
}
