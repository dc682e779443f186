/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-limits.h"

const DuoServerLimits duo_server_limits_default = {
  .max_participants = 2,
  .max_rooms = 10000,
  .connections_per_address = 32,
  .message_size = 64 * 1024,
  .message_rate = 50,
  .message_burst = 200,
  .byte_rate = 64 * 1024,
  .byte_burst = 512 * 1024,
  .unsent_bytes = 256 * 1024,
  .room_lifetime = 24 * 60 * 60 * 1000,
  .empty_room_time = 60 * 1000,
  .seat_hold = 30 * 1000,
  .ping_interval = 15 * 1000,
  .header_timeout = 10 * 1000,
};
