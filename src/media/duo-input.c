/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-input.h"

#include "duo-capture.h"
#include "duo-closer.h"
#include "duo-media-enums.h"
#include "duo-media-problem.h"
#include "duo-wakeup.h"

#define RETRY_TIME (3 * G_USEC_PER_SEC)

struct _DuoInput {
  GObject parent_instance;

  /* Owned */
  DuoDeviceSelector *selector;
  DuoFeed *feed;
  DuoCapture *capture; /* what is in the feed now */
  DuoCapture *filler;  /* black or silence until the capture flows */
  DuoDevice *device;   /* the one that the capture is of */
  DuoCloser *closer;
  GTask *stop;
  GSource *wakeup; /* looks after everything again when it is ready */

  /* Borrowed */
  DuoInputMakeSource make_source;
  gpointer user_data;

  DuoInputSource source; /* what the capture is */
  DuoMediaProblem problem;
  gboolean test_media, one_at_a_time, started, open;
  gint64 held_until; /* monotonic µs: the device did not work and is left alone; 0 for not held */
};

enum {
  PROP_0,
  PROP_PROBLEM,
  PROP_ACTIVE,
  N_PROPS,
};

enum {
  SIGNAL_LEVEL,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoInput, duo_input, G_TYPE_OBJECT)

static void
set_problem (DuoInput *self, DuoMediaProblem problem)
{
  if (self->problem == problem)
    return;
  self->problem = problem;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
hold (DuoInput *self, DuoMediaProblem problem)
{
  set_problem (self, problem);
  self->held_until =
    problem == DUO_MEDIA_PROBLEM_DENIED ? G_MAXINT64 : g_get_monotonic_time () + RETRY_TIME;
}

static void
close_filler (DuoInput *self)
{
  g_autoptr (DuoCapture) filler = g_steal_pointer (&self->filler);

  if (filler != NULL)
    duo_closer_close (self->closer, filler, NULL);
}

static void
on_flowing (DuoInput *self)
{
  close_filler (self);
  if (self->source != DUO_INPUT_IDLE)
    set_problem (self, DUO_MEDIA_PROBLEM_NONE);
}

static void
on_level (DuoInput *self, double decibels)
{
  g_signal_emit (self, signals[SIGNAL_LEVEL], 0, decibels);
}

static void
on_failed (DuoInput *self, DuoMediaProblem problem)
{
  g_autoptr (DuoDevice) device = NULL;

  hold (self, problem);
  g_source_set_ready_time (self->wakeup, 0);
  if (self->source != DUO_INPUT_DEVICE)
    return;

  /* Another one is of no use to somebody who has to close a program or to give a permission. */
  device = g_object_ref (self->device);
  if (problem != DUO_MEDIA_PROBLEM_BUSY && problem != DUO_MEDIA_PROBLEM_DENIED)
    duo_device_selector_mark_failed (self->selector, device);
}

static void
on_closed (DuoInput *self)
{
  if (self->stop != NULL && duo_closer_is_idle (self->closer))
    g_task_return_boolean (g_steal_pointer (&self->stop), TRUE);
  g_source_set_ready_time (self->wakeup, 0);
}

static void
close_capture (DuoInput *self)
{
  g_autoptr (DuoCapture) capture = g_steal_pointer (&self->capture);

  if (capture == NULL)
    return;
  g_signal_handlers_disconnect_by_data (capture, self);
  duo_closer_close (self->closer, capture, self->device);
}

static void
set_device (DuoInput *self, DuoDevice *device)
{
  if (g_set_object (&self->device, device))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static gint64
get_wait (DuoInput *self, DuoDevice *device)
{
  return duo_closer_get_wait (self->closer, self->one_at_a_time ? NULL : device);
}

static DuoInputSource
choose_source (DuoInput *self)
{
  DuoDevice *device = duo_device_selector_get_current (self->selector);

  if (!self->open) {
    set_problem (self, DUO_MEDIA_PROBLEM_NONE);
    return DUO_INPUT_IDLE;
  }
  if (self->test_media)
    return DUO_INPUT_TEST;
  if (device == NULL) {
    set_problem (self, DUO_MEDIA_PROBLEM_MISSING);
    return DUO_INPUT_IDLE;
  }
  if (g_get_monotonic_time () < self->held_until)
    return DUO_INPUT_IDLE;
  /* Opened while it is being closed it would say that it is busy. */
  if (get_wait (self, device) > 0)
    return DUO_INPUT_IDLE;
  return DUO_INPUT_DEVICE;
}

static gboolean
open_capture (DuoInput *self, DuoInputSource source, DuoDevice *device)
{
  g_autoptr (GError) error = NULL;
  GstElement *element = self->make_source (source, device, self->user_data, &error);

  if (element != NULL)
    self->capture = duo_capture_new (element, self->feed, &error);
  if (self->capture == NULL) {
    g_debug ("No source: %s", error->message);
    hold (self, duo_media_problem_from_error (error));
    return FALSE;
  }
  g_debug ("Open %s", device != NULL ? duo_device_get_label (device) : "a synthetic source");
  self->source = source;
  g_signal_connect_swapped (self->capture, "flowing", G_CALLBACK (on_flowing), self);
  g_signal_connect_swapped (self->capture, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (self->capture, "level", G_CALLBACK (on_level), self);
  if (device != NULL && duo_device_get_source (device) == NULL)
    duo_capture_wait_for_permission (self->capture);
  duo_capture_start (self->capture);
  return TRUE;
}

static void
update (DuoInput *self)
{
  if (!self->started)
    return;

  DuoDevice *device = duo_device_selector_get_current (self->selector);
  DuoInputSource source = choose_source (self);

  if (self->capture != NULL && self->source == source &&
      (source != DUO_INPUT_DEVICE || self->device == device))
    return;

  /* A device may take its time, or ask for permission: what flows goes on until then. */
  if (self->source == DUO_INPUT_IDLE && self->capture != NULL && self->filler == NULL) {
    g_signal_handlers_disconnect_by_data (self->capture, self);
    self->filler = g_steal_pointer (&self->capture);
  }
  close_capture (self);
  source = choose_source (self); /* what was just closed may be in the way */
  set_device (self, source == DUO_INPUT_DEVICE ? device : NULL);
  if (source != DUO_INPUT_IDLE && open_capture (self, source, self->device))
    return;

  set_device (self, NULL);
  self->source = DUO_INPUT_IDLE;
  if (self->filler != NULL)
    self->capture = g_steal_pointer (&self->filler);
  else
    open_capture (self, DUO_INPUT_IDLE, NULL);
}

/* When what holds a device back is over. */
static void
wake_later (DuoInput *self)
{
  DuoDevice *device = duo_device_selector_get_current (self->selector);
  gint64 wait = device != NULL ? get_wait (self, device) : 0;
  gint64 next = MAX (wait, self->held_until);

  g_source_set_ready_time (self->wakeup,
                           next > g_get_monotonic_time () && next != G_MAXINT64 ? next : -1);
}

static void
update_at_once (DuoInput *self)
{
  self->held_until = 0;
  update (self);
  wake_later (self);
}

static gboolean
on_wakeup (gpointer user_data)
{
  DuoInput *self = user_data;

  update (self);
  wake_later (self);
  return G_SOURCE_CONTINUE;
}

static void
duo_input_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DuoInput *self = DUO_INPUT (object);

  switch (property_id) {
  case PROP_PROBLEM:
    g_value_set_enum (value, self->problem);
    break;
  case PROP_ACTIVE:
    g_value_set_object (value, self->device);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_input_dispose (GObject *object)
{
  DuoInput *self = DUO_INPUT (object);

  if (self->wakeup != NULL)
    g_source_destroy (self->wakeup);
  g_clear_pointer (&self->wakeup, g_source_unref);
  if (self->capture != NULL)
    g_signal_handlers_disconnect_by_data (self->capture, self);
  g_clear_object (&self->capture);
  g_clear_object (&self->filler);
  g_clear_object (&self->device);
  g_clear_object (&self->selector);
  g_clear_object (&self->feed);
  g_clear_object (&self->closer);

  G_OBJECT_CLASS (duo_input_parent_class)->dispose (object);
}

static void
duo_input_class_init (DuoInputClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_input_get_property;
  object_class->dispose = duo_input_dispose;

  /**
   * DuoInput:problem:
   *
   * Why the device does not work, while it is wanted.
   */
  properties[PROP_PROBLEM] = g_param_spec_enum ("problem",
                                                NULL,
                                                NULL,
                                                DUO_TYPE_MEDIA_PROBLEM,
                                                DUO_MEDIA_PROBLEM_NONE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * DuoInput:active:
   *
   * The device that is open, or %NULL.
   */
  properties[PROP_ACTIVE] = g_param_spec_object ("active",
                                                 NULL,
                                                 NULL,
                                                 DUO_TYPE_DEVICE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoInput::level:
   * @decibels: loudness (RMS) in dBFS
   *
   * Sound only, ten times a second.
   */
  signals[SIGNAL_LEVEL] = g_signal_new ("level",
                                        DUO_TYPE_INPUT,
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_DOUBLE);
}

static void
duo_input_init (DuoInput *self)
{
  self->feed = duo_feed_new ();
  self->closer = duo_closer_new ();
  g_signal_connect_object (self->closer, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  self->wakeup = duo_wakeup_new (on_wakeup, self);
}

DuoInput *
duo_input_new (DuoDeviceSelector *selector,
               gboolean test_media,
               gboolean one_at_a_time,
               DuoInputMakeSource make_source,
               gpointer user_data)
{
  g_return_val_if_fail (DUO_IS_DEVICE_SELECTOR (selector), NULL);
  g_return_val_if_fail (make_source != NULL, NULL);

  DuoInput *self = g_object_new (DUO_TYPE_INPUT, NULL);

  self->selector = g_object_ref (selector);
  self->test_media = test_media;
  self->one_at_a_time = one_at_a_time;
  self->make_source = make_source;
  self->user_data = user_data;
  g_signal_connect_object (selector,
                           "notify::current",
                           G_CALLBACK (update_at_once),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

DuoFeed *
duo_input_get_feed (DuoInput *self)
{
  g_return_val_if_fail (DUO_IS_INPUT (self), NULL);

  return self->feed;
}

DuoMediaProblem
duo_input_get_problem (DuoInput *self)
{
  g_return_val_if_fail (DUO_IS_INPUT (self), DUO_MEDIA_PROBLEM_FAILED);

  return self->problem;
}

DuoDevice *
duo_input_get_active (DuoInput *self)
{
  g_return_val_if_fail (DUO_IS_INPUT (self), NULL);

  return self->device;
}

void
duo_input_set_open (DuoInput *self, gboolean open)
{
  g_return_if_fail (DUO_IS_INPUT (self));

  if (self->open == open)
    return;
  self->open = open;
  update_at_once (self);
}

void
duo_input_start (DuoInput *self)
{
  g_return_if_fail (DUO_IS_INPUT (self));

  self->started = TRUE;
  update_at_once (self);
}

void
duo_input_restart (DuoInput *self)
{
  g_return_if_fail (DUO_IS_INPUT (self));

  if (self->started)
    close_capture (self);
  update_at_once (self);
}

void
duo_input_stop_async (DuoInput *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_INPUT (self));
  g_return_if_fail (self->stop == NULL);

  self->stop = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop, duo_input_stop_async);
  self->started = FALSE;
  close_filler (self);
  close_capture (self);
  set_device (self, NULL);
  if (duo_closer_is_idle (self->closer))
    g_task_return_boolean (g_steal_pointer (&self->stop), TRUE);
}

gboolean
duo_input_stop_finish (DuoInput *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
