/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-fade-timer.h"

/**
 * DuoFadeTimer:
 *
 * Decides whether controls that float above a picture are shown: from a sign of life of pointer
 * or keyboard until a while after the last one, and always while they are held.
 */
struct _DuoFadeTimer {
  GObject parent_instance;

  guint delay;
  guint source;
  gint64 poked_at;
  gboolean held;
  gboolean shown;
};

enum {
  PROP_0,
  PROP_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoFadeTimer, duo_fade_timer, G_TYPE_OBJECT)

static void
set_shown (DuoFadeTimer *self, gboolean shown)
{
  if (self->shown == shown)
    return;

  self->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

/* A moving pointer pokes a hundred times a second: the source is left running and looks, when it
 * is due, how much of the delay is still to come. */
static gboolean
timeout_cb (gpointer user_data)
{
  DuoFadeTimer *self = user_data;
  gint64 passed = (g_get_monotonic_time () - self->poked_at) / 1000;

  self->source = 0;
  if (self->held)
    return G_SOURCE_REMOVE;

  if (passed < self->delay)
    self->source = g_timeout_add (self->delay - passed, timeout_cb, self);
  else
    set_shown (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
duo_fade_timer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SHOWN:
    g_value_set_boolean (value, duo_fade_timer_get_shown (DUO_FADE_TIMER (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_fade_timer_finalize (GObject *object)
{
  g_clear_handle_id (&DUO_FADE_TIMER (object)->source, g_source_remove);

  G_OBJECT_CLASS (duo_fade_timer_parent_class)->finalize (object);
}

static void
duo_fade_timer_class_init (DuoFadeTimerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_fade_timer_get_property;
  object_class->finalize = duo_fade_timer_finalize;

  properties[PROP_SHOWN] =
    g_param_spec_boolean ("shown",
                          NULL,
                          NULL,
                          TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_fade_timer_init (DuoFadeTimer *self)
{
  self->held = TRUE;
  self->shown = TRUE;
}

/**
 * duo_fade_timer_new:
 * @delay: how long to show after the last sign of life, in milliseconds
 *
 * Returns: (transfer full): a timer that shows and is held
 */
DuoFadeTimer *
duo_fade_timer_new (guint delay)
{
  DuoFadeTimer *self = g_object_new (DUO_TYPE_FADE_TIMER, NULL);

  self->delay = delay;
  return self;
}

/**
 * duo_fade_timer_poke:
 * @self: a timer
 *
 * There was a sign of life.
 */
void
duo_fade_timer_poke (DuoFadeTimer *self)
{
  g_return_if_fail (DUO_IS_FADE_TIMER (self));

  self->poked_at = g_get_monotonic_time ();
  if (!self->held && self->source == 0)
    self->source = g_timeout_add (self->delay, timeout_cb, self);
  set_shown (self, TRUE);
}

/**
 * duo_fade_timer_set_held:
 * @self: a timer
 * @held: whether to show for as long as this holds
 */
void
duo_fade_timer_set_held (DuoFadeTimer *self, gboolean held)
{
  g_return_if_fail (DUO_IS_FADE_TIMER (self));

  if (self->held == held)
    return;

  self->held = held;
  duo_fade_timer_poke (self);
}

/**
 * duo_fade_timer_get_shown:
 * @self: a timer
 *
 * Returns: whether to show
 */
gboolean
duo_fade_timer_get_shown (DuoFadeTimer *self)
{
  g_return_val_if_fail (DUO_IS_FADE_TIMER (self), TRUE);

  return self->shown;
}
