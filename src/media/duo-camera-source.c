/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-camera-source.h"

#include "duo-camera-format.h"
#include "duo-elements.h"
#include "duo-media-error.h"
#include "duo-portal-camera.h"

static GstElement *
make_synthetic (const char *name, const char *pattern, const char *caps_text, GError **error)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (caps_text);
  GstElement *chain[] = {
    duo_elements_make ("videotestsrc", "source", error),
    duo_elements_make_caps_filter ("format", caps),
  };

  if (chain[0] != NULL) {
    g_object_set (chain[0], "is-live", TRUE, NULL);
    gst_util_set_object_arg (G_OBJECT (chain[0]), "pattern", pattern);
  }
  return duo_elements_make_source_bin (name, chain, G_N_ELEMENTS (chain));
}

static GstElement *
make_device_bin (DuoDevice *device, GstDevice *source, GError **error)
{
  g_autoptr (GstCaps) offered = gst_device_get_caps (source);
  g_autoptr (GstCaps) format = duo_camera_format_choose (offered);
  GstElement *element = gst_device_create_element (source, "source");
  GstElement *chain[3] = { element, duo_elements_make_caps_filter ("format", format) };
  gsize length = 2;

  if (duo_camera_format_is_compressed (format))
    chain[length++] = duo_elements_make ("jpegdec", "decoder", error);
  if (element == NULL)
    g_set_error (error,
                 DUO_MEDIA_ERROR,
                 DUO_MEDIA_ERROR_MISSING_PLUGIN,
                 "There is no element for “%s”",
                 duo_device_get_label (device));
  else
    duo_elements_keep_buffers_alive (element);
  return duo_elements_make_source_bin ("camera", chain, length);
}

/**
 * duo_camera_source_new_test:
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Returns: (transfer floating) (nullable): a moving picture, 1280x720 at 30 frames a second
 */
GstElement *
duo_camera_source_new_test (GError **error)
{
  return make_synthetic ("test-picture",
                         "ball",
                         "video/x-raw,format=I420,width=1280,height=720,framerate=30/1",
                         error);
}

/**
 * duo_camera_source_new_black:
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * What goes out while the camera is off: black, often enough that a lost frame is soon made up for
 * and that a new peer has one at once.
 *
 * Returns: (transfer floating) (nullable): a black picture, 5 frames a second
 */
GstElement *
duo_camera_source_new_black (GError **error)
{
  return make_synthetic ("black-picture",
                         "black",
                         "video/x-raw,format=I420,width=640,height=360,framerate=5/1",
                         error);
}

/**
 * duo_camera_source_new_for_device:
 * @device: a camera, or the one behind the portal
 * @error: return location for a #DuoMediaError
 *
 * Makes a source in the size nearest to 1280x720 at 30 frames a second that the camera has.
 *
 * Returns: (transfer floating) (nullable): raw pictures
 */
GstElement *
duo_camera_source_new_for_device (DuoDevice *device, GError **error)
{
  GstDevice *source = duo_device_get_source (device);

  return source != NULL ? make_device_bin (device, source, error) : duo_portal_camera_new (error);
}
