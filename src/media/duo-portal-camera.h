/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define DUO_TYPE_PORTAL_CAMERA (duo_portal_camera_get_type ())
G_DECLARE_FINAL_TYPE (DuoPortalCamera, duo_portal_camera, DUO, PORTAL_CAMERA, GstBin)

/* The name of the element message that tells of the permission. */
#define DUO_PORTAL_CAMERA_GRANTED "duo-portal-camera-granted"

gboolean duo_portal_camera_is_needed (void);
GstElement *duo_portal_camera_new (GError **error);

G_END_DECLS
