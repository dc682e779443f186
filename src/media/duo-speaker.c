/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-speaker.h"

#include "duo-elements.h"
#include "duo-media-enums.h"
#include "duo-media-error.h"
#include "duo-media-problem.h"
#include "duo-microphone-source.h"
#include "duo-pipeline.h"
#include "duo-playback.h"
#include "duo-wakeup.h"

#define RETRY_TIME (3 * G_USEC_PER_SEC)
#define LATENCY_US 10000

/**
 * DuoSpeaker:
 *
 * Plays the other's sound on the selected device. What it plays goes through an echo probe, from
 * which the microphone learns what to take away.
 */
struct _DuoSpeaker {
  GObject parent_instance;

  /* Owned */
  DuoDeviceSelector *selector;
  DuoPlayback *playback;
  DuoPipeline *pipeline;
  DuoDevice *device; /* the one that the pipeline plays on */
  char *echo_probe;
  GSource *wakeup;

  DuoMediaProblem problem;
  gboolean open;
  gboolean held; /* the device did not work and is left alone for a while */
};

enum {
  PROP_0,
  PROP_PROBLEM,
  PROP_ACTIVE,
  PROP_ECHO_PROBE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoSpeaker, duo_speaker, G_TYPE_OBJECT)

static void
set_problem (DuoSpeaker *self, DuoMediaProblem problem)
{
  if (self->problem == problem)
    return;
  self->problem = problem;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
set_device (DuoSpeaker *self, DuoDevice *device)
{
  if (g_set_object (&self->device, device))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
set_echo_probe (DuoSpeaker *self, const char *name)
{
  if (g_strcmp0 (self->echo_probe, name) == 0)
    return;
  g_free (self->echo_probe);
  self->echo_probe = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ECHO_PROBE]);
}

static GstElement *
make_sink (DuoDevice *device, GError **error)
{
  GstElement *sink = gst_device_create_element (duo_device_get_source (device), "sink");

  if (sink == NULL)
    g_set_error (error,
                 DUO_MEDIA_ERROR,
                 DUO_MEDIA_ERROR_MISSING_PLUGIN,
                 "There is no element for “%s”",
                 duo_device_get_label (device));
  else if (g_object_class_find_property (G_OBJECT_GET_CLASS (sink), "latency-time") != NULL)
    g_object_set (sink,
                  "latency-time",
                  (gint64) LATENCY_US,
                  "buffer-time",
                  (gint64) (4 * LATENCY_US),
                  "async",
                  FALSE,
                  NULL);
  return sink;
}

static gboolean
build (DuoSpeaker *self, DuoDevice *device, GError **error)
{
  g_autoptr (DuoPipeline) pipeline = duo_pipeline_new ("speaker");
  g_autofree char *probe_name = NULL;
  GstElement *chain[5] = { duo_elements_make_appsrc ("source", 400 * GST_MSECOND, error) };
  gsize length = 1;

  if (duo_microphone_source_can_process ()) {
    static guint counter = 0;

    /* Microphones find it by name among all of the process. */
    probe_name = g_strdup_printf ("duo-echo-probe-%u", counter++);
    chain[length++] = duo_elements_make ("webrtcechoprobe", probe_name, error);
  }
  chain[length++] = duo_elements_make ("audioconvert", "convert", error);
  chain[length++] = duo_elements_make ("audioresample", "resample", error);
  chain[length++] = make_sink (device, error);

  if (!duo_elements_add_chain (duo_pipeline_get_bin (pipeline), chain, length))
    return FALSE;
  self->pipeline = g_steal_pointer (&pipeline);
  duo_playback_set_target (self->playback, GST_APP_SRC (chain[0]));
  set_echo_probe (self, probe_name);
  return TRUE;
}

static DuoPipeline *
take_down (DuoSpeaker *self)
{
  duo_playback_set_target (self->playback, NULL);
  if (self->pipeline != NULL)
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
  return g_steal_pointer (&self->pipeline);
}

static void
on_failed (DuoSpeaker *self, const GError *error)
{
  DuoMediaProblem problem = duo_media_problem_from_error (error);
  g_autoptr (DuoDevice) device = g_object_ref (self->device);
  g_autoptr (DuoPipeline) pipeline = take_down (self);

  g_debug ("%s does not play: %s", duo_device_get_label (device), error->message);
  set_problem (self, problem);
  set_device (self, NULL);
  set_echo_probe (self, NULL);
  self->held = TRUE;
  g_source_set_ready_time (self->wakeup, g_get_monotonic_time () + RETRY_TIME);
  duo_device_selector_mark_failed (self->selector, device);
}

static void
update (DuoSpeaker *self)
{
  DuoDevice *device = duo_device_selector_get_current (self->selector);
  g_autoptr (DuoPipeline) previous = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->open || self->held)
    return;
  if (device == self->device && (device == NULL) == (self->pipeline == NULL)) {
    set_problem (self, device == NULL ? DUO_MEDIA_PROBLEM_MISSING : self->problem);
    return;
  }

  previous = take_down (self);
  set_device (self, device);
  if (device == NULL) {
    set_problem (self, DUO_MEDIA_PROBLEM_MISSING);
    set_echo_probe (self, NULL);
  } else if (!build (self, device, &error)) {
    on_failed (self, error);
  } else {
    set_problem (self, DUO_MEDIA_PROBLEM_NONE);
    g_signal_connect_swapped (self->pipeline, "failed", G_CALLBACK (on_failed), self);
    duo_pipeline_play (self->pipeline);
  }
}

static void
update_at_once (DuoSpeaker *self)
{
  self->held = FALSE;
  update (self);
}

static gboolean
on_wakeup (gpointer user_data)
{
  update_at_once (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, duo_pipeline_stop_finish (DUO_PIPELINE (source), result, NULL));
}

static void
duo_speaker_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DuoSpeaker *self = DUO_SPEAKER (object);

  switch (property_id) {
  case PROP_PROBLEM:
    g_value_set_enum (value, self->problem);
    break;
  case PROP_ACTIVE:
    g_value_set_object (value, self->device);
    break;
  case PROP_ECHO_PROBE:
    g_value_set_string (value, self->echo_probe);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_speaker_dispose (GObject *object)
{
  DuoSpeaker *self = DUO_SPEAKER (object);
  g_autoptr (DuoPipeline) pipeline = NULL;

  if (self->playback != NULL) {
    duo_playback_set_source (self->playback, NULL);
    duo_playback_set_tap (self->playback, NULL);
    pipeline = take_down (self);
  }
  if (self->wakeup != NULL)
    g_source_destroy (self->wakeup);
  g_clear_pointer (&self->wakeup, g_source_unref);
  g_clear_object (&self->playback);
  g_clear_object (&self->selector);
  g_clear_object (&self->device);
  g_clear_pointer (&self->echo_probe, g_free);

  G_OBJECT_CLASS (duo_speaker_parent_class)->dispose (object);
}

static void
duo_speaker_class_init (DuoSpeakerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_speaker_get_property;
  object_class->dispose = duo_speaker_dispose;

  /**
   * DuoSpeaker:problem:
   *
   * Why nothing is heard, while it is open.
   */
  properties[PROP_PROBLEM] = g_param_spec_enum ("problem",
                                                NULL,
                                                NULL,
                                                DUO_TYPE_MEDIA_PROBLEM,
                                                DUO_MEDIA_PROBLEM_NONE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * DuoSpeaker:active:
   *
   * The device that is played on, or %NULL.
   */
  properties[PROP_ACTIVE] = g_param_spec_object ("active",
                                                 NULL,
                                                 NULL,
                                                 DUO_TYPE_DEVICE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * DuoSpeaker:echo-probe:
   *
   * Name of the webrtcechoprobe before the device, or %NULL where there is none.
   */
  properties[PROP_ECHO_PROBE] =
    g_param_spec_string ("echo-probe", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_speaker_init (DuoSpeaker *self)
{
  self->playback = duo_playback_new ();
  self->wakeup = duo_wakeup_new (on_wakeup, self);
}

/**
 * duo_speaker_new:
 * @selector: which device to use
 *
 * Returns: (transfer full): a speaker that is closed
 */
DuoSpeaker *
duo_speaker_new (DuoDeviceSelector *selector)
{
  g_return_val_if_fail (DUO_IS_DEVICE_SELECTOR (selector), NULL);

  DuoSpeaker *self = g_object_new (DUO_TYPE_SPEAKER, NULL);

  self->selector = g_object_ref (selector);
  g_signal_connect_object (selector,
                           "notify::current",
                           G_CALLBACK (update_at_once),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * duo_speaker_open:
 *
 * Opens the device, without waiting for it.
 */
void
duo_speaker_open (DuoSpeaker *self)
{
  g_return_if_fail (DUO_IS_SPEAKER (self));

  self->open = TRUE;
  update_at_once (self);
}

/**
 * duo_speaker_close_async:
 * @callback: called once the device is closed
 * @user_data: for @callback
 */
void
duo_speaker_close_async (DuoSpeaker *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_SPEAKER (self));

  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (DuoPipeline) pipeline = take_down (self);

  g_task_set_source_tag (task, duo_speaker_close_async);
  self->open = FALSE;
  set_device (self, NULL);
  set_problem (self, DUO_MEDIA_PROBLEM_NONE);
  set_echo_probe (self, NULL);
  if (pipeline == NULL)
    g_task_return_boolean (task, TRUE);
  else
    duo_pipeline_stop_async (pipeline, on_closed, g_steal_pointer (&task));
}

/**
 * duo_speaker_close_finish:
 * @result: what the callback got
 * @error: unused: closing does not fail
 *
 * Returns: %TRUE
 */
gboolean
duo_speaker_close_finish (DuoSpeaker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * duo_speaker_get_playback:
 *
 * Returns: (transfer none): what is heard
 */
DuoPlayback *
duo_speaker_get_playback (DuoSpeaker *self)
{
  g_return_val_if_fail (DUO_IS_SPEAKER (self), NULL);

  return self->playback;
}

/**
 * duo_speaker_get_problem:
 *
 * Returns: why nothing is heard
 */
DuoMediaProblem
duo_speaker_get_problem (DuoSpeaker *self)
{
  g_return_val_if_fail (DUO_IS_SPEAKER (self), DUO_MEDIA_PROBLEM_FAILED);

  return self->problem;
}

/**
 * duo_speaker_get_active:
 *
 * Returns: (transfer none) (nullable): the device that is played on
 */
DuoDevice *
duo_speaker_get_active (DuoSpeaker *self)
{
  g_return_val_if_fail (DUO_IS_SPEAKER (self), NULL);

  return self->device;
}

/**
 * duo_speaker_get_echo_probe:
 *
 * Returns: (nullable): name of the echo probe
 */
const char *
duo_speaker_get_echo_probe (DuoSpeaker *self)
{
  g_return_val_if_fail (DUO_IS_SPEAKER (self), NULL);

  return self->echo_probe;
}
