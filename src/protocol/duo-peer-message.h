/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-bye-reason.h"

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DUO_SDP_MAX_BYTES:
 *
 * The longest session description. Escaped, sealed and in base64 it still fits a frame.
 */
#define DUO_SDP_MAX_BYTES (32 * 1024)

/**
 * DUO_NONCE_BYTES:
 *
 * The size of nonces, commits, resume keys and resume proofs.
 */
#define DUO_NONCE_BYTES 32

/**
 * DuoPeerMessageType:
 * @DUO_PEER_MESSAGE_HELLO: somebody is there
 * @DUO_PEER_MESSAGE_OFFER: a session description to be answered
 * @DUO_PEER_MESSAGE_ANSWER: the answer to an offer
 * @DUO_PEER_MESSAGE_REVEAL: the offerer's nonce
 * @DUO_PEER_MESSAGE_ICE_CANDIDATE: a way to reach the sender
 * @DUO_PEER_MESSAGE_RESTART: the offerer is asked for the next epoch
 * @DUO_PEER_MESSAGE_BYE: the sender leaves
 * @DUO_PEER_MESSAGE_JOIN_ROOM: somebody is there who says no hello; see duo_dialect_read()
 * @DUO_PEER_MESSAGE_LEAVE_ROOM: such a one has left
 *
 * What two peers say to each other through the room.
 */
typedef enum {
  DUO_PEER_MESSAGE_HELLO,
  DUO_PEER_MESSAGE_OFFER,
  DUO_PEER_MESSAGE_ANSWER,
  DUO_PEER_MESSAGE_REVEAL,
  DUO_PEER_MESSAGE_ICE_CANDIDATE,
  DUO_PEER_MESSAGE_RESTART,
  DUO_PEER_MESSAGE_BYE,
  DUO_PEER_MESSAGE_JOIN_ROOM,
  DUO_PEER_MESSAGE_LEAVE_ROOM,
} DuoPeerMessageType;

/**
 * DuoPeerMessage:
 * @type: the type, which says what fields below hold anything
 * @epoch: all but bye, join_room and leave_room: the peer connection's number, from 1; in a hello
 * the highest so far, 0 if none
 * @display_name: (nullable): hello, join_room: the sender's name, at most %DUO_NAME_MAX_CHARS
 * @client: (nullable): hello: the sender's program, for the log
 * @offers: hello: 1 for an app, 0 for a browser
 * @reply: hello: whether it answers another
 * @connected: hello: whether the sender's peer connection is up
 * @sdp: (nullable): offer, answer: the session description
 * @commit: (nullable): offer: the promise of a nonce; %NULL only from a peer that cannot be
 * verified
 * @nonce: (nullable): answer, reveal: the nonce; %NULL only in such a peer's answer
 * @resume: (nullable): offer, answer: the proof of a later epoch
 * @candidate: (nullable): ice-candidate: the candidate attribute, "" for the end of the list
 * @sdp_mline_index: ice-candidate: which media section it belongs to
 * @sdp_mid: (nullable): ice-candidate: that section's mid
 * @username_fragment: (nullable): ice-candidate: the ICE generation
 * @reason: bye: why
 *
 * A message between peers. All that is not %NULL is owned.
 */
typedef struct _DuoPeerMessage DuoPeerMessage;

struct _DuoPeerMessage {
  DuoPeerMessageType type;
  guint64 epoch;
  char *display_name;
  char *client;
  guint offers;
  gboolean reply;
  gboolean connected;
  char *sdp;
  GBytes *commit;
  GBytes *nonce;
  GBytes *resume;
  char *candidate;
  guint sdp_mline_index;
  char *sdp_mid;
  char *username_fragment;
  DuoByeReason reason;
};

#define DUO_TYPE_PEER_MESSAGE (duo_peer_message_get_type ())
GType duo_peer_message_get_type (void);

DuoPeerMessage *duo_peer_message_new (DuoPeerMessageType type);
DuoPeerMessage *duo_peer_message_copy (const DuoPeerMessage *self);
void duo_peer_message_free (DuoPeerMessage *self);
DuoPeerMessage *duo_peer_message_from_json (JsonObject *object, gboolean open_room, GError **error);
JsonObject *duo_peer_message_to_json (const DuoPeerMessage *self);
gboolean duo_peer_message_is_type (const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoPeerMessage, duo_peer_message_free)

G_END_DECLS
