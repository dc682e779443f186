/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DuoCallState:
 * @DUO_CALL_STATE_IDLE: not joined yet: the lobby
 * @DUO_CALL_STATE_PREPARING: the keys of the room are being derived
 * @DUO_CALL_STATE_JOINING: on the way into the room
 * @DUO_CALL_STATE_WAITING: in the room, alone
 * @DUO_CALL_STATE_CONNECTING: somebody is there; no media yet
 * @DUO_CALL_STATE_CONNECTED: both see and hear each other
 * @DUO_CALL_STATE_RECONNECTING: the other has gone quiet; trying again
 * @DUO_CALL_STATE_ENDED: over, see #DuoCallEndReason; final
 *
 * Where a call stands. The nicks are stable words for machines (`duologue-cli --stats json`).
 */
typedef enum {
  DUO_CALL_STATE_IDLE,
  DUO_CALL_STATE_PREPARING,
  DUO_CALL_STATE_JOINING,
  DUO_CALL_STATE_WAITING,
  DUO_CALL_STATE_CONNECTING,
  DUO_CALL_STATE_CONNECTED,
  DUO_CALL_STATE_RECONNECTING,
  DUO_CALL_STATE_ENDED,
} DuoCallState;

#define DUO_TYPE_CALL_STATE (duo_call_state_get_type ())
GType duo_call_state_get_type (void) G_GNUC_CONST;

/**
 * DuoCallEndReason:
 * @DUO_CALL_END_NONE: the call has not ended
 * @DUO_CALL_END_LEFT: you hung up
 * @DUO_CALL_END_REMOTE_LEFT: the other hung up
 * @DUO_CALL_END_ROOM_FULL: the room was full and stayed so
 * @DUO_CALL_END_CONNECTION_LOST: the other could not be reached again for a minute
 * @DUO_CALL_END_EXPIRED: the room's life is over
 * @DUO_CALL_END_NOT_ALLOWED: the server refused
 * @DUO_CALL_END_TAKEN_OVER: this seat was taken by another window or machine of yours
 * @DUO_CALL_END_BUSY: the other is in a call with somebody else
 * @DUO_CALL_END_FINGERPRINT: the other end is not who its description says
 * @DUO_CALL_END_VERIFICATION: the other revealed something else than it had committed to
 * @DUO_CALL_END_PROTOCOL: the other or the server broke the protocol
 * @DUO_CALL_END_UNTRUSTED: this computer does not trust the server's certificate
 * @DUO_CALL_END_NO_RELAY: the call may only go through a relay, and none is known
 * @DUO_CALL_END_RELAY: the call may only go through a relay, and none lets us in
 * @DUO_CALL_END_FAILED: anything else, see duo_call_get_error()
 *
 * Why a call ended.
 */
typedef enum {
  DUO_CALL_END_NONE,
  DUO_CALL_END_LEFT,
  DUO_CALL_END_REMOTE_LEFT,
  DUO_CALL_END_ROOM_FULL,
  DUO_CALL_END_CONNECTION_LOST,
  DUO_CALL_END_EXPIRED,
  DUO_CALL_END_NOT_ALLOWED,
  DUO_CALL_END_TAKEN_OVER,
  DUO_CALL_END_BUSY,
  DUO_CALL_END_FINGERPRINT,
  DUO_CALL_END_VERIFICATION,
  DUO_CALL_END_PROTOCOL,
  DUO_CALL_END_UNTRUSTED,
  DUO_CALL_END_NO_RELAY,
  DUO_CALL_END_RELAY,
  DUO_CALL_END_FAILED,
} DuoCallEndReason;

#define DUO_TYPE_CALL_END_REASON (duo_call_end_reason_get_type ())
GType duo_call_end_reason_get_type (void) G_GNUC_CONST;

/**
 * DuoCallTrouble:
 * @DUO_CALL_TROUBLE_NONE: none
 * @DUO_CALL_TROUBLE_LOCAL: the network of this computer
 * @DUO_CALL_TROUBLE_REMOTE: the other's network or computer
 *
 * Whose side a poor or lost connection is on.
 */
typedef enum {
  DUO_CALL_TROUBLE_NONE,
  DUO_CALL_TROUBLE_LOCAL,
  DUO_CALL_TROUBLE_REMOTE,
} DuoCallTrouble;

#define DUO_TYPE_CALL_TROUBLE (duo_call_trouble_get_type ())
GType duo_call_trouble_get_type (void) G_GNUC_CONST;

/**
 * DuoCallSafety:
 * @DUO_CALL_SAFETY_NONE: not known yet, or lost with a rebuilt connection
 * @DUO_CALL_SAFETY_EMOJI: duo_call_get_safety_emoji() has four pictures to compare
 * @DUO_CALL_SAFETY_UNVERIFIABLE: the other does not take part in the comparison
 *
 * Whether the two people can find out that nobody sits between them.
 */
typedef enum {
  DUO_CALL_SAFETY_NONE,
  DUO_CALL_SAFETY_EMOJI,
  DUO_CALL_SAFETY_UNVERIFIABLE,
} DuoCallSafety;

#define DUO_TYPE_CALL_SAFETY (duo_call_safety_get_type ())
GType duo_call_safety_get_type (void) G_GNUC_CONST;

/**
 * duo_enum_nick:
 * @type: one of the enum types above
 * @value: a value of it
 *
 * Gives the stable machine word of an enum value, such as `connected`.
 *
 * Returns: (transfer none): the nick, or `unknown`
 */
const char *duo_enum_nick (GType type, int value);

G_END_DECLS
