/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-channel.h"
#include "duo-join-link.h"
#include "duo-peer-factory.h"
#include "duo-peer-message.h"
#include "duo-room-client.h"

G_BEGIN_DECLS

/* Below every PEER that a session makes up, so that the session offers; above all, so that it does
 * not. */
#define HOSTILE_PEER_LOWEST "----------------------"
#define HOSTILE_PEER_HIGHEST "zzzzzzzzzzzzzzzzzzzzzz"

/* What the peer sends in epochs after the first to prove that it is still the same. */
typedef enum {
  HOSTILE_RESUME_MISSING,
  HOSTILE_RESUME_WRONG,
  HOSTILE_RESUME_RIGHT,
} HostileResume;

/**
 * HostilePeer:
 *
 * A participant that has the code, and does not keep to the rules.
 */
typedef struct {
  DuoRoomClient *client;
  DuoPeerConnection *connection;
  DuoCallChannel *channel;
  DuoPeerFactory *factory;
  DuoMediaGraph *graph;
  GBytes *nonce;
  GBytes *resume_key; /* received */
  char *remote;       /* the other's PEER */
  guint64 epoch;
  HostileResume resume;
  gboolean altered; /* lies about its fingerprint */
  gboolean mute;    /* never answers */
  gboolean late;    /* says hello after the first offer only */
  guint offers;     /* received */
  guint answers;    /* received */
  guint byes;       /* received */
  DuoByeReason bye;
} HostilePeer;

HostilePeer *hostile_peer_new (DuoJoinLink *link, const char *peer_id);
void hostile_peer_free (HostilePeer *self);
void hostile_peer_send (HostilePeer *self, DuoPeerMessage *message);

G_END_DECLS
