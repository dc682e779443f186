/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-session.h"

#include "duo-call-progress.h"
#include "duo-call-room.h"
#include "duo-local-devices.h"
#include "duo-remote-state.h"
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
  DuoCallProgress *progress;
  DuoRemoteState *remote_state;
  DuoCallRoom *room; /* NULL until the keys are there */
  GCancellable *cancellable;
  GPtrArray *closing; /* GTasks that wait for the end of it all */
  char *display_name;
  char *state_directory; /* nullable: the user's */

  guint patience;
  gboolean busy; /* preparing, or leaving */
};

/* What DuoCall has, in the order of the property ids, which begin at 1. */
static const char *const names[] = {
  "state",          "end-reason",
  "can-give-up",    "started-at",
  "remote-name",    "remote-browser",
  "remote-camera",  "remote-microphone",
  "trouble",        "quality",
  "safety",         "microphone-enabled",
  "camera-enabled", "signaling-connected",
  "room-full",      "open-room",
  "verified",       "verification-lost",
  "ringing",        "not-started",
};

static void
on_notify (DuoCallSession *self, GParamSpec *pspec)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self), pspec->name) != NULL)
    g_object_notify (G_OBJECT (self), pspec->name);
}

/* Whoever knows the value of a property of ours under the same name. */
static GObject *
find_owner (DuoCallSession *self, const char *name)
{
  gpointer owners[] = { self->progress, self->remote_state, self->graph, self->room };

  for (gsize i = 0; i < G_N_ELEMENTS (owners); i++) {
    if (owners[i] != NULL &&
        g_object_class_find_property (G_OBJECT_GET_CLASS (owners[i]), name) != NULL)
      return owners[i];
  }

  return NULL;
}

static void
handle_event (DuoCallSession *self, int event)
{
  duo_call_progress_handle (self->progress, event, g_get_monotonic_time ());
}

static void
set_busy (DuoCallSession *self, gboolean busy)
{
  self->busy = busy;
  if (busy)
    return;

  while (self->closing->len > 0) {
    g_autoptr (GTask) task = g_ptr_array_steal_index (self->closing, 0);

    g_task_return_boolean (task, TRUE);
  }
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
tear_down (DuoCallSession *self, DuoCallEndReason reason)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->graph, self);

  if (self->room == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->room, self);
  set_busy (self, TRUE);
  duo_call_room_leave_async (self->room,
                             reason != DUO_CALL_END_REMOTE_LEFT,
                             reason == DUO_CALL_END_LEFT ? DUO_BYE_LEFT : DUO_BYE_FAILED,
                             on_left,
                             g_object_ref (self));
}

static void
end (DuoCallSession *self, int reason, const GError *error)
{
  g_autoptr (DuoCallSession) alive = g_object_ref (self);

  if (duo_call_progress_get_state (self->progress) == DUO_CALL_STATE_ENDED)
    return;

  tear_down (self, reason);
  duo_call_progress_end (self->progress, reason, error, g_get_monotonic_time ());
}

static gboolean
on_patience (gpointer user_data)
{
  DuoCallSession *self = DUO_CALL_SESSION (user_data);
  gint64 last_sign = duo_call_line_get_last_sign (duo_call_room_get_line (self->room));

  if (!duo_call_progress_judge (self->progress, last_sign, g_get_monotonic_time ()))
    return G_SOURCE_CONTINUE;

  self->patience = 0;
  end (self, DUO_CALL_END_CONNECTION_LOST, NULL);

  return G_SOURCE_REMOVE;
}

static void
update_local (DuoCallSession *self)
{
  gboolean microphone, camera;

  if (self->room == NULL)
    return;

  duo_local_devices_read (self->graph, &microphone, &camera);
  duo_call_room_set_local (self->room, microphone, camera);
}

static void
on_graph_notify (DuoCallSession *self, GParamSpec *pspec)
{
  on_notify (self, pspec);
  if (g_str_has_suffix (pspec->name, "-enabled") || g_str_has_suffix (pspec->name, "-problem"))
    update_local (self);
}

static void
enter_room (DuoCallSession *self, DuoRoomEntry *entry)
{
  self->room = duo_call_room_new (entry, self->factory, self->remote_state, self->display_name);
  update_local (self);

  g_signal_connect_swapped (self->room, "event", G_CALLBACK (handle_event), self);
  g_signal_connect_swapped (self->room, "end", G_CALLBACK (end), self);
  g_signal_connect_swapped (self->room, "stats", G_CALLBACK (duo_call_emit_stats), self);
  g_signal_connect_swapped (self->room,
                            "announcement",
                            G_CALLBACK (duo_call_emit_announcement),
                            self);
  g_signal_connect_swapped (self->room, "notify", G_CALLBACK (on_notify), self);

  self->patience = g_timeout_add (PATIENCE_TICK_MS, on_patience, self);
  handle_event (self, DUO_CALL_EVENT_KEYS);
  duo_call_room_join (self->room);
}

static void
on_entry (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoRoomEntry) entry = duo_room_entry_prepare_finish (result, &error);

  set_busy (self, FALSE);
  if (entry == NULL)
    end (self, DUO_CALL_END_FAILED, error);
  else if (duo_call_progress_get_state (self->progress) == DUO_CALL_STATE_PREPARING)
    enter_room (self, g_steal_pointer (&entry));
}

static void
duo_call_session_join (DuoCall *call)
{
  DuoCallSession *self = DUO_CALL_SESSION (call);

  if (duo_call_progress_get_state (self->progress) != DUO_CALL_STATE_IDLE)
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
duo_call_session_ring (DuoCall *call)
{
  DuoCallSession *self = DUO_CALL_SESSION (call);

  if (duo_join_link_is_open (self->link) &&
      duo_call_progress_get_state (self->progress) == DUO_CALL_STATE_WAITING)
    duo_call_room_ring (self->room);
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
  return duo_call_progress_get_duration (DUO_CALL_SESSION (call)->progress,
                                         g_get_monotonic_time ());
}

static const GError *
duo_call_session_get_error (DuoCall *call)
{
  return duo_call_progress_get_error (DUO_CALL_SESSION (call)->progress);
}

static void
duo_call_session_iface_init (DuoCallInterface *iface)
{
  iface->join = duo_call_session_join;
  iface->ring = duo_call_session_ring;
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
  GObject *owner = find_owner (self, pspec->name);

  if (owner != NULL)
    g_object_get_property (owner, pspec->name, value);
  else if (g_str_equal (pspec->name, "open-room"))
    g_value_set_boolean (value, duo_join_link_is_open (self->link));
  else
    g_param_value_set_default (pspec, value);
}

static void
duo_call_session_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  g_object_set_property (find_owner (DUO_CALL_SESSION (object), pspec->name), pspec->name, value);
}

static void
duo_call_session_dispose (GObject *object)
{
  DuoCallSession *self = DUO_CALL_SESSION (object);

  end (self, DUO_CALL_END_LEFT, NULL);
  g_signal_handlers_disconnect_by_data (self->remote_state, self);
  g_signal_handlers_disconnect_by_data (self->progress, self);

  G_OBJECT_CLASS (duo_call_session_parent_class)->dispose (object);
}

static void
duo_call_session_finalize (GObject *object)
{
  DuoCallSession *self = DUO_CALL_SESSION (object);

  g_clear_object (&self->room);
  g_clear_object (&self->remote_state);
  g_clear_object (&self->progress);
  g_clear_object (&self->factory);
  g_clear_object (&self->graph);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->link, duo_join_link_unref);
  g_clear_pointer (&self->closing, g_ptr_array_unref);
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

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_class_override_property (object_class, i + 1, names[i]);
}

static void
duo_call_session_init (DuoCallSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  self->progress = duo_call_progress_new ();
  self->remote_state = duo_remote_state_new ();
  g_signal_connect_swapped (self->progress, "notify", G_CALLBACK (on_notify), self);
  g_signal_connect_swapped (self->remote_state, "notify", G_CALLBACK (on_notify), self);
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
  g_signal_connect_swapped (graph, "notify", G_CALLBACK (on_graph_notify), self);

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
