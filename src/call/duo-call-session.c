/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-session.h"

#include "duo-call-room.h"
#include "duo-call-state.h"
#include "duo-liveness.h"
#include "duo-room-entry.h"

#define PATIENCE_TICK_MS 500

/**
 * DuoCallSession:
 *
 * A real call: glue between the room, the other person and the media graph. It neither starts nor
 * stops the graph, whose life is the lobby's.
 */
struct _DuoCallSession {
  GObject parent_instance;

  /* Owned */
  DuoJoinLink *link;
  DuoMediaGraph *graph;
  DuoPeerFactory *factory;
  DuoRemoteState *remote_state;
  DuoCallRoom *room; /* NULL until the keys are there */
  GCancellable *cancellable;
  GPtrArray *closing; /* GTasks that wait for the end of it all */
  GError *error;      /* nullable */
  char *display_name;
  char *state_directory; /* nullable: the user's */

  DuoCallState state;
  DuoCallEndReason end_reason;
  gint64 connecting_since;
  gint64 started_at;
  gint64 ended_at;
  guint patience;
  gboolean busy; /* preparing, or leaving */
  gboolean can_give_up;
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_END_REASON,
  PROP_SIGNALING_CONNECTED,
  PROP_CAN_GIVE_UP,
  PROP_ROOM_FULL,
  PROP_OPEN_ROOM,
  PROP_STARTED_AT,
  PROP_REMOTE_NAME,
  PROP_REMOTE_BROWSER,
  PROP_REMOTE_MICROPHONE,
  PROP_REMOTE_CAMERA,
  PROP_TROUBLE,
  PROP_QUALITY,
  PROP_SAFETY,
  PROP_MICROPHONE_ENABLED,
  PROP_CAMERA_ENABLED,
  N_PROPS
};

static const char *const names[N_PROPS] = {
  [PROP_STATE] = "state",
  [PROP_END_REASON] = "end-reason",
  [PROP_SIGNALING_CONNECTED] = "signaling-connected",
  [PROP_CAN_GIVE_UP] = "can-give-up",
  [PROP_ROOM_FULL] = "room-full",
  [PROP_OPEN_ROOM] = "open-room",
  [PROP_STARTED_AT] = "started-at",
  [PROP_REMOTE_NAME] = "remote-name",
  [PROP_REMOTE_BROWSER] = "remote-browser",
  [PROP_REMOTE_MICROPHONE] = "remote-microphone",
  [PROP_REMOTE_CAMERA] = "remote-camera",
  [PROP_TROUBLE] = "trouble",
  [PROP_QUALITY] = "quality",
  [PROP_SAFETY] = "safety",
  [PROP_MICROPHONE_ENABLED] = "microphone-enabled",
  [PROP_CAMERA_ENABLED] = "camera-enabled",
};

static void
notify (DuoCallSession *self, guint property)
{
  g_object_notify (G_OBJECT (self), names[property]);
}

static void
set_can_give_up (DuoCallSession *self, gboolean can_give_up)
{
  if (self->can_give_up == can_give_up)
    return;

  self->can_give_up = can_give_up;
  notify (self, PROP_CAN_GIVE_UP);
}

static void
set_busy (DuoCallSession *self, gboolean busy)
{
  self->busy = busy;
  if (busy)
    return;

  for (guint i = 0; i < self->closing->len; i++)
    g_task_return_boolean (g_ptr_array_index (self->closing, i), TRUE);
  g_ptr_array_set_size (self->closing, 0);
}

static void
on_left (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallSession) self = user_data;

  duo_call_room_leave_finish (DUO_CALL_ROOM (object), result);
  set_busy (self, FALSE);
}

/* Says goodbye and leaves everything, in the background. */
static void
tear_down (DuoCallSession *self)
{
  gboolean by_us = self->end_reason == DUO_CALL_END_LEFT;

  g_clear_handle_id (&self->patience, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->graph, self);

  if (self->room == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->room, self);
  set_busy (self, TRUE);
  duo_call_room_leave_async (self->room,
                             self->end_reason != DUO_CALL_END_REMOTE_LEFT,
                             by_us ? DUO_BYE_LEFT : DUO_BYE_FAILED,
                             on_left,
                             g_object_ref (self));
}

static void
handle_event (DuoCallSession *self, DuoCallEvent event)
{
  DuoCallState state;

  if (!duo_call_state_next (self->state, event, &state)) {
    g_warning ("No way from %s by event %d",
               duo_enum_nick (DUO_TYPE_CALL_STATE, self->state),
               event);
    return;
  }
  if (state == self->state)
    return;

  g_debug ("%s → %s",
           duo_enum_nick (DUO_TYPE_CALL_STATE, self->state),
           duo_enum_nick (DUO_TYPE_CALL_STATE, state));

  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  notify (self, PROP_STATE);
  if (state == DUO_CALL_STATE_CONNECTED && self->started_at == 0) {
    self->started_at = g_get_monotonic_time ();
    notify (self, PROP_STARTED_AT);
  }
  if (state == DUO_CALL_STATE_CONNECTING)
    self->connecting_since = g_get_monotonic_time ();
  if (state != DUO_CALL_STATE_RECONNECTING)
    set_can_give_up (self, FALSE);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
end (DuoCallSession *self, DuoCallEndReason reason, const GError *error)
{
  g_autoptr (DuoCallSession) alive = g_object_ref (self);

  if (self->state == DUO_CALL_STATE_ENDED)
    return;

  if (error != NULL)
    self->error = g_error_copy (error);
  self->ended_at = g_get_monotonic_time ();
  self->end_reason = reason;
  tear_down (self);

  g_object_freeze_notify (G_OBJECT (self));
  notify (self, PROP_END_REASON);
  handle_event (self, DUO_CALL_EVENT_END);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_event (DuoCallSession *self, int event)
{
  handle_event (self, event);
}

static void
on_end (DuoCallSession *self, int reason, const GError *error)
{
  end (self, reason, error);
}

/* Nobody waits for ever for a connection that does not come up, or not again. */
static gboolean
on_patience (gpointer user_data)
{
  DuoCallSession *self = DUO_CALL_SESSION (user_data);
  gint64 since;

  if (self->state == DUO_CALL_STATE_CONNECTING)
    since = self->connecting_since;
  else if (self->state == DUO_CALL_STATE_RECONNECTING)
    since = duo_call_line_get_last_sign (duo_call_room_get_line (self->room));
  else
    return G_SOURCE_CONTINUE;

  switch (duo_loss_judge (since, g_get_monotonic_time ())) {
  case DUO_LOSS_WAIT:
    break;
  case DUO_LOSS_MAY_GIVE_UP:
    set_can_give_up (self, self->state == DUO_CALL_STATE_RECONNECTING);
    break;
  case DUO_LOSS_OVER:
    end (self, DUO_CALL_END_CONNECTION_LOST, NULL);
    return G_SOURCE_REMOVE;
  default:
    g_assert_not_reached ();
  }

  return G_SOURCE_CONTINUE;
}

static void
update_local (DuoCallSession *self)
{
  gboolean microphone, camera;
  DuoMediaProblem microphone_problem, camera_problem;

  g_object_get (self->graph,
                "microphone-enabled",
                &microphone,
                "camera-enabled",
                &camera,
                "microphone-problem",
                &microphone_problem,
                "camera-problem",
                &camera_problem,
                NULL);
  duo_call_room_set_local (self->room,
                           microphone && microphone_problem == DUO_MEDIA_PROBLEM_NONE,
                           camera && camera_problem == DUO_MEDIA_PROBLEM_NONE);
}

static void
on_graph_notify (DuoCallSession *self, GParamSpec *pspec)
{
  if (g_str_has_suffix (pspec->name, "-enabled"))
    g_object_notify (G_OBJECT (self), pspec->name);
  if (self->room != NULL)
    update_local (self);
}

static void
on_remote_notify (DuoCallSession *self, GParamSpec *pspec)
{
  g_object_notify (G_OBJECT (self), pspec->name);
}

static void
on_room_connected (DuoCallSession *self)
{
  notify (self, PROP_SIGNALING_CONNECTED);
}

static void
on_room_full (DuoCallSession *self)
{
  notify (self, PROP_ROOM_FULL);
}

static void
on_entry (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallSession) self = user_data;
  g_autoptr (GError) error = NULL;
  DuoRoomEntry *entry = duo_room_entry_prepare_finish (result, &error);

  set_busy (self, FALSE);
  if (entry == NULL) {
    end (self, DUO_CALL_END_FAILED, error);
    return;
  }
  if (self->state != DUO_CALL_STATE_PREPARING) {
    duo_room_entry_free (entry);
    return;
  }

  self->room = duo_call_room_new (entry, self->factory, self->remote_state, self->display_name);
  update_local (self);
  g_signal_connect_swapped (self->room, "event", G_CALLBACK (on_event), self);
  g_signal_connect_swapped (self->room, "end", G_CALLBACK (on_end), self);
  g_signal_connect_swapped (self->room, "stats", G_CALLBACK (duo_call_emit_stats), self);
  g_signal_connect_swapped (self->room,
                            "announcement",
                            G_CALLBACK (duo_call_emit_announcement),
                            self);
  g_signal_connect_swapped (self->room, "connected", G_CALLBACK (on_room_connected), self);
  g_signal_connect_swapped (self->room, "full", G_CALLBACK (on_room_full), self);

  self->patience = g_timeout_add (PATIENCE_TICK_MS, on_patience, self);
  handle_event (self, DUO_CALL_EVENT_KEYS);
  duo_call_room_join (self->room);
}

static void
duo_call_session_join (DuoCall *call)
{
  DuoCallSession *self = DUO_CALL_SESSION (call);

  if (self->state != DUO_CALL_STATE_IDLE)
    return;

  handle_event (self, DUO_CALL_EVENT_JOIN);
  set_busy (self, TRUE);
  duo_room_entry_prepare_async (self->link,
                                self->state_directory,
                                self->cancellable,
                                on_entry,
                                g_object_ref (self));
}

static void
duo_call_session_hang_up (DuoCall *call)
{
  end (DUO_CALL_SESSION (call), DUO_CALL_END_LEFT, NULL);
}

static DuoJoinLink *
duo_call_session_get_link (DuoCall *call)
{
  return DUO_CALL_SESSION (call)->link;
}

static gboolean
duo_call_session_get_safety_emoji (DuoCall *call, guint indices[4])
{
  return duo_remote_state_get_emoji (DUO_CALL_SESSION (call)->remote_state, indices);
}

static DuoPeerStats *
duo_call_session_dup_stats (DuoCall *call)
{
  DuoCallSession *self = DUO_CALL_SESSION (call);

  if (self->room == NULL)
    return NULL;

  return duo_call_line_dup_stats (duo_call_room_get_line (self->room));
}

static gint64
duo_call_session_get_duration (DuoCall *call)
{
  DuoCallSession *self = DUO_CALL_SESSION (call);

  if (self->started_at == 0)
    return 0;

  return (self->ended_at != 0 ? self->ended_at : g_get_monotonic_time ()) - self->started_at;
}

static const GError *
duo_call_session_get_error (DuoCall *call)
{
  return DUO_CALL_SESSION (call)->error;
}

static void
duo_call_session_iface_init (DuoCallInterface *iface)
{
  iface->join = duo_call_session_join;
  iface->hang_up = duo_call_session_hang_up;
  iface->get_link = duo_call_session_get_link;
  iface->get_safety_emoji = duo_call_session_get_safety_emoji;
  iface->dup_stats = duo_call_session_dup_stats;
  iface->get_duration = duo_call_session_get_duration;
  iface->get_error = duo_call_session_get_error;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DuoCallSession,
                               duo_call_session,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUO_TYPE_CALL, duo_call_session_iface_init))

static void
duo_call_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DuoCallSession *self = DUO_CALL_SESSION (object);

  switch (property_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_END_REASON:
    g_value_set_enum (value, self->end_reason);
    break;
  case PROP_SIGNALING_CONNECTED:
    g_value_set_boolean (value, self->room != NULL && duo_call_room_is_connected (self->room));
    break;
  case PROP_CAN_GIVE_UP:
    g_value_set_boolean (value, self->can_give_up);
    break;
  case PROP_ROOM_FULL:
    g_value_set_boolean (value, self->room != NULL && duo_call_room_is_full (self->room));
    break;
  case PROP_OPEN_ROOM:
    g_value_set_boolean (value, duo_join_link_is_open (self->link));
    break;
  case PROP_STARTED_AT:
    g_value_set_int64 (value, self->started_at);
    break;
  case PROP_MICROPHONE_ENABLED:
  case PROP_CAMERA_ENABLED:
    g_object_get_property (G_OBJECT (self->graph), names[property_id], value);
    break;
  default:
    /* All others are what is known of the other person. */
    g_object_get_property (G_OBJECT (self->remote_state), pspec->name, value);
  }
}

static void
duo_call_session_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  DuoCallSession *self = DUO_CALL_SESSION (object);

  switch (property_id) {
  case PROP_MICROPHONE_ENABLED:
  case PROP_CAMERA_ENABLED:
    g_object_set_property (G_OBJECT (self->graph), names[property_id], value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_call_session_dispose (GObject *object)
{
  DuoCallSession *self = DUO_CALL_SESSION (object);

  end (self, DUO_CALL_END_LEFT, NULL);
  g_signal_handlers_disconnect_by_data (self->remote_state, self);

  G_OBJECT_CLASS (duo_call_session_parent_class)->dispose (object);
}

static void
duo_call_session_finalize (GObject *object)
{
  DuoCallSession *self = DUO_CALL_SESSION (object);

  g_clear_object (&self->room);
  g_clear_object (&self->remote_state);
  g_clear_object (&self->factory);
  g_clear_object (&self->graph);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->link, duo_join_link_unref);
  g_clear_pointer (&self->closing, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->display_name);
  g_free (self->state_directory);

  G_OBJECT_CLASS (duo_call_session_parent_class)->finalize (object);
}

static void
duo_call_session_class_init (DuoCallSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_call_session_get_property;
  object_class->set_property = duo_call_session_set_property;
  object_class->dispose = duo_call_session_dispose;
  object_class->finalize = duo_call_session_finalize;

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_object_class_override_property (object_class, i, names[i]);
}

static void
duo_call_session_init (DuoCallSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  self->remote_state = duo_remote_state_new ();
  g_signal_connect_swapped (self->remote_state, "notify", G_CALLBACK (on_remote_notify), self);
}

/**
 * duo_call_session_new:
 * @link: where to go
 * @display_name: (nullable): one's own name
 * @graph: one's own sound and picture
 * @factory: makes connections that are wired to @graph
 * @state_directory: (nullable): where seats are kept, %NULL for the user's state directory
 *
 * Makes an idle call.
 *
 * Returns: (transfer full): a call
 */
DuoCallSession *
duo_call_session_new (DuoJoinLink *link,
                      const char *display_name,
                      DuoMediaGraph *graph,
                      DuoPeerFactory *factory,
                      const char *state_directory)
{
  static const char *const watched[] = { "notify::microphone-enabled",
                                         "notify::camera-enabled",
                                         "notify::microphone-problem",
                                         "notify::camera-problem" };
  DuoCallSession *self;

  g_return_val_if_fail (link != NULL, NULL);
  g_return_val_if_fail (DUO_IS_MEDIA_GRAPH (graph), NULL);
  g_return_val_if_fail (DUO_IS_PEER_FACTORY (factory), NULL);

  self = g_object_new (DUO_TYPE_CALL_SESSION, NULL);
  self->link = duo_join_link_ref (link);
  self->display_name = g_strdup (display_name);
  self->graph = g_object_ref (graph);
  self->factory = g_object_ref (factory);
  self->state_directory = g_strdup (state_directory);

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_swapped (graph, watched[i], G_CALLBACK (on_graph_notify), self);

  return self;
}

/**
 * duo_call_session_close_async:
 * @self: a call
 * @callback: called when everything of the call is gone; some seconds at most
 * @user_data: for @callback
 *
 * Hangs up if need be, and waits until the goodbye is out and the connection is closed. A program
 * that ends has to wait for this.
 */
void
duo_call_session_close_async (DuoCallSession *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (DUO_IS_CALL_SESSION (self));

  end (self, DUO_CALL_END_LEFT, NULL);
  if (self->busy)
    g_ptr_array_add (self->closing, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * duo_call_session_close_finish:
 * @self: a call
 * @result: the result
 *
 * Finishes duo_call_session_close_async().
 */
void
duo_call_session_close_finish (DuoCallSession *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  (void) g_task_propagate_boolean (G_TASK (result), NULL);
}
