/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-fault.h"

#include "duo-rtc-error.h"

/**
 * duo_call_fault_judge:
 * @error: why a connection failed
 * @media: how things stand with the other
 * @open_room: whether anybody may have said anything
 *
 * Decides whether another connection could do better. A relay that refuses us will do so again,
 * unless it has let us through before and it is the network that is gone. In an open room a
 * description that cannot be taken may be a plain web client's, which can still answer ours.
 *
 * Returns: why the call is over, %DUO_CALL_END_NONE if it is worth another try
 */
DuoCallEndReason
duo_call_fault_judge (const GError *error, DuoPairingMedia media, gboolean open_room)
{
  if (error->domain != DUO_RTC_ERROR)
    return DUO_CALL_END_NONE;

  switch ((DuoRtcError) error->code) {
  case DUO_RTC_ERROR_FINGERPRINT:
    return DUO_CALL_END_FINGERPRINT;
  case DUO_RTC_ERROR_DESCRIPTION:
    return open_room ? DUO_CALL_END_NONE : DUO_CALL_END_PROTOCOL;
  case DUO_RTC_ERROR_MISSING_PLUGIN:
    return DUO_CALL_END_FAILED;
  case DUO_RTC_ERROR_NO_RELAY:
    return DUO_CALL_END_NO_RELAY;
  case DUO_RTC_ERROR_RELAY:
    return media == DUO_PAIRING_MEDIA_NONE ? DUO_CALL_END_RELAY : DUO_CALL_END_NONE;
  case DUO_RTC_ERROR_CANDIDATE:
  case DUO_RTC_ERROR_STATE:
  case DUO_RTC_ERROR_FAILED:
  default:
    return DUO_CALL_END_NONE;
  }
}
