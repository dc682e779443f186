/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-device-monitor.h"

#include "duo-portal-camera.h"

#include <glib/gi18n-lib.h>

/**
 * DuoDeviceMonitor:
 *
 * The cameras, microphones and speakers that there are, kept up to date.
 */
struct _DuoDeviceMonitor {
  GObject parent_instance;

  /* Owned */
  GstBus *bus; /* of the shared monitor, while listening */
  GListStore *devices[DUO_N_DEVICE_KINDS];

  gboolean started;
  gboolean ready;
};

/* GStreamer's monitor, one for the process that is never stopped: in 1.22 one that stops silences
 * all others, and providers that start a second time corrupt the heap. */
static struct {
  GstDeviceMonitor *monitor;
  GMutex mutex;
  gboolean started; /* guarded by the mutex */
} shared;

enum {
  PROP_0,
  PROP_READY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoDeviceMonitor, duo_device_monitor, G_TYPE_OBJECT)

static const char *const device_classes[DUO_N_DEVICE_KINDS] = {
  [DUO_DEVICE_CAMERA] = "Video/Source",
  [DUO_DEVICE_MICROPHONE] = "Audio/Source",
  [DUO_DEVICE_SPEAKER] = "Audio/Sink",
};

static GstStructure *
dup_properties (GstDevice *source)
{
  GstStructure *details = gst_device_get_properties (source);

  return details != NULL ? details : gst_structure_new_empty ("none");
}

/* PipeWire and PulseAudio both list all sound devices: PulseAudio's elements are used for sound.
 * PipeWire lists screens as well as cameras. A monitor is what a speaker plays. */
static gboolean
find_kind (GstDevice *source, DuoDeviceKind *kind)
{
  const char *type = G_OBJECT_TYPE_NAME (source);
  gboolean pipewire = strcmp (type, "GstPipeWireDevice") == 0;
  g_autoptr (GstStructure) details = dup_properties (source);

  if (gst_device_has_classes (source, device_classes[DUO_DEVICE_CAMERA])) {
    *kind = DUO_DEVICE_CAMERA;
    return !pipewire || g_strcmp0 (gst_structure_get_string (details, "media.role"), "Camera") == 0;
  }
  if (pipewire || strcmp (type, "GstAlsaDevice") == 0 ||
      g_strcmp0 (gst_structure_get_string (details, "device.class"), "monitor") == 0)
    return FALSE;

  *kind = gst_device_has_classes (source, device_classes[DUO_DEVICE_MICROPHONE])
            ? DUO_DEVICE_MICROPHONE
            : DUO_DEVICE_SPEAKER;
  return TRUE;
}

static char *
dup_id (GstDevice *source)
{
  static const char *const names[] = { "node.name", "v4l2.device.bus_info", "device.path" };
  g_autoptr (GstStructure) details = dup_properties (source);
  g_autofree char *internal_name = NULL;

  /* What PulseAudio calls a device. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (source), "internal-name") != NULL)
    g_object_get (source, "internal-name", &internal_name, NULL);
  if (internal_name != NULL)
    return g_steal_pointer (&internal_name);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *name = gst_structure_get_string (details, names[i]);

    if (name != NULL && *name != '\0')
      return g_strdup (name);
  }
  return gst_device_get_display_name (source);
}

static gboolean
is_default (GstDevice *source)
{
  g_autoptr (GstStructure) details = dup_properties (source);
  gboolean result = FALSE;

  gst_structure_get_boolean (details, "is-default", &result);
  return result;
}

static gboolean
find_by_id (DuoDeviceMonitor *self, DuoDeviceKind kind, const char *id, guint *position)
{
  GListModel *devices = G_LIST_MODEL (self->devices[kind]);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (devices, i);

    if (strcmp (duo_device_get_id (device), id) == 0) {
      *position = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* Whether PipeWire has the camera too, which lets several programs share it. */
static gboolean
is_shared_by_pipewire (DuoDeviceMonitor *self, GstDevice *source)
{
  GListModel *devices = G_LIST_MODEL (self->devices[DUO_DEVICE_CAMERA]);
  g_autoptr (GstStructure) details = dup_properties (source);
  const char *path = gst_structure_get_string (details, "device.path");

  for (guint i = 0; path != NULL && i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (devices, i);
    g_autoptr (GstStructure) other = dup_properties (duo_device_get_source (device));

    if (g_strcmp0 (gst_structure_get_string (other, "api.v4l2.path"), path) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The same camera by V4L2, which was listed first. */
static void
remove_unshared (DuoDeviceMonitor *self, GstDevice *source)
{
  GListModel *devices = G_LIST_MODEL (self->devices[DUO_DEVICE_CAMERA]);
  g_autoptr (GstStructure) details = dup_properties (source);
  const char *path = gst_structure_get_string (details, "api.v4l2.path");

  for (guint i = g_list_model_get_n_items (devices); path != NULL && i > 0; i--) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (devices, i - 1);
    g_autoptr (GstStructure) other = dup_properties (duo_device_get_source (device));

    if (g_strcmp0 (gst_structure_get_string (other, "device.path"), path) == 0)
      g_list_store_remove (self->devices[DUO_DEVICE_CAMERA], i - 1);
  }
}

static void
add (DuoDeviceMonitor *self, GstDevice *source)
{
  g_autofree char *id = dup_id (source);
  g_autofree char *label = gst_device_get_display_name (source);
  g_autoptr (DuoDevice) device = NULL;
  DuoDeviceKind kind;
  guint position;

  if (!find_kind (source, &kind) || find_by_id (self, kind, id, &position))
    return;
  if (kind == DUO_DEVICE_CAMERA) {
    if (duo_portal_camera_is_needed ())
      return;
    if (is_shared_by_pipewire (self, source))
      return;
    remove_unshared (self, source);
  }

  device = duo_device_new (kind, id, label, source);
  g_debug ("%s “%s” (%s) is there", device_classes[kind], label, id);
  if (is_default (source))
    g_list_store_insert (self->devices[kind], 0, device);
  else
    g_list_store_append (self->devices[kind], device);
}

static void
take_away (DuoDeviceMonitor *self, GstDevice *source)
{
  g_autofree char *id = dup_id (source);
  DuoDeviceKind kind;
  guint position;

  if (!find_kind (source, &kind) || !find_by_id (self, kind, id, &position))
    return;
  g_debug ("%s %s is gone", device_classes[kind], id);
  g_list_store_remove (self->devices[kind], position);
}

/* Whether there is one behind the portal shows only when it is asked. */
static void
add_portal_camera (DuoDeviceMonitor *self)
{
  g_autoptr (DuoDevice) device = duo_device_new (DUO_DEVICE_CAMERA, "portal", _ ("Camera"), NULL);

  g_list_store_append (self->devices[DUO_DEVICE_CAMERA], device);
}

static void
on_device_added (DuoDeviceMonitor *self, GstMessage *message)
{
  g_autoptr (GstDevice) source = NULL;

  gst_message_parse_device_added (message, &source);
  add (self, source);
}

static void
on_device_removed (DuoDeviceMonitor *self, GstMessage *message)
{
  g_autoptr (GstDevice) source = NULL;

  gst_message_parse_device_removed (message, &source);
  take_away (self, source);
}

static void
free_devices (gpointer devices)
{
  g_list_free_full (devices, gst_object_unref);
}

static void
start_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_mutex_lock (&shared.mutex);
  if (!shared.started && !gst_device_monitor_start (shared.monitor))
    g_debug ("No provider of devices starts");
  shared.started = TRUE;
  g_mutex_unlock (&shared.mutex);

  g_task_return_pointer (task, gst_device_monitor_get_devices (shared.monitor), free_devices);
}

/* Its bus is served for ever, so that nothing piles up there while nobody listens. */
static GstBus *
get_shared_bus (void)
{
  GstBus *bus;

  if (shared.monitor != NULL)
    return gst_device_monitor_get_bus (shared.monitor);

  shared.monitor = gst_device_monitor_new ();
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++)
    gst_device_monitor_add_filter (shared.monitor, device_classes[i], NULL);
  bus = gst_device_monitor_get_bus (shared.monitor);
  gst_bus_add_signal_watch (bus);
  return bus;
}

static void
on_started (GObject *object, GAsyncResult *result, gpointer user_data)
{
  DuoDeviceMonitor *self = DUO_DEVICE_MONITOR (object);
  GList *devices = g_task_propagate_pointer (G_TASK (result), NULL);

  for (GList *l = devices; l != NULL; l = l->next)
    add (self, l->data);
  free_devices (devices);
  self->ready = TRUE;
  g_object_notify_by_pspec (object, properties[PROP_READY]);
}

static void
duo_device_monitor_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  DuoDeviceMonitor *self = DUO_DEVICE_MONITOR (object);

  switch (property_id) {
  case PROP_READY:
    g_value_set_boolean (value, self->ready);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_device_monitor_dispose (GObject *object)
{
  DuoDeviceMonitor *self = DUO_DEVICE_MONITOR (object);

  if (self->bus != NULL)
    g_signal_handlers_disconnect_by_data (self->bus, self);
  gst_clear_object (&self->bus);
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++)
    g_clear_object (&self->devices[i]);

  G_OBJECT_CLASS (duo_device_monitor_parent_class)->dispose (object);
}

static void
duo_device_monitor_class_init (DuoDeviceMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_device_monitor_get_property;
  object_class->dispose = duo_device_monitor_dispose;

  /**
   * DuoDeviceMonitor:ready:
   *
   * Whether the lists are filled: before, an empty one means nothing.
   */
  properties[PROP_READY] =
    g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_device_monitor_init (DuoDeviceMonitor *self)
{
  for (guint i = 0; i < DUO_N_DEVICE_KINDS; i++)
    self->devices[i] = g_list_store_new (DUO_TYPE_DEVICE);
}

/**
 * duo_device_monitor_new:
 *
 * Returns: (transfer full): a monitor with empty lists
 */
DuoDeviceMonitor *
duo_device_monitor_new (void)
{
  return g_object_new (DUO_TYPE_DEVICE_MONITOR, NULL);
}

/**
 * duo_device_monitor_start:
 *
 * Begins to look for devices, in a thread since sound servers may take their time. From the main
 * thread only.
 */
void
duo_device_monitor_start (DuoDeviceMonitor *self)
{
  g_return_if_fail (DUO_IS_DEVICE_MONITOR (self));
  g_return_if_fail (!self->started);

  g_autoptr (GTask) task = g_task_new (self, NULL, on_started, NULL);

  self->started = TRUE;
  if (duo_portal_camera_is_needed ())
    add_portal_camera (self);
  self->bus = get_shared_bus ();
  g_signal_connect_swapped (self->bus, "message::device-added", G_CALLBACK (on_device_added), self);
  g_signal_connect_swapped (self->bus,
                            "message::device-removed",
                            G_CALLBACK (on_device_removed),
                            self);
  g_task_set_source_tag (task, duo_device_monitor_start);
  g_task_run_in_thread (task, start_in_thread);
}

/**
 * duo_device_monitor_is_ready:
 *
 * Returns: whether the lists are filled
 */
gboolean
duo_device_monitor_is_ready (DuoDeviceMonitor *self)
{
  g_return_val_if_fail (DUO_IS_DEVICE_MONITOR (self), FALSE);

  return self->ready;
}

/**
 * duo_device_monitor_get_devices:
 * @kind: which ones
 *
 * Returns: (transfer none): a list of #DuoDevice that changes as they come and go, the system's
 * default first where there is one
 */
GListModel *
duo_device_monitor_get_devices (DuoDeviceMonitor *self, DuoDeviceKind kind)
{
  g_return_val_if_fail (DUO_IS_DEVICE_MONITOR (self), NULL);
  g_return_val_if_fail (kind < DUO_N_DEVICE_KINDS, NULL);

  return G_LIST_MODEL (self->devices[kind]);
}
