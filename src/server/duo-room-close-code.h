/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room.h"

G_BEGIN_DECLS

/**
 * DuoRoomCloseCode:
 * @DUO_ROOM_CLOSE_CODE_GOING_AWAY: the client was lost, or reads too slowly
 * @DUO_ROOM_CLOSE_CODE_RESTART: the server stops, and may be back at once
 * @DUO_ROOM_CLOSE_CODE_TRY_LATER: the server has enough to do, or enough from that address
 * @DUO_ROOM_CLOSE_CODE_MALFORMED: the client sent what no client may send
 * @DUO_ROOM_CLOSE_CODE_TAKEN_OVER: a newer connection has the seat
 * @DUO_ROOM_CLOSE_CODE_FULL: the room is full
 * @DUO_ROOM_CLOSE_CODE_EXPIRED: the room has lived its time
 * @DUO_ROOM_CLOSE_CODE_NOT_ALLOWED: the client may not enter
 * @DUO_ROOM_CLOSE_CODE_NOT_STARTED: the room waits for somebody who may start it
 * @DUO_ROOM_CLOSE_CODE_TOO_FAST: the client sent too much or too large
 *
 * The WebSocket close codes of a room server (RFC 6455 section 7.4).
 */
typedef enum {
  DUO_ROOM_CLOSE_CODE_GOING_AWAY = 1001,
  DUO_ROOM_CLOSE_CODE_RESTART = 1012,
  DUO_ROOM_CLOSE_CODE_TRY_LATER = 1013,
  DUO_ROOM_CLOSE_CODE_MALFORMED = 4000,
  DUO_ROOM_CLOSE_CODE_TAKEN_OVER = 4001,
  DUO_ROOM_CLOSE_CODE_FULL = 4003,
  DUO_ROOM_CLOSE_CODE_EXPIRED = 4004,
  DUO_ROOM_CLOSE_CODE_NOT_ALLOWED = 4005,
  DUO_ROOM_CLOSE_CODE_NOT_STARTED = 4006,
  DUO_ROOM_CLOSE_CODE_TOO_FAST = 4008,
} DuoRoomCloseCode;

const char *duo_room_close_code_explain (DuoRoomCloseCode code);
DuoRoomCloseCode duo_room_close_code_refuse (DuoRoomVerdict verdict);
gboolean duo_room_close_code_is_final (DuoRoomCloseCode code);

G_END_DECLS
