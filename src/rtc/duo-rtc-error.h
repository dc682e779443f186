/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoRtcError:
 * @DUO_RTC_ERROR_MISSING_PLUGIN: a GStreamer element is not installed
 * @DUO_RTC_ERROR_DESCRIPTION: a session description was refused before or by webrtcbin
 * @DUO_RTC_ERROR_CANDIDATE: an ICE candidate was refused
 * @DUO_RTC_ERROR_FINGERPRINT: the certificate in use is not the one in the description
 * @DUO_RTC_ERROR_STATE: not possible in this state, such as sending on a closed channel
 * @DUO_RTC_ERROR_NO_RELAY: only a relay is to be used, and none is known
 * @DUO_RTC_ERROR_RELAY: only a relay is to be used, and none gave an address
 * @DUO_RTC_ERROR_FAILED: anything else
 *
 * Errors of the rtc layer.
 */
typedef enum {
  DUO_RTC_ERROR_MISSING_PLUGIN,
  DUO_RTC_ERROR_DESCRIPTION,
  DUO_RTC_ERROR_CANDIDATE,
  DUO_RTC_ERROR_FINGERPRINT,
  DUO_RTC_ERROR_STATE,
  DUO_RTC_ERROR_NO_RELAY,
  DUO_RTC_ERROR_RELAY,
  DUO_RTC_ERROR_FAILED,
} DuoRtcError;

/**
 * DUO_RTC_ERROR:
 *
 * The error domain of peer connections.
 */
#define DUO_RTC_ERROR (duo_rtc_error_quark ())
GQuark duo_rtc_error_quark (void);

G_END_DECLS
