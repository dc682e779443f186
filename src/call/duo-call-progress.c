/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-progress.h"

#include "duo-liveness.h"

/* Where a call stands, and since when. The properties have the names that DuoCall gives them. */
struct _DuoCallProgress {
  GObject parent_instance;

  GError *error; /* Owned; nullable */

  DuoCallState state;
  DuoCallEndReason end_reason;
  gboolean can_give_up;
  gint64 connecting_since;
  gint64 started_at;
  gint64 ended_at;
};

enum {
  PROP_0,
  PROP_STATE,
  PROP_END_REASON,
  PROP_CAN_GIVE_UP,
  PROP_STARTED_AT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoCallProgress, duo_call_progress, G_TYPE_OBJECT)

static void
notify (DuoCallProgress *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_can_give_up (DuoCallProgress *self, gboolean can_give_up)
{
  if (self->can_give_up == can_give_up)
    return;

  self->can_give_up = can_give_up;
  notify (self, PROP_CAN_GIVE_UP);
}

static void
set_state (DuoCallProgress *self, DuoCallState state, gint64 now)
{
  if (self->state == state)
    return;

  g_debug ("%s → %s",
           duo_enum_nick (DUO_TYPE_CALL_STATE, self->state),
           duo_enum_nick (DUO_TYPE_CALL_STATE, state));

  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  notify (self, PROP_STATE);
  if (state == DUO_CALL_STATE_CONNECTED && self->started_at == 0) {
    self->started_at = now;
    notify (self, PROP_STARTED_AT);
  }
  if (state == DUO_CALL_STATE_CONNECTING)
    self->connecting_since = now;
  if (state != DUO_CALL_STATE_RECONNECTING)
    set_can_give_up (self, FALSE);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
duo_call_progress_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  DuoCallProgress *self = DUO_CALL_PROGRESS (object);

  switch (property_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_END_REASON:
    g_value_set_enum (value, self->end_reason);
    break;
  case PROP_CAN_GIVE_UP:
    g_value_set_boolean (value, self->can_give_up);
    break;
  case PROP_STARTED_AT:
    g_value_set_int64 (value, self->started_at);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_call_progress_finalize (GObject *object)
{
  g_clear_error (&DUO_CALL_PROGRESS (object)->error);

  G_OBJECT_CLASS (duo_call_progress_parent_class)->finalize (object);
}

static void
duo_call_progress_class_init (DuoCallProgressClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_call_progress_get_property;
  object_class->finalize = duo_call_progress_finalize;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, DUO_TYPE_CALL_STATE, DUO_CALL_STATE_IDLE, flags);
  properties[PROP_END_REASON] = g_param_spec_enum ("end-reason",
                                                   NULL,
                                                   NULL,
                                                   DUO_TYPE_CALL_END_REASON,
                                                   DUO_CALL_END_NONE,
                                                   flags);
  properties[PROP_CAN_GIVE_UP] = g_param_spec_boolean ("can-give-up", NULL, NULL, FALSE, flags);
  properties[PROP_STARTED_AT] =
    g_param_spec_int64 ("started-at", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_call_progress_init (DuoCallProgress *self)
{
}

/**
 * duo_call_progress_new:
 *
 * Returns: (transfer full): the progress of an idle call
 */
DuoCallProgress *
duo_call_progress_new (void)
{
  return g_object_new (DUO_TYPE_CALL_PROGRESS, NULL);
}

/**
 * duo_call_progress_handle:
 * @self: a progress
 * @event: what happened, but for %DUO_CALL_EVENT_END
 * @now: monotonic µs
 *
 * Goes where the state table says. An event that is not in it is logged and ignored.
 */
void
duo_call_progress_handle (DuoCallProgress *self, DuoCallEvent event, gint64 now)
{
  DuoCallState state;

  g_return_if_fail (DUO_IS_CALL_PROGRESS (self));

  if (duo_call_state_next (self->state, event, &state))
    set_state (self, state, now);
  else
    g_warning ("No way from %s by event %d",
               duo_enum_nick (DUO_TYPE_CALL_STATE, self->state),
               event);
}

/**
 * duo_call_progress_end:
 * @self: a progress
 * @reason: why
 * @error: (nullable): more about it
 * @now: monotonic µs
 *
 * Ends the call, once.
 *
 * Returns: %FALSE if it had ended before
 */
gboolean
duo_call_progress_end (DuoCallProgress *self,
                       DuoCallEndReason reason,
                       const GError *error,
                       gint64 now)
{
  DuoCallState state;

  g_return_val_if_fail (DUO_IS_CALL_PROGRESS (self), FALSE);

  if (!duo_call_state_next (self->state, DUO_CALL_EVENT_END, &state))
    return FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->end_reason = reason;
  self->ended_at = now;
  notify (self, PROP_END_REASON);
  set_state (self, state, now);
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}

/**
 * duo_call_progress_judge:
 * @self: a progress
 * @last_sign: when the other last gave a sign of life on a connection, monotonic µs
 * @now: monotonic µs
 *
 * Judges the waiting for a connection that does not come up, or not again. After some time one may
 * give up; nobody waits for ever.
 *
 * Returns: whether it has been long enough to end the call
 */
gboolean
duo_call_progress_judge (DuoCallProgress *self, gint64 last_sign, gint64 now)
{
  gboolean again;
  DuoLossVerdict verdict;

  g_return_val_if_fail (DUO_IS_CALL_PROGRESS (self), FALSE);

  again = self->state == DUO_CALL_STATE_RECONNECTING;
  if (!again && self->state != DUO_CALL_STATE_CONNECTING)
    return FALSE;

  verdict = duo_loss_judge (again ? last_sign : self->connecting_since, now);
  set_can_give_up (self, again && verdict >= DUO_LOSS_MAY_GIVE_UP);

  return verdict == DUO_LOSS_OVER;
}

/**
 * duo_call_progress_get_state:
 * @self: a progress
 *
 * Returns: the state
 */
DuoCallState
duo_call_progress_get_state (DuoCallProgress *self)
{
  g_return_val_if_fail (DUO_IS_CALL_PROGRESS (self), DUO_CALL_STATE_ENDED);

  return self->state;
}

/**
 * duo_call_progress_get_end_reason:
 * @self: a progress
 *
 * Returns: why the call ended
 */
DuoCallEndReason
duo_call_progress_get_end_reason (DuoCallProgress *self)
{
  g_return_val_if_fail (DUO_IS_CALL_PROGRESS (self), DUO_CALL_END_NONE);

  return self->end_reason;
}

/**
 * duo_call_progress_get_error:
 * @self: a progress
 *
 * Returns: (transfer none) (nullable): more about why the call ended
 */
const GError *
duo_call_progress_get_error (DuoCallProgress *self)
{
  g_return_val_if_fail (DUO_IS_CALL_PROGRESS (self), NULL);

  return self->error;
}

/**
 * duo_call_progress_get_duration:
 * @self: a progress
 * @now: monotonic µs
 *
 * Returns: µs from the first connected to now, or to the end
 */
gint64
duo_call_progress_get_duration (DuoCallProgress *self, gint64 now)
{
  g_return_val_if_fail (DUO_IS_CALL_PROGRESS (self), 0);

  if (self->started_at == 0)
    return 0;

  return (self->ended_at != 0 ? self->ended_at : now) - self->started_at;
}
