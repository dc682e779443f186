/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-media-graph.h"

#include "duo-camera-source.h"
#include "duo-device-selector.h"
#include "duo-input.h"
#include "duo-media-enums.h"
#include "duo-microphone-source.h"
#include "duo-preview.h"
#include "duo-speaker.h"

#define STOP_SECONDS 3
#define LEVEL_FLOOR -60.0 /* dBFS that count as silence */

/**
 * DuoMediaGraph:
 *
 * Camera, microphone and speaker of one person, from the lobby until after the call. It outlives
 * any peer: each peer connection is attached and detached while capture and preview go on. Nothing
 * here waits for a device, and no device's trouble is more than a #DuoMediaProblem.
 */
struct _DuoMediaGraph {
  GObject parent_instance;

  /* Owned */
  DuoDeviceMonitor *monitor;
  DuoDeviceSelector *selectors[DUO_N_DEVICE_KINDS];
  DuoInput *camera;
  DuoInput *microphone;
  DuoSpeaker *speaker;
  DuoPreview *preview;
  GstClock *clock;
  GstAppSrc *peer_audio;
  GstAppSrc *peer_video;
  GTask *stop;

  double microphone_level;
  guint n_stopping;
  guint stop_timeout_id;
  gboolean camera_enabled;
  gboolean microphone_enabled;
  gboolean microphone_wanted; /* was enabled once */
  gboolean noise_suppression;
  gboolean preview_large;
  gboolean test_media;
  gboolean started;
};

enum {
  PROP_0,
  PROP_CAMERA_ENABLED,
  PROP_MICROPHONE_ENABLED,
  PROP_CAMERA,
  PROP_MICROPHONE,
  PROP_SPEAKER,
  PROP_NOISE_SUPPRESSION,
  PROP_MICROPHONE_LEVEL,
  PROP_CAMERA_PROBLEM,
  PROP_MICROPHONE_PROBLEM,
  PROP_SPEAKER_PROBLEM,
  PROP_ECHO_CANCELLING,
  PROP_ACTIVE_CAMERA,
  PROP_ACTIVE_MICROPHONE,
  PROP_ACTIVE_SPEAKER,
  N_PROPS,
};

enum {
  SIGNAL_DEVICE_SWITCHED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoMediaGraph, duo_media_graph, G_TYPE_OBJECT)

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
  DuoMediaGraph *self = user_data;

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

static void
set_microphone_level (DuoMediaGraph *self, double level)
{
  if (level == self->microphone_level)
    return;
  self->microphone_level = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MICROPHONE_LEVEL]);
}

/* Before the devices are known nothing is missing. */
static gboolean
is_ready (DuoMediaGraph *self)
{
  return self->monitor == NULL || duo_device_monitor_is_ready (self->monitor);
}

static void
open_enabled (DuoMediaGraph *self)
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
on_level (DuoMediaGraph *self, double decibels)
{
  set_microphone_level (self, CLAMP (1 - decibels / LEVEL_FLOOR, 0, 1));
}

static void
on_echo_probe_changed (DuoMediaGraph *self)
{
  if (!self->test_media)
    duo_input_restart (self->microphone);
}

static void
on_part_changed (GObject *part, GParamSpec *pspec, gpointer user_data)
{
  DuoMediaGraph *self = user_data;
  gboolean problem = strcmp (pspec->name, "problem") == 0;
  guint first = problem ? PROP_CAMERA_PROBLEM : PROP_ACTIVE_CAMERA;
  DuoDeviceKind kind = part == G_OBJECT (self->camera)       ? DUO_DEVICE_CAMERA
                       : part == G_OBJECT (self->microphone) ? DUO_DEVICE_MICROPHONE
                                                             : DUO_DEVICE_SPEAKER;

  if (kind == DUO_DEVICE_MICROPHONE && duo_input_get_active (self->microphone) == NULL)
    set_microphone_level (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[first + kind]);
}

static void
on_switched (DuoDeviceSelector *selector, DuoDevice *from, DuoDevice *to, gpointer user_data)
{
  DuoMediaGraph *self = user_data;
  guint kind = DUO_DEVICE_CAMERA;

  while (self->selectors[kind] != selector)
    kind++;
  g_signal_emit (self, signals[SIGNAL_DEVICE_SWITCHED], 0, kind, from, to);
}

static void
finish_stop (DuoMediaGraph *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stop);

  g_clear_handle_id (&self->stop_timeout_id, g_source_remove);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static gboolean
on_stop_timeout (gpointer user_data)
{
  DuoMediaGraph *self = user_data;

  g_debug ("A device does not close: left to itself");
  self->stop_timeout_id = 0;
  finish_stop (self);
  return G_SOURCE_REMOVE;
}

static void
on_part_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoMediaGraph) self = user_data;

  if (--self->n_stopping == 0)
    finish_stop (self);
}

static void
set_camera_enabled (DuoMediaGraph *self, gboolean enabled)
{
  if (self->camera_enabled == enabled)
    return;
  self->camera_enabled = enabled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA_ENABLED]);
  open_enabled (self);
}

static void
set_microphone_enabled (DuoMediaGraph *self, gboolean enabled)
{
  if (self->microphone_enabled == enabled)
    return;
  self->microphone_enabled = enabled;
  duo_feed_set_silent (duo_input_get_feed (self->microphone), !enabled);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MICROPHONE_ENABLED]);
  open_enabled (self);
}

static void
set_noise_suppression (DuoMediaGraph *self, gboolean noise_suppression)
{
  if (self->noise_suppression == noise_suppression)
    return;
  self->noise_suppression = noise_suppression;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOISE_SUPPRESSION]);
  /* The canceller takes its settings only when it is made. */
  if (duo_input_get_active (self->microphone) != NULL)
    duo_input_restart (self->microphone);
}

static void
set_wanted (DuoMediaGraph *self, DuoDeviceKind kind, const char *id)
{
  if (g_strcmp0 (duo_device_selector_get_wanted (self->selectors[kind]), id) == 0)
    return;
  duo_device_selector_set_wanted (self->selectors[kind], id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA + kind]);
}

static void
duo_media_graph_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DuoMediaGraph *self = DUO_MEDIA_GRAPH (object);

  switch (property_id) {
  case PROP_CAMERA_ENABLED:
    g_value_set_boolean (value, self->camera_enabled);
    break;
  case PROP_MICROPHONE_ENABLED:
    g_value_set_boolean (value, self->microphone_enabled);
    break;
  case PROP_CAMERA:
  case PROP_MICROPHONE:
  case PROP_SPEAKER:
    g_value_set_string (value,
                        duo_device_selector_get_wanted (
                          self->selectors[property_id - PROP_CAMERA]));
    break;
  case PROP_NOISE_SUPPRESSION:
    g_value_set_boolean (value, self->noise_suppression);
    break;
  case PROP_MICROPHONE_LEVEL:
    g_value_set_double (value, self->microphone_level);
    break;
  case PROP_CAMERA_PROBLEM:
    g_value_set_enum (value, duo_input_get_problem (self->camera));
    break;
  case PROP_MICROPHONE_PROBLEM:
    g_value_set_enum (value, duo_input_get_problem (self->microphone));
    break;
  case PROP_SPEAKER_PROBLEM:
    g_value_set_enum (value, duo_speaker_get_problem (self->speaker));
    break;
  case PROP_ECHO_CANCELLING:
    g_value_set_boolean (value, duo_microphone_source_can_process ());
    break;
  case PROP_ACTIVE_CAMERA:
    g_value_set_object (value, duo_input_get_active (self->camera));
    break;
  case PROP_ACTIVE_MICROPHONE:
    g_value_set_object (value, duo_input_get_active (self->microphone));
    break;
  case PROP_ACTIVE_SPEAKER:
    g_value_set_object (value, duo_speaker_get_active (self->speaker));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_media_graph_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  DuoMediaGraph *self = DUO_MEDIA_GRAPH (object);

  switch (property_id) {
  case PROP_CAMERA_ENABLED:
    set_camera_enabled (self, g_value_get_boolean (value));
    break;
  case PROP_MICROPHONE_ENABLED:
    set_microphone_enabled (self, g_value_get_boolean (value));
    break;
  case PROP_CAMERA:
  case PROP_MICROPHONE:
  case PROP_SPEAKER:
    set_wanted (self, property_id - PROP_CAMERA, g_value_get_string (value));
    break;
  case PROP_NOISE_SUPPRESSION:
    set_noise_suppression (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_media_graph_dispose (GObject *object)
{
  DuoMediaGraph *self = DUO_MEDIA_GRAPH (object);

  g_clear_handle_id (&self->stop_timeout_id, g_source_remove);
  if (self->speaker != NULL)
    duo_media_graph_detach_peer (self);
  g_clear_object (&self->preview);
  g_clear_object (&self->microphone);
  g_clear_object (&self->camera);
  g_clear_object (&self->speaker);
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++)
    g_clear_object (&self->selectors[i]);
  g_clear_object (&self->monitor);
  gst_clear_object (&self->clock);

  G_OBJECT_CLASS (duo_media_graph_parent_class)->dispose (object);
}

static GParamSpec *
boolean_property (const char *name, gboolean value, GParamFlags flags)
{
  return g_param_spec_boolean (name, NULL, NULL, value, flags | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
id_property (const char *name)
{
  return g_param_spec_string (name,
                              NULL,
                              NULL,
                              NULL,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
problem_property (const char *name)
{
  return g_param_spec_enum (name,
                            NULL,
                            NULL,
                            DUO_TYPE_MEDIA_PROBLEM,
                            DUO_MEDIA_PROBLEM_NONE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
device_property (const char *name)
{
  return g_param_spec_object (name,
                              NULL,
                              NULL,
                              DUO_TYPE_DEVICE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * DuoMediaGraph:camera-enabled:
   *
   * Whether the camera is on. Off, the device is closed and black goes out.
   */
  properties[PROP_CAMERA_ENABLED] = boolean_property ("camera-enabled", TRUE, writable);
  /**
   * DuoMediaGraph:microphone-enabled:
   *
   * Whether the other hears the microphone. Off, silence goes out; the device stays open, and
   * #DuoMediaGraph:microphone-level goes on.
   */
  properties[PROP_MICROPHONE_ENABLED] = boolean_property ("microphone-enabled", TRUE, writable);
  /**
   * DuoMediaGraph:camera:
   *
   * Id of the camera to use whenever it is there, or %NULL for the default.
   */
  properties[PROP_CAMERA] = id_property ("camera");
  /**
   * DuoMediaGraph:microphone:
   *
   * Id of the microphone to use whenever it is there, or %NULL for the default.
   */
  properties[PROP_MICROPHONE] = id_property ("microphone");
  /**
   * DuoMediaGraph:speaker:
   *
   * Id of the speaker to use whenever it is there, or %NULL for the default.
   */
  properties[PROP_SPEAKER] = id_property ("speaker");
  /**
   * DuoMediaGraph:noise-suppression:
   *
   * Whether noise is taken out of the microphone's sound.
   */
  properties[PROP_NOISE_SUPPRESSION] = boolean_property ("noise-suppression", TRUE, writable);
  /**
   * DuoMediaGraph:microphone-level:
   *
   * How loud the microphone is, ten times a second: 0 for −60 dBFS and less, 1 for full scale, in
   * between linear in decibels.
   */
  properties[PROP_MICROPHONE_LEVEL] =
    g_param_spec_double ("microphone-level",
                         NULL,
                         NULL,
                         0,
                         1,
                         0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * DuoMediaGraph:camera-problem:
   *
   * Why there is no picture, while the camera is on.
   */
  properties[PROP_CAMERA_PROBLEM] = problem_property ("camera-problem");
  /**
   * DuoMediaGraph:microphone-problem:
   *
   * Why there is no sound.
   */
  properties[PROP_MICROPHONE_PROBLEM] = problem_property ("microphone-problem");
  /**
   * DuoMediaGraph:speaker-problem:
   *
   * Why nothing is heard.
   */
  properties[PROP_SPEAKER_PROBLEM] = problem_property ("speaker-problem");
  /**
   * DuoMediaGraph:echo-cancelling:
   *
   * Whether echo is cancelled: %FALSE where the plug-in for that is not installed.
   */
  properties[PROP_ECHO_CANCELLING] = boolean_property ("echo-cancelling", FALSE, G_PARAM_READABLE);
  /**
   * DuoMediaGraph:active-camera:
   *
   * The camera that is open, or %NULL.
   */
  properties[PROP_ACTIVE_CAMERA] = device_property ("active-camera");
  /**
   * DuoMediaGraph:active-microphone:
   *
   * The microphone that is open, or %NULL.
   */
  properties[PROP_ACTIVE_MICROPHONE] = device_property ("active-microphone");
  /**
   * DuoMediaGraph:active-speaker:
   *
   * The speaker that is open, or %NULL.
   */
  properties[PROP_ACTIVE_SPEAKER] = device_property ("active-speaker");
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_media_graph_class_init (DuoMediaGraphClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_media_graph_get_property;
  object_class->set_property = duo_media_graph_set_property;
  object_class->dispose = duo_media_graph_dispose;
  install_properties (object_class);

  /**
   * DuoMediaGraph::device-switched:
   * @kind: which one
   * @from: (nullable): the device that was used
   * @to: (nullable): the device that is used now, or %NULL where there is no other
   *
   * A device went away and another one took its place, or it came back.
   */
  signals[SIGNAL_DEVICE_SWITCHED] = g_signal_new ("device-switched",
                                                  DUO_TYPE_MEDIA_GRAPH,
                                                  G_SIGNAL_RUN_LAST,
                                                  0,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  G_TYPE_NONE,
                                                  3,
                                                  DUO_TYPE_DEVICE_KIND,
                                                  DUO_TYPE_DEVICE,
                                                  DUO_TYPE_DEVICE);
}

static void
duo_media_graph_init (DuoMediaGraph *self)
{
  self->clock = gst_system_clock_obtain ();
  self->camera_enabled = TRUE;
  self->microphone_enabled = TRUE;
  self->noise_suppression = TRUE;
}

static void
make_parts (DuoMediaGraph *self)
{
  self->camera =
    duo_input_new (self->selectors[DUO_DEVICE_CAMERA], self->test_media, make_camera_source, self);
  self->microphone = duo_input_new (self->selectors[DUO_DEVICE_MICROPHONE],
                                    self->test_media,
                                    make_microphone_source,
                                    self);
  self->speaker = duo_speaker_new (self->selectors[DUO_DEVICE_SPEAKER]);

  GObject *parts[] = { G_OBJECT (self->camera),
                       G_OBJECT (self->microphone),
                       G_OBJECT (self->speaker) };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_signal_connect_object (parts[i], "notify::problem", G_CALLBACK (on_part_changed), self, 0);
    g_signal_connect_object (parts[i], "notify::active", G_CALLBACK (on_part_changed), self, 0);
  }
  g_signal_connect_object (self->microphone,
                           "level",
                           G_CALLBACK (on_level),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->speaker,
                           "notify::echo-probe",
                           G_CALLBACK (on_echo_probe_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * duo_media_graph_new:
 * @monitor: (nullable): the devices, started or not; %NULL for none at all, as with test media
 * @test_media: whether a test picture and tone go out instead of camera and microphone; the speaker
 *   plays all the same where there is one
 *
 * Returns: (transfer full): a graph that is not started: everything enabled, no device in
 * particular
 */
DuoMediaGraph *
duo_media_graph_new (DuoDeviceMonitor *monitor, gboolean test_media)
{
  g_return_val_if_fail (monitor == NULL || DUO_IS_DEVICE_MONITOR (monitor), NULL);

  DuoMediaGraph *self = g_object_new (DUO_TYPE_MEDIA_GRAPH, NULL);

  self->test_media = test_media;
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++) {
    GListModel *devices = monitor != NULL ? duo_device_monitor_get_devices (monitor, i) : NULL;

    self->selectors[i] = duo_device_selector_new (devices);
    g_signal_connect_object (self->selectors[i], "switched", G_CALLBACK (on_switched), self, 0);
  }
  make_parts (self);
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
 * duo_media_graph_start:
 *
 * Opens the speaker and what is enabled. Returns at once; how it went shows in the properties.
 */
void
duo_media_graph_start (DuoMediaGraph *self)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  open_enabled (self);
  duo_input_start (self->camera);
  duo_input_start (self->microphone);
}

/**
 * duo_media_graph_stop_async:
 * @callback: called once the devices are closed, or did not within 3 s
 * @user_data: for @callback
 *
 * Ends it for good.
 */
void
duo_media_graph_stop_async (DuoMediaGraph *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));
  g_return_if_fail (self->stop == NULL);

  self->stop = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop, duo_media_graph_stop_async);
  self->started = FALSE;
  duo_media_graph_detach_peer (self);
  g_clear_object (&self->preview);

  self->n_stopping = 3;
  self->stop_timeout_id = g_timeout_add_seconds (STOP_SECONDS, on_stop_timeout, self);
  duo_input_stop_async (self->camera, on_part_stopped, g_object_ref (self));
  duo_input_stop_async (self->microphone, on_part_stopped, g_object_ref (self));
  duo_speaker_close_async (self->speaker, on_part_stopped, g_object_ref (self));
}

/**
 * duo_media_graph_stop_finish:
 * @result: what the callback got
 * @error: unused: stopping does not fail
 *
 * Returns: %TRUE
 */
gboolean
duo_media_graph_stop_finish (DuoMediaGraph *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * duo_media_graph_set_preview_sink:
 * @sink: (nullable) (transfer floating): a new video sink for one's own picture, not mirrored;
 * %NULL for none
 */
void
duo_media_graph_set_preview_sink (DuoMediaGraph *self, GstElement *sink)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  g_clear_object (&self->preview);
  if (sink == NULL)
    return;
  self->preview = duo_preview_new (sink, duo_input_get_feed (self->camera));
  if (self->preview != NULL)
    duo_preview_set_large (self->preview, self->preview_large);
}

/**
 * duo_media_graph_set_preview_large:
 * @large: %TRUE for the lobby: up to 960 pixels wide at the camera's rate; %FALSE, the default, for
 * a cheap one in the corner: 320 pixels wide, 15 times a second
 */
void
duo_media_graph_set_preview_large (DuoMediaGraph *self, gboolean large)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  self->preview_large = large;
  if (self->preview != NULL)
    duo_preview_set_large (self->preview, large);
}

/**
 * duo_media_graph_attach_peer:
 * @audio_in: where sound goes into the peer's pipeline
 * @video_in: where pictures go into it
 * @audio_out: (nullable): where the other's sound comes out of it, in S16LE 48 kHz mono
 *
 * Connects a peer, whose pipeline uses duo_media_graph_get_clock(), instead of the last one.
 */
void
duo_media_graph_attach_peer (DuoMediaGraph *self,
                             GstAppSrc *audio_in,
                             GstAppSrc *video_in,
                             GstAppSink *audio_out)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));
  g_return_if_fail (GST_IS_APP_SRC (audio_in));
  g_return_if_fail (GST_IS_APP_SRC (video_in));

  duo_media_graph_detach_peer (self);
  self->peer_audio = gst_object_ref (audio_in);
  self->peer_video = gst_object_ref (video_in);
  duo_feed_add_target (duo_input_get_feed (self->microphone), audio_in);
  duo_feed_add_target (duo_input_get_feed (self->camera), video_in);
  duo_playback_set_source (duo_speaker_get_playback (self->speaker), audio_out);
}

/**
 * duo_media_graph_detach_peer:
 *
 * Lets go of the peer: once this has returned nothing more goes in or comes out of it.
 */
void
duo_media_graph_detach_peer (DuoMediaGraph *self)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  if (self->peer_audio != NULL)
    duo_feed_remove_target (duo_input_get_feed (self->microphone), self->peer_audio);
  if (self->peer_video != NULL)
    duo_feed_remove_target (duo_input_get_feed (self->camera), self->peer_video);
  gst_clear_object (&self->peer_audio);
  gst_clear_object (&self->peer_video);
  duo_playback_set_source (duo_speaker_get_playback (self->speaker), NULL);
}

/**
 * duo_media_graph_set_remote_sound_tap:
 * @tap: (nullable): where the other's sound goes besides the speaker, such as a recording
 */
void
duo_media_graph_set_remote_sound_tap (DuoMediaGraph *self, GstAppSrc *tap)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_playback_set_tap (duo_speaker_get_playback (self->speaker), tap);
}

/**
 * duo_media_graph_play_chime:
 *
 * Plays a short pleasant sound on the speaker, if it is open.
 */
void
duo_media_graph_play_chime (DuoMediaGraph *self)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_playback_play_chime (duo_speaker_get_playback (self->speaker));
}

/**
 * duo_media_graph_get_clock:
 *
 * Returns: (transfer none): the clock of every pipeline here
 */
GstClock *
duo_media_graph_get_clock (DuoMediaGraph *self)
{
  g_return_val_if_fail (DUO_IS_MEDIA_GRAPH (self), NULL);

  return self->clock;
}
