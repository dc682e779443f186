/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DuoDeviceKind:
 * @DUO_DEVICE_CAMERA: gives pictures
 * @DUO_DEVICE_MICROPHONE: gives sound
 * @DUO_DEVICE_SPEAKER: plays sound
 *
 * What a device does.
 */
typedef enum {
  DUO_DEVICE_CAMERA,
  DUO_DEVICE_MICROPHONE,
  DUO_DEVICE_SPEAKER,
} DuoDeviceKind;

#define DUO_N_DEVICE_KINDS (DUO_DEVICE_SPEAKER + 1)

/**
 * DuoMediaProblem:
 * @DUO_MEDIA_PROBLEM_NONE: all is well, or the device is not wanted
 * @DUO_MEDIA_PROBLEM_MISSING: there is no device of the kind
 * @DUO_MEDIA_PROBLEM_BUSY: another program has it
 * @DUO_MEDIA_PROBLEM_DENIED: permission was refused
 * @DUO_MEDIA_PROBLEM_NO_FRAMES: it opened, but gives nothing
 * @DUO_MEDIA_PROBLEM_FAILED: anything else
 *
 * Why a device does not work. None of them keeps a call from going on.
 */
typedef enum {
  DUO_MEDIA_PROBLEM_NONE,
  DUO_MEDIA_PROBLEM_MISSING,
  DUO_MEDIA_PROBLEM_BUSY,
  DUO_MEDIA_PROBLEM_DENIED,
  DUO_MEDIA_PROBLEM_NO_FRAMES,
  DUO_MEDIA_PROBLEM_FAILED,
} DuoMediaProblem;

G_END_DECLS
