/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-close-policy.h"

/* RFC 6455 section 7.4.2: 4000 to 4999 are the application's own. */
#define PRIVATE_FIRST 4000
#define PRIVATE_LAST 4999

static const struct {
  guint code;
  DuoCloseAction action;
  DuoRoomCloseReason reason;
} policies[] = {
  { 1015, DUO_CLOSE_ACTION_STOP_UNLESS_KNOWN, DUO_ROOM_CLOSE_UNTRUSTED },
  { 4000, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_MALFORMED },
  { 4001, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_TAKEN_OVER },
  { 4003, DUO_CLOSE_ACTION_RETRY_FULL, DUO_ROOM_CLOSE_FULL },
  { 4004, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_EXPIRED },
  { 4005, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 4006, DUO_CLOSE_ACTION_RETRY_LATER, DUO_ROOM_CLOSE_NOT_ALLOWED },
  { 4008, DUO_CLOSE_ACTION_STOP, DUO_ROOM_CLOSE_TOO_FAST },
};

G_DEFINE_ENUM_TYPE (DuoRoomCloseReason,
                    duo_room_close_reason,
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_MALFORMED, "malformed"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_TAKEN_OVER, "taken-over"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_NOT_ALLOWED, "not-allowed"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_TOO_FAST, "too-fast"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_CLOSE_UNTRUSTED, "untrusted"))

G_DEFINE_ENUM_TYPE (DuoRoomObstacle,
                    duo_room_obstacle,
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_OBSTACLE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_OBSTACLE_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (DUO_ROOM_OBSTACLE_NOT_STARTED, "not-started"))

/**
 * duo_close_policy_decide:
 * @code: the close code that the server sent, 0 or 1006 if the connection just ended
 * @reason: (out): the reason, should the client stop
 *
 * Decides what to do about a connection that has ended without our asking. Only the codes from 4000
 * to 4999 are the room's own word; all others say that the server or the network has gone, 1000
 * too, as we did not leave. 1015 is no server's word at all but our own: it never goes over the
 * wire (RFC 6455 section 7.4.1).
 *
 * Returns: what to do
 */
DuoCloseAction
duo_close_policy_decide (guint code, DuoRoomCloseReason *reason)
{
  g_return_val_if_fail (reason != NULL, DUO_CLOSE_ACTION_STOP);

  *reason = DUO_ROOM_CLOSE_NOT_ALLOWED;

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++) {
    if (policies[i].code == code) {
      *reason = policies[i].reason;
      return policies[i].action;
    }
  }

  if (code >= PRIVATE_FIRST && code <= PRIVATE_LAST)
    return DUO_CLOSE_ACTION_STOP;

  return DUO_CLOSE_ACTION_RETRY;
}
