/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoServerLimits:
 * @max_participants: seats in a room
 * @max_rooms: rooms at the same time
 * @connections_per_address: WebSockets from one address; plain requests may be as many again
 * @message_size: the largest message in bytes, fragments counted together
 * @message_rate: messages a second from one connection
 * @message_burst: messages that may come at once
 * @byte_rate: bytes a second from one connection, as they come over the wire
 * @byte_burst: bytes that may come at once
 * @unsent_bytes: how much may wait for a slow reader
 * @room_lifetime: the room ends so long after it began, in milliseconds
 * @empty_room_time: the room ends so long after the last participant has gone, in milliseconds
 * @seat_hold: how long a seat waits for its SECRET after a lost connection, in milliseconds
 * @ping_interval: the time between two pings, in milliseconds; who misses two of them is lost
 * @header_timeout: how long a request may take to come in, in milliseconds
 *
 * What clients may do to a room server.
 */
typedef struct {
  guint max_participants;
  guint max_rooms;
  guint connections_per_address;
  guint message_size;
  guint message_rate;
  guint message_burst;
  guint byte_rate;
  guint byte_burst;
  guint unsent_bytes;
  guint room_lifetime;
  guint empty_room_time;
  guint seat_hold;
  guint ping_interval;
  guint header_timeout;
} DuoServerLimits;

/* The limits that a server has where nothing else is said. */
extern const DuoServerLimits duo_server_limits_default;

G_END_DECLS
