/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoMediaError:
 * @DUO_MEDIA_ERROR_MISSING_PLUGIN: a GStreamer element is not installed
 * @DUO_MEDIA_ERROR_NO_DEVICE: there is no such device
 * @DUO_MEDIA_ERROR_BUSY: the device is in use by another program
 * @DUO_MEDIA_ERROR_DENIED: permission was refused
 * @DUO_MEDIA_ERROR_FAILED: anything else
 *
 * Errors of the media layer.
 */
typedef enum {
  DUO_MEDIA_ERROR_MISSING_PLUGIN,
  DUO_MEDIA_ERROR_NO_DEVICE,
  DUO_MEDIA_ERROR_BUSY,
  DUO_MEDIA_ERROR_DENIED,
  DUO_MEDIA_ERROR_FAILED,
} DuoMediaError;

/**
 * DUO_MEDIA_ERROR:
 *
 * The error domain of devices, capture and playback.
 */
#define DUO_MEDIA_ERROR (duo_media_error_quark ())
GQuark duo_media_error_quark (void);

G_END_DECLS
