/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoClientFrame:
 * @DUO_CLIENT_FRAME_RELAY: goes to one participant or to the others
 * @DUO_CLIENT_FRAME_PING: is answered with pong and goes nowhere
 * @DUO_CLIENT_FRAME_MALFORMED: no object of the shape that clients may send
 *
 * What the server does with a message from a client.
 */
typedef enum {
  DUO_CLIENT_FRAME_RELAY,
  DUO_CLIENT_FRAME_PING,
  DUO_CLIENT_FRAME_MALFORMED,
} DuoClientFrame;

DuoClientFrame
duo_client_frame_check (const char *text, gsize length, const char *peer_id, char **to);

G_END_DECLS
