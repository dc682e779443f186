/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DuoRoomCloseReason:
 * @DUO_ROOM_CLOSE_DONE: we left
 * @DUO_ROOM_CLOSE_MALFORMED: the server could not make sense of what we sent (4000)
 * @DUO_ROOM_CLOSE_TAKEN_OVER: a newer connection has our seat (4001)
 * @DUO_ROOM_CLOSE_FULL: the room was full and stayed full (4003)
 * @DUO_ROOM_CLOSE_EXPIRED: the room has lived its time (4004)
 * @DUO_ROOM_CLOSE_NOT_ALLOWED: the server does not let us in (4005, or an unknown code from 4000
 * on)
 * @DUO_ROOM_CLOSE_TOO_FAST: we sent too much or too large (4008)
 * @DUO_ROOM_CLOSE_UNTRUSTED: this computer does not trust the server's certificate (1015)
 *
 * Why a room client has stopped for good.
 */
typedef enum {
  DUO_ROOM_CLOSE_DONE,
  DUO_ROOM_CLOSE_MALFORMED,
  DUO_ROOM_CLOSE_TAKEN_OVER,
  DUO_ROOM_CLOSE_FULL,
  DUO_ROOM_CLOSE_EXPIRED,
  DUO_ROOM_CLOSE_NOT_ALLOWED,
  DUO_ROOM_CLOSE_TOO_FAST,
  DUO_ROOM_CLOSE_UNTRUSTED,
} DuoRoomCloseReason;

#define DUO_TYPE_ROOM_CLOSE_REASON (duo_room_close_reason_get_type ())
GType duo_room_close_reason_get_type (void);

/**
 * DuoCloseAction:
 * @DUO_CLOSE_ACTION_STOP: it is over; the reason says why
 * @DUO_CLOSE_ACTION_STOP_UNLESS_KNOWN: it is over, unless it went well before: then it may be a
 * network in between that shows its own page first
 * @DUO_CLOSE_ACTION_RETRY: connect again, for ever
 * @DUO_CLOSE_ACTION_RETRY_FULL: the room is full: try again for a while
 * @DUO_CLOSE_ACTION_RETRY_LATER: nobody has started the room yet: try again every few seconds
 *
 * What a client does about a connection that has ended.
 */
typedef enum {
  DUO_CLOSE_ACTION_STOP,
  DUO_CLOSE_ACTION_STOP_UNLESS_KNOWN,
  DUO_CLOSE_ACTION_RETRY,
  DUO_CLOSE_ACTION_RETRY_FULL,
  DUO_CLOSE_ACTION_RETRY_LATER,
} DuoCloseAction;

DuoCloseAction duo_close_policy_decide (guint code, DuoRoomCloseReason *reason);

/**
 * DuoRoomObstacle:
 * @DUO_ROOM_OBSTACLE_NONE: none that the room has told
 * @DUO_ROOM_OBSTACLE_FULL: the room is full
 * @DUO_ROOM_OBSTACLE_NOT_STARTED: only people with an access token may start the room, and nobody
 *   has
 *
 * What keeps us out of the room for now.
 */
typedef enum {
  DUO_ROOM_OBSTACLE_NONE,
  DUO_ROOM_OBSTACLE_FULL,
  DUO_ROOM_OBSTACLE_NOT_STARTED,
} DuoRoomObstacle;

#define DUO_TYPE_ROOM_OBSTACLE (duo_room_obstacle_get_type ())
GType duo_room_obstacle_get_type (void) G_GNUC_CONST;

G_END_DECLS
