/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-portal-camera.h"

#include "duo-elements.h"

#include <glib/gstdio.h>
#include <libportal/portal.h>

/**
 * DuoPortalCamera:
 *
 * The camera that a sandboxed app may use: PipeWire behind the camera portal, which asks the person
 * first. The question is asked on the way from NULL to READY, which therefore takes as long as the
 * answer: such pipelines change their state in threads of their own.
 */
struct _DuoPortalCamera {
  GstBin parent_instance;

  /* Borrowed, a child of the bin */
  GstElement *source;

  int fd; /* PipeWire's, or -1; PipeWire's client knows it by its number as long as it lives */
};

G_DEFINE_FINAL_TYPE (DuoPortalCamera, duo_portal_camera, GST_TYPE_BIN)

/* One question and its answer. */
typedef struct {
  gboolean answered;
  gboolean granted;
  GError *error;
} Request;

static void
on_access (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;

  request->granted = xdp_portal_access_camera_finish (XDP_PORTAL (source), result, &request->error);
  request->answered = TRUE;
}

static int
ask_portal (GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (XdpPortal) portal = NULL;
  Request request = { 0 };
  int fd = -1;

  g_main_context_push_thread_default (context);
  portal = xdp_portal_new ();
  xdp_portal_access_camera (portal, NULL, XDP_CAMERA_FLAG_NONE, NULL, on_access, &request);
  while (!request.answered)
    g_main_context_iteration (context, TRUE);
  if (request.granted)
    fd = xdp_portal_open_pipewire_remote_for_camera (portal);
  if (request.error != NULL)
    g_propagate_error (error, request.error);
  g_main_context_pop_thread_default (context);
  return fd;
}

static gboolean
connect_to_camera (DuoPortalCamera *self)
{
  g_autoptr (GError) error = NULL;

  if (self->fd >= 0)
    return TRUE;
  self->fd = ask_portal (&error);
  if (self->fd >= 0) {
    g_object_set (self->source, "fd", self->fd, NULL);
    /* From here on it is up to the camera alone. */
    gst_element_post_message (GST_ELEMENT (self),
                              gst_message_new_element (GST_OBJECT (self),
                                                       gst_structure_new_empty (
                                                         DUO_PORTAL_CAMERA_GRANTED)));
    return TRUE;
  }

  /* Saying no comes as either, depending on the portal. */
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    GST_ELEMENT_ERROR (self,
                       RESOURCE,
                       NOT_AUTHORIZED,
                       (NULL),
                       ("%s", error != NULL ? error->message : "no connection to PipeWire"));
  else
    GST_ELEMENT_ERROR (self, RESOURCE, FAILED, (NULL), ("%s", error->message));
  return FALSE;
}

static GstStateChangeReturn
duo_portal_camera_change_state (GstElement *element, GstStateChange transition)
{
  if (transition == GST_STATE_CHANGE_NULL_TO_READY &&
      !connect_to_camera (DUO_PORTAL_CAMERA (element)))
    return GST_STATE_CHANGE_FAILURE;

  return GST_ELEMENT_CLASS (duo_portal_camera_parent_class)->change_state (element, transition);
}

static void
duo_portal_camera_finalize (GObject *object)
{
  DuoPortalCamera *self = DUO_PORTAL_CAMERA (object);
  int fd = self->fd;

  G_OBJECT_CLASS (duo_portal_camera_parent_class)->finalize (object);

  if (fd >= 0)
    g_close (fd, NULL);
}

static void
duo_portal_camera_class_init (DuoPortalCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->finalize = duo_portal_camera_finalize;
  element_class->change_state = duo_portal_camera_change_state;
  gst_element_class_set_static_metadata (element_class,
                                         "Camera behind the portal",
                                         "Source/Video",
                                         "Asks the camera portal and gives its pictures",
                                         "The Duologue developers");
}

static void
duo_portal_camera_init (DuoPortalCamera *self)
{
  self->fd = -1;
}

/**
 * duo_portal_camera_is_needed:
 *
 * Returns: whether cameras are reached by the portal only: in a sandbox, or where
 * DUOLOGUE_CAMERA_PORTAL is in the environment
 */
gboolean
duo_portal_camera_is_needed (void)
{
  return xdp_portal_running_under_sandbox () || g_getenv ("DUOLOGUE_CAMERA_PORTAL") != NULL;
}

/**
 * duo_portal_camera_new:
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Returns: (transfer floating) (nullable): a source of raw pictures
 */
GstElement *
duo_portal_camera_new (GError **error)
{
  DuoPortalCamera *self = g_object_new (DUO_TYPE_PORTAL_CAMERA, "name", "camera", NULL);
  g_autoptr (GstCaps) raw = gst_caps_new_empty_simple ("video/x-raw");
  /* PipeWire's source never gets a link where anything at all is taken from it. */
  GstElement *chain[] = {
    duo_elements_make ("pipewiresrc", "source", error),
    duo_elements_make_caps_filter ("format", raw),
  };

  if (!duo_elements_add_chain (GST_BIN (self), chain, G_N_ELEMENTS (chain))) {
    g_object_unref (g_object_ref_sink (self));
    return NULL;
  }
  self->source = chain[0];
  duo_elements_keep_buffers_alive (self->source);
  duo_elements_add_ghost_pad (GST_BIN (self), chain[1], "src");
  return GST_ELEMENT (self);
}
