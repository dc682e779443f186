/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoSignalingError:
 * @DUO_SIGNALING_ERROR_UNREACHABLE: nobody answered at that address
 * @DUO_SIGNALING_ERROR_UNTRUSTED: the server's certificate is not one to trust
 * @DUO_SIGNALING_ERROR_NOT_A_SERVER: whoever answered is no room server
 *
 * Errors of the signaling layer.
 */
typedef enum {
  DUO_SIGNALING_ERROR_UNREACHABLE,
  DUO_SIGNALING_ERROR_UNTRUSTED,
  DUO_SIGNALING_ERROR_NOT_A_SERVER,
} DuoSignalingError;

/**
 * DUO_SIGNALING_ERROR:
 *
 * The error domain of reaching room servers.
 */
#define DUO_SIGNALING_ERROR (duo_signaling_error_quark ())
GQuark duo_signaling_error_quark (void);

G_END_DECLS
