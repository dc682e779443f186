/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-controller.h"

#include "duo-call-session.h"
#include "duo-device-choice.h"
#include "duo-ice-store.h"
#include "duo-peer-factory.h"
#include "duo-video-paintable.h"

/**
 * DuoCallController:
 *
 * Everything behind one call, from the lobby to its end: the devices, the two pictures and, once
 * joined, the call itself. Views get from it what they bind to.
 */
struct _DuoCallController {
  GObject parent_instance;

  /* Owned */
  DuoCallRequest *request;
  GSettings *settings;
  DuoDeviceMonitor *monitor;
  DuoMediaGraph *graph;
  DuoVideoPaintable *own;
  DuoVideoPaintable *remote;
  DuoCallSession *session;
};

G_DEFINE_FINAL_TYPE (DuoCallController, duo_call_controller, G_TYPE_OBJECT)

static GstElement *
create_remote_sink (gpointer user_data)
{
  return duo_video_paintable_create_sink (DUO_VIDEO_PAINTABLE (user_data));
}

/* The names of the graph's properties for the kinds of devices. */
static const char *const kind_properties[] = {
  [DUO_DEVICE_CAMERA] = "camera",
  [DUO_DEVICE_MICROPHONE] = "microphone",
  [DUO_DEVICE_SPEAKER] = "speaker",
};

static void
choose_devices (DuoCallController *self)
{
  for (guint kind = 0; self->monitor != NULL && self->graph != NULL && kind < DUO_N_DEVICE_KINDS;
       kind++) {
    GListModel *devices = duo_device_monitor_get_devices (self->monitor, (DuoDeviceKind) kind);
    g_autofree char *id = duo_device_choice_find (self->settings, (DuoDeviceKind) kind, devices);

    g_object_set (self->graph, kind_properties[kind], id, NULL);
  }
}

static void
start_media (DuoCallController *self)
{
  self->graph = duo_media_graph_new (self->monitor, self->request->test_media);
  duo_peer_factory_prepare ();
  g_object_set (self->graph,
                "camera-enabled",
                self->request->camera,
                "microphone-enabled",
                self->request->microphone,
                NULL);
  g_settings_bind (self->settings,
                   "noise-suppression",
                   self->graph,
                   "noise-suppression",
                   G_SETTINGS_BIND_GET);
  /* A device that somebody picks, here or in the preferences, is used at once. */
  for (guint kind = 0; kind < DUO_N_DEVICE_KINDS; kind++) {
    g_autofree char *changed =
      g_strconcat ("changed::", duo_device_choice_get_key ((DuoDeviceKind) kind), NULL);

    g_signal_connect_object (self->settings,
                             changed,
                             G_CALLBACK (choose_devices),
                             self,
                             G_CONNECT_SWAPPED);
  }
  choose_devices (self);
  duo_media_graph_set_preview_sink (self->graph, duo_video_paintable_create_sink (self->own));
  duo_media_graph_set_preview_large (self->graph, TRUE);
  duo_media_graph_start (self->graph);
}

static void
use_network_settings (DuoCallController *self, DuoIcePlan *plan)
{
  g_auto (GStrv) uris = duo_ice_store_load_uris (NULL);

  duo_ice_plan_set_own (plan, (const char *const *) uris);
  duo_ice_plan_set_relay_only (plan, g_settings_get_boolean (self->settings, "relay-only"));
}

static void
on_stopped (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!duo_media_graph_stop_finish (DUO_MEDIA_GRAPH (object), result, &error))
    g_warning ("Could not close the devices: %s", error->message);
}

static void
on_closed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GApplication *application = user_data;

  duo_call_session_close_finish (DUO_CALL_SESSION (object), result);
  if (application != NULL)
    g_application_release (application);
}

static void
duo_call_controller_dispose (GObject *object)
{
  DuoCallController *self = DUO_CALL_CONTROLLER (object);

  duo_call_controller_close (self);
  g_clear_object (&self->session);
  g_clear_object (&self->own);
  g_clear_object (&self->remote);
  g_clear_object (&self->monitor);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->request, duo_call_request_free);

  G_OBJECT_CLASS (duo_call_controller_parent_class)->dispose (object);
}

static void
duo_call_controller_class_init (DuoCallControllerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = duo_call_controller_dispose;
}

static void
duo_call_controller_init (DuoCallController *self)
{
  self->own = duo_video_paintable_new ();
  self->remote = duo_video_paintable_new ();
}

/**
 * duo_call_controller_new:
 * @request: the call
 * @monitor: (nullable): the devices to choose from; %NULL with test media
 * @settings: the settings of the program
 *
 * Opens the devices for a call that is about to be joined.
 *
 * Returns: (transfer full): the controller
 */
DuoCallController *
duo_call_controller_new (const DuoCallRequest *request,
                         DuoDeviceMonitor *monitor,
                         GSettings *settings)
{
  DuoCallController *self = g_object_new (DUO_TYPE_CALL_CONTROLLER, NULL);

  self->request = duo_call_request_copy (request);
  self->settings = g_object_ref (settings);
  g_set_object (&self->monitor, monitor);
  start_media (self);
  return self;
}

/**
 * duo_call_controller_get_request:
 *
 * Returns: (transfer none): what the call is
 */
const DuoCallRequest *
duo_call_controller_get_request (DuoCallController *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CONTROLLER (self), NULL);

  return self->request;
}

/**
 * duo_call_controller_get_graph:
 *
 * Returns: (transfer none) (nullable): the devices in use, %NULL once closed
 */
DuoMediaGraph *
duo_call_controller_get_graph (DuoCallController *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CONTROLLER (self), NULL);

  return self->graph;
}

/**
 * duo_call_controller_get_monitor:
 *
 * Returns: (transfer none) (nullable): the devices to choose from
 */
DuoDeviceMonitor *
duo_call_controller_get_monitor (DuoCallController *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CONTROLLER (self), NULL);

  return self->monitor;
}

/**
 * duo_call_controller_get_own_picture:
 *
 * Returns: (transfer none): what the camera sees, not mirrored
 */
GdkPaintable *
duo_call_controller_get_own_picture (DuoCallController *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CONTROLLER (self), NULL);

  return GDK_PAINTABLE (self->own);
}

/**
 * duo_call_controller_get_remote_picture:
 *
 * Returns: (transfer none): what the other's camera sees
 */
GdkPaintable *
duo_call_controller_get_remote_picture (DuoCallController *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CONTROLLER (self), NULL);

  return GDK_PAINTABLE (self->remote);
}

/**
 * duo_call_controller_get_call:
 *
 * Returns: (transfer none) (nullable): the call, %NULL before it is joined
 */
DuoCall *
duo_call_controller_get_call (DuoCallController *self)
{
  g_return_val_if_fail (DUO_IS_CALL_CONTROLLER (self), NULL);

  return self->session != NULL ? DUO_CALL (self->session) : NULL;
}

/**
 * duo_call_controller_join:
 * @name: the person's own name
 *
 * Joins the call. It has to be done once only.
 *
 * Returns: (transfer none): the call, on its way into the room
 */
DuoCall *
duo_call_controller_join (DuoCallController *self, const char *name)
{
  g_autoptr (DuoPeerFactory) factory = NULL;

  g_return_val_if_fail (DUO_IS_CALL_CONTROLLER (self), NULL);
  g_return_val_if_fail (self->session == NULL && self->graph != NULL, NULL);

  factory = duo_peer_factory_new (self->graph,
                                  create_remote_sink,
                                  g_object_ref (self->remote),
                                  g_object_unref);
  use_network_settings (self, duo_peer_factory_get_ice_plan (factory));
  self->session = duo_call_session_new (self->request->link, name, self->graph, factory, NULL);
  duo_media_graph_set_preview_large (self->graph, FALSE);
  duo_call_join (DUO_CALL (self->session));
  return DUO_CALL (self->session);
}

/**
 * duo_call_controller_prefer:
 * @device: what somebody picked
 *
 * Uses the device now, and in calls to come.
 */
void
duo_call_controller_prefer (DuoCallController *self, DuoDevice *device)
{
  g_return_if_fail (DUO_IS_CALL_CONTROLLER (self));

  duo_device_choice_remember (self->settings, device);
}

/**
 * duo_call_controller_close:
 *
 * Hangs up if need be and closes the devices, so that the camera's light goes out.
 */
void
duo_call_controller_close (DuoCallController *self)
{
  GApplication *application = g_application_get_default ();

  g_return_if_fail (DUO_IS_CALL_CONTROLLER (self));

  if (self->graph == NULL)
    return;
  if (self->session != NULL) {
    /* The program has to stay until the goodbye is out. */
    if (application != NULL)
      g_application_hold (application);
    duo_call_session_close_async (self->session, on_closed, application);
  }
  g_settings_unbind (self->graph, "noise-suppression");
  duo_media_graph_set_preview_sink (self->graph, NULL);
  duo_media_graph_stop_async (self->graph, on_stopped, NULL);
  g_clear_object (&self->graph);
}
