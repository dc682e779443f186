/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-media-graph.h"

#include "duo-media-enums.h"
#include "duo-media-parts.h"
#include "duo-media-ports.h"
#include "duo-microphone-source.h"

#define LEVEL_FLOOR -60.0 /* dBFS that count as silence */

struct _DuoMediaGraph {
  GObject parent_instance;

  /* Owned */
  DuoMediaParts *parts;
  DuoMediaPorts *ports;
  GstClock *clock;

  /* Borrowed from the parts */
  DuoInput *camera;
  DuoInput *microphone;
  DuoSpeaker *speaker;

  double microphone_level;
  gboolean camera_enabled;
  gboolean microphone_enabled;
  gboolean noise_suppression;
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

static void
set_microphone_level (DuoMediaGraph *self, double level)
{
  if (level == self->microphone_level)
    return;
  self->microphone_level = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MICROPHONE_LEVEL]);
}

static void
on_level (DuoMediaGraph *self, double decibels)
{
  set_microphone_level (self, CLAMP (1 - decibels / LEVEL_FLOOR, 0, 1));
}

static void
on_part_changed (GObject *part, GParamSpec *pspec, gpointer user_data)
{
  DuoMediaGraph *self = user_data;
  guint first = g_str_equal (pspec->name, "problem") ? PROP_CAMERA_PROBLEM : PROP_ACTIVE_CAMERA;
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

  while (duo_media_parts_get_selector (self->parts, kind) != selector)
    kind++;
  g_signal_emit (self, signals[SIGNAL_DEVICE_SWITCHED], 0, kind, from, to);
}

static DuoDeviceSelector *
get_selector (DuoMediaGraph *self, guint property_id)
{
  return duo_media_parts_get_selector (self->parts, property_id - PROP_CAMERA);
}

static gboolean
take_flag (gboolean *flag, const GValue *value)
{
  gboolean previous = *flag;

  *flag = g_value_get_boolean (value);
  return *flag != previous;
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
    g_value_set_string (value, duo_device_selector_get_wanted (get_selector (self, property_id)));
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
    if (!take_flag (&self->camera_enabled, value))
      return;
    duo_media_parts_set_camera_enabled (self->parts, self->camera_enabled);
    break;
  case PROP_MICROPHONE_ENABLED:
    if (!take_flag (&self->microphone_enabled, value))
      return;
    duo_media_parts_set_microphone_enabled (self->parts, self->microphone_enabled);
    break;
  case PROP_CAMERA:
  case PROP_MICROPHONE:
  case PROP_SPEAKER:
    if (!duo_device_selector_set_wanted (get_selector (self, property_id),
                                         g_value_get_string (value)))
      return;
    break;
  case PROP_NOISE_SUPPRESSION:
    if (!take_flag (&self->noise_suppression, value))
      return;
    duo_media_parts_set_noise_suppression (self->parts, self->noise_suppression);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    return;
  }
  g_object_notify_by_pspec (object, pspec);
}

static void
duo_media_graph_dispose (GObject *object)
{
  DuoMediaGraph *self = DUO_MEDIA_GRAPH (object);

  g_clear_object (&self->ports);
  g_clear_object (&self->parts);
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

  properties[PROP_CAMERA_ENABLED] = boolean_property ("camera-enabled", TRUE, writable);
  properties[PROP_MICROPHONE_ENABLED] = boolean_property ("microphone-enabled", TRUE, writable);
  properties[PROP_CAMERA] = id_property ("camera");
  properties[PROP_MICROPHONE] = id_property ("microphone");
  properties[PROP_SPEAKER] = id_property ("speaker");
  properties[PROP_NOISE_SUPPRESSION] = boolean_property ("noise-suppression", TRUE, writable);
  properties[PROP_MICROPHONE_LEVEL] =
    g_param_spec_double ("microphone-level",
                         NULL,
                         NULL,
                         0,
                         1,
                         0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAMERA_PROBLEM] = problem_property ("camera-problem");
  properties[PROP_MICROPHONE_PROBLEM] = problem_property ("microphone-problem");
  properties[PROP_SPEAKER_PROBLEM] = problem_property ("speaker-problem");
  properties[PROP_ECHO_CANCELLING] = boolean_property ("echo-cancelling", FALSE, G_PARAM_READABLE);
  properties[PROP_ACTIVE_CAMERA] = device_property ("active-camera");
  properties[PROP_ACTIVE_MICROPHONE] = device_property ("active-microphone");
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
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task,
                         duo_media_parts_stop_finish (DUO_MEDIA_PARTS (source), result, NULL));
}

static void
watch_parts (DuoMediaGraph *self)
{
  GObject *parts[] = { G_OBJECT (self->camera),
                       G_OBJECT (self->microphone),
                       G_OBJECT (self->speaker) };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_signal_connect_object (parts[i], "notify::problem", G_CALLBACK (on_part_changed), self, 0);
    g_signal_connect_object (parts[i], "notify::active", G_CALLBACK (on_part_changed), self, 0);
  }
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++)
    g_signal_connect_object (duo_media_parts_get_selector (self->parts, i),
                             "switched",
                             G_CALLBACK (on_switched),
                             self,
                             0);
  g_signal_connect_object (self->microphone,
                           "level",
                           G_CALLBACK (on_level),
                           self,
                           G_CONNECT_SWAPPED);
}

DuoMediaGraph *
duo_media_graph_new (DuoDeviceMonitor *monitor, gboolean test_media)
{
  g_return_val_if_fail (monitor == NULL || DUO_IS_DEVICE_MONITOR (monitor), NULL);

  DuoMediaGraph *self = g_object_new (DUO_TYPE_MEDIA_GRAPH, NULL);

  self->parts = duo_media_parts_new (monitor, test_media);
  self->camera = duo_media_parts_get_camera (self->parts);
  self->microphone = duo_media_parts_get_microphone (self->parts);
  self->speaker = duo_media_parts_get_speaker (self->parts);
  self->ports = duo_media_ports_new (self->parts);
  watch_parts (self);
  return self;
}

void
duo_media_graph_start (DuoMediaGraph *self)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_media_parts_start (self->parts);
}

void
duo_media_graph_stop_async (DuoMediaGraph *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, duo_media_graph_stop_async);
  duo_media_ports_detach_all (self->ports);
  duo_media_parts_stop_async (self->parts, on_stopped, task);
}

gboolean
duo_media_graph_stop_finish (DuoMediaGraph *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
duo_media_graph_set_preview_sink (DuoMediaGraph *self, GstElement *sink)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_media_ports_set_preview_sink (self->ports, sink);
}

void
duo_media_graph_set_preview_large (DuoMediaGraph *self, gboolean large)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_media_ports_set_preview_large (self->ports, large);
}

void
duo_media_graph_attach_peer (DuoMediaGraph *self,
                             GstAppSrc *audio_in,
                             GstAppSrc *video_in,
                             GstAppSink *audio_out)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_media_ports_attach_peer (self->ports, audio_in, video_in, audio_out);
}

void
duo_media_graph_detach_peer (DuoMediaGraph *self)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_media_ports_detach_peer (self->ports);
}

void
duo_media_graph_set_remote_sound_tap (DuoMediaGraph *self, GstAppSrc *tap)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_playback_set_tap (duo_speaker_get_playback (self->speaker), tap);
}

void
duo_media_graph_play_chime (DuoMediaGraph *self)
{
  g_return_if_fail (DUO_IS_MEDIA_GRAPH (self));

  duo_playback_play_chime (duo_speaker_get_playback (self->speaker));
}

GstClock *
duo_media_graph_get_clock (DuoMediaGraph *self)
{
  g_return_val_if_fail (DUO_IS_MEDIA_GRAPH (self), NULL);

  return self->clock;
}
