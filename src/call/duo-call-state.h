/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-types.h"

G_BEGIN_DECLS

/**
 * DuoCallEvent:
 * @DUO_CALL_EVENT_JOIN: the person wants in
 * @DUO_CALL_EVENT_KEYS: the keys of the room are there
 * @DUO_CALL_EVENT_ROOM: the server let us in
 * @DUO_CALL_EVENT_PEER: there is somebody to connect to
 * @DUO_CALL_EVENT_PEER_GONE: that somebody went before anything was connected
 * @DUO_CALL_EVENT_ALONE: that somebody, who had no way to say goodbye, went
 * @DUO_CALL_EVENT_CONNECTED: a verified peer connection is up
 * @DUO_CALL_EVENT_LOST: the other has gone quiet, or the connection broke
 * @DUO_CALL_EVENT_END: over, for whatever reason
 *
 * What moves a call from one #DuoCallState to the next.
 */
typedef enum {
  DUO_CALL_EVENT_JOIN,
  DUO_CALL_EVENT_KEYS,
  DUO_CALL_EVENT_ROOM,
  DUO_CALL_EVENT_PEER,
  DUO_CALL_EVENT_PEER_GONE,
  DUO_CALL_EVENT_ALONE,
  DUO_CALL_EVENT_CONNECTED,
  DUO_CALL_EVENT_LOST,
  DUO_CALL_EVENT_END,
} DuoCallEvent;

gboolean duo_call_state_next (DuoCallState from, DuoCallEvent event, DuoCallState *to);

G_END_DECLS
