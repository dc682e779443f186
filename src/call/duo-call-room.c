/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-room.h"

#include "duo-call-fault.h"
#include "duo-call-signal.h"
#include "duo-call-state.h"
#include "duo-ice-uri.h"
#include "duo-remote-peer.h"

/* The room of a call, with the other person and the line to it: what goes on once the keys are
 * there. */
struct _DuoCallRoom {
  GObject parent_instance;

  /* Owned */
  DuoRoomEntry *entry; /* NULL once left */
  DuoRoomClient *client;
  DuoPeerFactory *factory;
  DuoCallLine *line;
  DuoRemotePeer *remote;
  GTask *leaving; /* nullable */
  char *display_name;

  guint unfinished; /* of what leaving takes */
};

enum {
  EVENT,
  END,
  STATS,
  ANNOUNCEMENT,
  N_SIGNALS
};

enum {
  PROP_0,
  PROP_SIGNALING_CONNECTED,
  PROP_ROOM_FULL,
  PROP_NOT_STARTED,
  N_PROPS
};

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoCallRoom, duo_call_room, G_TYPE_OBJECT)

static void
on_event (DuoCallRoom *self, int event)
{
  g_signal_emit (self, signals[EVENT], 0, event);
}

static void
on_end (DuoCallRoom *self, int reason, const GError *error)
{
  g_signal_emit (self, signals[END], 0, reason, error);
}

static void
on_stats (DuoCallRoom *self)
{
  g_signal_emit (self, signals[STATS], 0);
}

static void
on_send (DuoCallRoom *self, const DuoPeerMessage *message, const char *to)
{
  if (!duo_room_client_send (self->client, message, to))
    g_debug ("Not sent: a message of type %d", message->type);
}

/* Where only a relay will do and there is none, nobody has to wait for the other to find out. */
static gboolean
has_way (DuoCallRoom *self)
{
  DuoIcePlan *plan = duo_peer_factory_get_ice_plan (self->factory);
  g_autoptr (GError) error = NULL;

  if (duo_call_line_get_media (self->line) != DUO_PAIRING_MEDIA_NONE ||
      duo_ice_plan_check (plan, g_get_real_time () / G_USEC_PER_SEC, &error))
    return TRUE;

  on_end (self, duo_call_fault_judge (error, DUO_PAIRING_MEDIA_NONE, FALSE), error);
  return FALSE;
}

static void
on_joined (DuoCallRoom *self, DuoServerMessage *greeting)
{
  if (greeting != NULL) {
    g_auto (GStrv) uris = duo_ice_uris_from_servers (greeting->ice_servers);

    duo_ice_plan_set_offered (duo_peer_factory_get_ice_plan (self->factory),
                              (const char *const *) uris);
  }
  if (!has_way (self))
    return;

  on_event (self, DUO_CALL_EVENT_ROOM);
  duo_remote_peer_greet (self->remote, greeting != NULL);
}

static void
on_message (DuoCallRoom *self, const char *from, const DuoPeerMessage *message, gboolean addressed)
{
  duo_remote_peer_receive (self->remote, from, message, addressed);
}

static void
on_server_message (DuoCallRoom *self, const DuoServerMessage *message)
{
  const char *self_id = duo_room_entry_get_peer_id (self->entry);

  if (message->type == DUO_SERVER_MESSAGE_ANNOUNCEMENT)
    g_signal_emit (self, signals[ANNOUNCEMENT], 0, message->text);
  else if (message->type == DUO_SERVER_MESSAGE_PEER_JOINED)
    duo_remote_peer_arrived (self->remote);
  /* Some rooms tell everybody, also who has come back since. */
  else if (message->type == DUO_SERVER_MESSAGE_PEER_DISCONNECTED &&
           !g_str_equal (message->peer_id, self_id))
    duo_remote_peer_left (self->remote, message->peer_id);
}

static gboolean
is_connected (DuoCallRoom *self)
{
  return duo_room_client_get_state (self->client) == DUO_ROOM_CLIENT_JOINED;
}

static void
on_client_state (DuoCallRoom *self)
{
  gboolean connected = is_connected (self);

  duo_remote_peer_set_signaling (self->remote, connected);
  duo_call_line_set_signaling (self->line, connected);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNALING_CONNECTED]);
}

static gboolean
has_obstacle (DuoCallRoom *self, DuoRoomObstacle what)
{
  DuoRoomObstacle obstacle = DUO_ROOM_OBSTACLE_NONE;

  g_object_get (self->client, "obstacle", &obstacle, NULL);

  return obstacle == what;
}

static void
on_client_obstacle (DuoCallRoom *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM_FULL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOT_STARTED]);
}

static void
on_closed (DuoCallRoom *self, DuoRoomCloseReason reason)
{
  static const DuoCallEndReason reasons[] = {
    [DUO_ROOM_CLOSE_DONE] = DUO_CALL_END_LEFT,
    [DUO_ROOM_CLOSE_MALFORMED] = DUO_CALL_END_PROTOCOL,
    [DUO_ROOM_CLOSE_TAKEN_OVER] = DUO_CALL_END_TAKEN_OVER,
    [DUO_ROOM_CLOSE_FULL] = DUO_CALL_END_ROOM_FULL,
    [DUO_ROOM_CLOSE_EXPIRED] = DUO_CALL_END_EXPIRED,
    [DUO_ROOM_CLOSE_NOT_ALLOWED] = DUO_CALL_END_NOT_ALLOWED,
    [DUO_ROOM_CLOSE_TOO_FAST] = DUO_CALL_END_PROTOCOL,
    [DUO_ROOM_CLOSE_UNTRUSTED] = DUO_CALL_END_UNTRUSTED,
  };

  g_return_if_fail (reason < G_N_ELEMENTS (reasons));

  /* Media that flows needs no room, unless it is ourselves who took the call elsewhere. */
  if (duo_call_line_get_media (self->line) == DUO_PAIRING_MEDIA_FLOWING &&
      reason != DUO_ROOM_CLOSE_TAKEN_OVER)
    return;

  on_end (self, reasons[reason], NULL);
}

static void
finish_one (DuoCallRoom *self)
{
  g_autoptr (GTask) task = NULL;

  if (--self->unfinished > 0)
    return;

  /* The seat is free for another call of this program. */
  g_clear_pointer (&self->entry, duo_room_entry_free);

  task = g_steal_pointer (&self->leaving);
  g_task_return_boolean (task, TRUE);
}

static void
on_left (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallRoom) self = user_data;

  (void) duo_room_client_leave_finish (DUO_ROOM_CLIENT (object), result, NULL);
  finish_one (self);
}

static void
on_drained (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallRoom) self = user_data;

  duo_peer_factory_drain_finish (DUO_PEER_FACTORY (object), result);
  finish_one (self);
}

static void
disconnect (DuoCallRoom *self)
{
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  if (self->line != NULL)
    g_signal_handlers_disconnect_by_data (self->line, self);
}

static void
duo_call_room_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DuoCallRoom *self = DUO_CALL_ROOM (object);

  switch (property_id) {
  case PROP_SIGNALING_CONNECTED:
    g_value_set_boolean (value, is_connected (self));
    break;
  case PROP_ROOM_FULL:
    g_value_set_boolean (value, has_obstacle (self, DUO_ROOM_OBSTACLE_FULL));
    break;
  case PROP_NOT_STARTED:
    g_value_set_boolean (value, has_obstacle (self, DUO_ROOM_OBSTACLE_NOT_STARTED));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_call_room_dispose (GObject *object)
{
  DuoCallRoom *self = DUO_CALL_ROOM (object);

  disconnect (self);
  if (self->remote != NULL)
    g_signal_handlers_disconnect_by_data (self->remote, self);
  g_clear_object (&self->remote);
  g_clear_object (&self->line);
  g_clear_object (&self->client);
  g_clear_object (&self->factory);
  g_clear_pointer (&self->entry, duo_room_entry_free);
  g_clear_pointer (&self->display_name, g_free);

  G_OBJECT_CLASS (duo_call_room_parent_class)->dispose (object);
}

static void
duo_call_room_class_init (DuoCallRoomClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_call_room_get_property;
  object_class->dispose = duo_call_room_dispose;

  /* A DuoCallEvent. */
  signals[EVENT] = duo_call_signal_new (klass, "event", 1, G_TYPE_INT);
  /* A DuoCallEndReason and a GError or NULL: the call is over. */
  signals[END] = duo_call_signal_new (klass, "end", 2, G_TYPE_INT, G_TYPE_ERROR);
  /* The line has new statistics. */
  signals[STATS] = duo_call_signal_new (klass, "stats", 0);
  /* The server's own words. */
  signals[ANNOUNCEMENT] = duo_call_signal_new (klass, "announcement", 1, G_TYPE_STRING);

  properties[PROP_SIGNALING_CONNECTED] =
    g_param_spec_boolean ("signaling-connected", NULL, NULL, FALSE, flags);
  properties[PROP_ROOM_FULL] = g_param_spec_boolean ("room-full", NULL, NULL, FALSE, flags);
  properties[PROP_NOT_STARTED] = g_param_spec_boolean ("not-started", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_call_room_init (DuoCallRoom *self)
{
}

/**
 * duo_call_room_new:
 * @entry: (transfer full): the way in
 * @factory: makes connections
 * @state: where to put what is learnt of the other
 * @display_name: (nullable): one's own name
 *
 * Returns: (transfer full): a room that has not been joined
 */
DuoCallRoom *
duo_call_room_new (DuoRoomEntry *entry,
                   DuoPeerFactory *factory,
                   DuoRemoteState *state,
                   const char *display_name)
{
  DuoCallRoom *self = g_object_new (DUO_TYPE_CALL_ROOM, NULL);
  GBytes *seal_key = duo_room_entry_get_seal_key (entry);
  DuoRoomClient *client = duo_room_entry_get_client (entry);

  self->entry = entry;
  self->client = g_object_ref (client);
  self->factory = g_object_ref (factory);
  self->display_name = g_strdup (display_name);
  self->line = duo_call_line_new (factory, seal_key, state);
  self->remote = duo_remote_peer_new (duo_room_entry_get_peer_id (entry),
                                      display_name,
                                      seal_key == NULL,
                                      self->line,
                                      state);

  g_signal_connect_swapped (self->line, "event", G_CALLBACK (on_event), self);
  g_signal_connect_swapped (self->line, "end", G_CALLBACK (on_end), self);
  g_signal_connect_swapped (self->line, "stats", G_CALLBACK (on_stats), self);
  g_signal_connect_swapped (self->remote, "send", G_CALLBACK (on_send), self);
  g_signal_connect_swapped (self->remote, "event", G_CALLBACK (on_event), self);
  g_signal_connect_swapped (self->remote, "end", G_CALLBACK (on_end), self);
  g_signal_connect_swapped (client, "joined", G_CALLBACK (on_joined), self);
  g_signal_connect_swapped (client, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (client, "server-message", G_CALLBACK (on_server_message), self);
  g_signal_connect_swapped (client, "closed", G_CALLBACK (on_closed), self);
  g_signal_connect_swapped (client, "notify::state", G_CALLBACK (on_client_state), self);
  g_signal_connect_swapped (client, "notify::obstacle", G_CALLBACK (on_client_obstacle), self);

  return self;
}

/**
 * duo_call_room_join:
 * @self: a room
 *
 * Goes in.
 */
void
duo_call_room_join (DuoCallRoom *self)
{
  g_return_if_fail (DUO_IS_CALL_ROOM (self));

  duo_room_client_join (self->client);
}

/**
 * duo_call_room_ring:
 * @self: an open room
 *
 * Calls whoever is there. See duo_call_ring().
 */
void
duo_call_room_ring (DuoCallRoom *self)
{
  g_return_if_fail (DUO_IS_CALL_ROOM (self));

  if (self->remote != NULL && is_connected (self))
    duo_remote_peer_ring (self->remote);
}

/**
 * duo_call_room_leave_async:
 * @self: a room
 * @say_bye: whether to say goodbye to the other, on both ways
 * @reason: why
 * @callback: (nullable): called when everything is gone; some seconds at most
 * @user_data: for @callback
 *
 * Goes for good. No signal is emitted any more.
 */
void
duo_call_room_leave_async (DuoCallRoom *self,
                           gboolean say_bye,
                           DuoByeReason reason,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (DUO_IS_CALL_ROOM (self));
  g_return_if_fail (self->leaving == NULL);

  self->leaving = g_task_new (self, NULL, callback, user_data);
  self->unfinished = 2;

  disconnect (self);
  if (say_bye)
    duo_remote_peer_say_bye (self->remote, reason);
  g_signal_handlers_disconnect_by_data (self->remote, self);
  g_clear_object (&self->remote);
  duo_call_line_hang_up (self->line, NULL);

  duo_room_client_leave_async (self->client, NULL, on_left, g_object_ref (self));
  duo_peer_factory_drain_async (self->factory, on_drained, g_object_ref (self));
}

/**
 * duo_call_room_leave_finish:
 * @self: a room
 * @result: the result
 *
 * Finishes duo_call_room_leave_async().
 */
void
duo_call_room_leave_finish (DuoCallRoom *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  (void) g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * duo_call_room_set_local:
 * @self: a room
 * @microphone: whether sound is being sent
 * @camera: whether a picture is being sent
 *
 * Sets what the other is told.
 */
void
duo_call_room_set_local (DuoCallRoom *self, gboolean microphone, gboolean camera)
{
  g_return_if_fail (DUO_IS_CALL_ROOM (self));

  duo_call_line_set_local (self->line, microphone, camera, self->display_name);
}

/**
 * duo_call_room_get_line:
 * @self: a room
 *
 * Returns: (transfer none): the way to the other
 */
DuoCallLine *
duo_call_room_get_line (DuoCallRoom *self)
{
  g_return_val_if_fail (DUO_IS_CALL_ROOM (self), NULL);

  return self->line;
}
