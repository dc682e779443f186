/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoServerDrop:
 *
 * Why a client was turned away or cut off.
 */
typedef enum {
  DUO_SERVER_DROP_ADDRESS,     /* too many connections from one address */
  DUO_SERVER_DROP_ROOMS,       /* too many rooms */
  DUO_SERVER_DROP_TIMEOUT,     /* a request took too long to come in */
  DUO_SERVER_DROP_MALFORMED,   /* what no client may send */
  DUO_SERVER_DROP_TOO_LARGE,   /* a message above the limit */
  DUO_SERVER_DROP_TOO_FAST,    /* more messages or bytes than allowed */
  DUO_SERVER_DROP_FULL,        /* the room was full */
  DUO_SERVER_DROP_EXPIRED,     /* the room had lived its time */
  DUO_SERVER_DROP_NOT_ALLOWED, /* another's seat, a wrong token, a foreign origin */
  DUO_SERVER_DROP_NOT_STARTED, /* a guest before the host */
  DUO_SERVER_DROP_TAKEN_OVER,  /* a newer connection has the seat */
  DUO_SERVER_DROP_SLOW_READER, /* too much waited to be read */
  DUO_SERVER_DROP_PING,        /* no answer to two pings */
  DUO_SERVER_DROP_STUN,        /* a STUN request above the rate or malformed */
  DUO_SERVER_N_DROPS,
} DuoServerDrop;

/**
 * DuoServerCounters:
 * @connections: WebSockets opened so far
 * @messages_in: messages received
 * @messages_out: messages sent
 * @bytes_in: bytes received over WebSockets
 * @bytes_out: bytes of messages sent
 * @stun: STUN requests answered
 * @drops: clients turned away or cut off, by #DuoServerDrop
 *
 * What a server has done since it began. A plain value.
 */
typedef struct {
  guint64 connections;
  guint64 messages_in;
  guint64 messages_out;
  guint64 bytes_in;
  guint64 bytes_out;
  guint64 stun;
  guint64 drops[DUO_SERVER_N_DROPS];
} DuoServerCounters;

char *duo_server_counters_to_text (const DuoServerCounters *self,
                                   guint rooms,
                                   guint connections,
                                   gint64 uptime);

G_END_DECLS
