/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-peer-message.h"

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DUO_FRAME_MAX_BYTES:
 *
 * The largest message on a WebSocket.
 */
#define DUO_FRAME_MAX_BYTES (64 * 1024)

/**
 * DUO_PEER_ANONYMOUS:
 *
 * Who sent a bare message that does not say so, in an open room. There is one such peer at most, as
 * nobody could tell two of them apart.
 */
#define DUO_PEER_ANONYMOUS ""

#define DUO_TYPE_ENVELOPE (duo_envelope_get_type ())
G_DECLARE_FINAL_TYPE (DuoEnvelope, duo_envelope, DUO, ENVELOPE, GObject)

DuoEnvelope *duo_envelope_new (const char *room_id, const char *self_id, GBytes *seal_key);
char *duo_envelope_wrap (DuoEnvelope *self,
                         const DuoPeerMessage *message,
                         const char *to,
                         GError **error);
DuoPeerMessage *duo_envelope_unwrap (
  DuoEnvelope *self, JsonObject *frame, char **from, gboolean *addressed, GError **error);
guint duo_envelope_get_dropped (DuoEnvelope *self);

G_END_DECLS
