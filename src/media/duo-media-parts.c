/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-media-parts.h"

#include "duo-camera-source.h"
#include "duo-microphone-source.h"

#define STOP_SECONDS 3

/**
 * DuoMediaParts:
 *
 * Camera, microphone and speaker, each with the choice of its device, and what they have to know of
 * each other: when they open, and which echo the microphone takes away.
 */
struct _DuoMediaParts {
  GObject parent_instance;

  /* Owned */
  DuoDeviceMonitor *monitor;
  DuoDeviceSelector *selectors[DUO_N_DEVICE_KINDS];
  DuoInput *camera;
  DuoInput *microphone;
  DuoSpeaker *speaker;
  GTask *stop;

  guint n_stopping;
  guint stop_timeout_id;
  gboolean camera_enabled;
  gboolean microphone_enabled;
  gboolean microphone_wanted; /* was enabled once */
  gboolean noise_suppression;
  gboolean test_media;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (DuoMediaParts, duo_media_parts, G_TYPE_OBJECT)

static GstElement *
make_camera_source (DuoInputSource source, DuoDevice *device, gpointer user_data, GError **error)
{
  switch (source) {
  case DUO_INPUT_TEST:
    return duo_camera_source_new_test (error);
  case DUO_INPUT_DEVICE:
    return duo_camera_source_new_for_device (device, error);
  case DUO_INPUT_IDLE:
    return duo_camera_source_new_black (error);
  default:
    g_return_val_if_reached (NULL);
  }
}

static GstElement *
make_microphone_source (DuoInputSource source,
                        DuoDevice *device,
                        gpointer user_data,
                        GError **error)
{
  DuoMediaParts *self = user_data;

  switch (source) {
  case DUO_INPUT_TEST:
    return duo_microphone_source_new_test (error);
  case DUO_INPUT_DEVICE:
    return duo_microphone_source_new_for_device (device,
                                                 duo_speaker_get_echo_probe (self->speaker),
                                                 self->noise_suppression,
                                                 error);
  case DUO_INPUT_IDLE:
    return duo_microphone_source_new_silent (error);
  default:
    g_return_val_if_reached (NULL);
  }
}

/* Before the devices are known nothing is missing. */
static gboolean
is_ready (DuoMediaParts *self)
{
  return self->monitor == NULL || duo_device_monitor_is_ready (self->monitor);
}

static void
open_enabled (DuoMediaParts *self)
{
  if (!self->started || !is_ready (self))
    return;
  /* First the speaker: the microphone's echo canceller looks for its probe. */
  duo_speaker_open (self->speaker);
  duo_input_set_open (self->camera, self->camera_enabled);
  /* Once it was on it stays open while muted: no wait to unmute, and one is told when one talks. */
  self->microphone_wanted = self->microphone_wanted || self->microphone_enabled;
  duo_input_set_open (self->microphone, self->microphone_wanted);
}

static void
on_echo_probe_changed (DuoMediaParts *self)
{
  if (!self->test_media)
    duo_input_restart (self->microphone);
}

static void
finish_stop (DuoMediaParts *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stop);

  g_clear_handle_id (&self->stop_timeout_id, g_source_remove);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static gboolean
on_stop_timeout (gpointer user_data)
{
  DuoMediaParts *self = user_data;

  g_debug ("A device does not close: left to itself");
  self->stop_timeout_id = 0;
  finish_stop (self);
  return G_SOURCE_REMOVE;
}

static void
on_part_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoMediaParts) self = user_data;

  if (--self->n_stopping == 0)
    finish_stop (self);
}

static void
duo_media_parts_dispose (GObject *object)
{
  DuoMediaParts *self = DUO_MEDIA_PARTS (object);

  g_clear_handle_id (&self->stop_timeout_id, g_source_remove);
  g_clear_object (&self->microphone);
  g_clear_object (&self->camera);
  g_clear_object (&self->speaker);
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++)
    g_clear_object (&self->selectors[i]);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (duo_media_parts_parent_class)->dispose (object);
}

static void
duo_media_parts_class_init (DuoMediaPartsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_media_parts_dispose;
}

static void
duo_media_parts_init (DuoMediaParts *self)
{
  self->camera_enabled = TRUE;
  self->microphone_enabled = TRUE;
  self->noise_suppression = TRUE;
}

/**
 * duo_media_parts_new:
 * @monitor: (nullable): the devices
 * @test_media: whether a test picture and tone take the place of camera and microphone
 *
 * Returns: (transfer full): parts that are not started: everything enabled
 */
DuoMediaParts *
duo_media_parts_new (DuoDeviceMonitor *monitor, gboolean test_media)
{
  DuoMediaParts *self = g_object_new (DUO_TYPE_MEDIA_PARTS, NULL);

  self->test_media = test_media;
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++)
    self->selectors[i] = duo_device_selector_new (
      monitor != NULL ? duo_device_monitor_get_devices (monitor, i) : NULL);
  self->camera =
    duo_input_new (self->selectors[DUO_DEVICE_CAMERA], test_media, FALSE, make_camera_source, self);
  /* Only one echo canceller may look at the probe. */
  self->microphone = duo_input_new (self->selectors[DUO_DEVICE_MICROPHONE],
                                    test_media,
                                    TRUE,
                                    make_microphone_source,
                                    self);
  self->speaker = duo_speaker_new (self->selectors[DUO_DEVICE_SPEAKER]);
  g_signal_connect_object (self->speaker,
                           "notify::echo-probe",
                           G_CALLBACK (on_echo_probe_changed),
                           self,
                           G_CONNECT_SWAPPED);
  if (monitor != NULL) {
    self->monitor = g_object_ref (monitor);
    g_signal_connect_object (monitor,
                             "notify::ready",
                             G_CALLBACK (open_enabled),
                             self,
                             G_CONNECT_SWAPPED);
  }
  return self;
}

/**
 * duo_media_parts_start:
 *
 * Opens the speaker and what is enabled, as soon as the devices are known.
 */
void
duo_media_parts_start (DuoMediaParts *self)
{
  g_return_if_fail (DUO_IS_MEDIA_PARTS (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  open_enabled (self);
  duo_input_start (self->camera);
  duo_input_start (self->microphone);
}

/**
 * duo_media_parts_stop_async:
 * @callback: called once the devices are closed, or did not within 3 s
 * @user_data: for @callback
 *
 * Ends it for good.
 */
void
duo_media_parts_stop_async (DuoMediaParts *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_MEDIA_PARTS (self));
  g_return_if_fail (self->stop == NULL);

  self->stop = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop, duo_media_parts_stop_async);
  self->started = FALSE;
  /* We may last as long as a device takes to close; nobody else has to. */
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  self->n_stopping = 3;
  self->stop_timeout_id = g_timeout_add_seconds (STOP_SECONDS, on_stop_timeout, self);
  duo_input_stop_async (self->camera, on_part_stopped, g_object_ref (self));
  duo_input_stop_async (self->microphone, on_part_stopped, g_object_ref (self));
  duo_speaker_close_async (self->speaker, on_part_stopped, g_object_ref (self));
}

/**
 * duo_media_parts_stop_finish:
 * @result: what the callback got
 * @error: unused: stopping does not fail
 *
 * Returns: %TRUE
 */
gboolean
duo_media_parts_stop_finish (DuoMediaParts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * duo_media_parts_set_camera_enabled:
 * @enabled: whether the camera is on; off, its device is closed
 */
void
duo_media_parts_set_camera_enabled (DuoMediaParts *self, gboolean enabled)
{
  g_return_if_fail (DUO_IS_MEDIA_PARTS (self));

  self->camera_enabled = enabled;
  open_enabled (self);
}

/**
 * duo_media_parts_set_microphone_enabled:
 * @enabled: whether it is heard; off, silence takes its place
 */
void
duo_media_parts_set_microphone_enabled (DuoMediaParts *self, gboolean enabled)
{
  g_return_if_fail (DUO_IS_MEDIA_PARTS (self));

  self->microphone_enabled = enabled;
  duo_feed_set_silent (duo_input_get_feed (self->microphone), !enabled);
  open_enabled (self);
}

/**
 * duo_media_parts_set_noise_suppression:
 * @noise_suppression: whether noise is taken out of the microphone's sound
 */
void
duo_media_parts_set_noise_suppression (DuoMediaParts *self, gboolean noise_suppression)
{
  g_return_if_fail (DUO_IS_MEDIA_PARTS (self));

  self->noise_suppression = noise_suppression;
  /* The canceller takes its settings only when it is made. */
  if (duo_input_get_active (self->microphone) != NULL)
    duo_input_restart (self->microphone);
}

/**
 * duo_media_parts_get_selector:
 * @kind: of which device
 *
 * Returns: (transfer none): what decides which device is used
 */
DuoDeviceSelector *
duo_media_parts_get_selector (DuoMediaParts *self, DuoDeviceKind kind)
{
  g_return_val_if_fail (DUO_IS_MEDIA_PARTS (self), NULL);

  return self->selectors[kind];
}

/**
 * duo_media_parts_get_camera:
 *
 * Returns: (transfer none): where pictures come from
 */
DuoInput *
duo_media_parts_get_camera (DuoMediaParts *self)
{
  g_return_val_if_fail (DUO_IS_MEDIA_PARTS (self), NULL);

  return self->camera;
}

/**
 * duo_media_parts_get_microphone:
 *
 * Returns: (transfer none): where sound comes from
 */
DuoInput *
duo_media_parts_get_microphone (DuoMediaParts *self)
{
  g_return_val_if_fail (DUO_IS_MEDIA_PARTS (self), NULL);

  return self->microphone;
}

/**
 * duo_media_parts_get_speaker:
 *
 * Returns: (transfer none): where sound goes
 */
DuoSpeaker *
duo_media_parts_get_speaker (DuoMediaParts *self)
{
  g_return_val_if_fail (DUO_IS_MEDIA_PARTS (self), NULL);

  return self->speaker;
}
