/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "duo-peer-factory.h"
#include "duo-peer-message.h"

G_BEGIN_DECLS

/**
 * PlainPeer:
 *
 * A participant of an open room that knows nothing but bare offers, answers and candidates, as web
 * pages do that were written for any PartyKit room.
 */
typedef struct {
  SoupSession *soup;
  SoupWebsocketConnection *socket;
  DuoMediaGraph *graph;
  DuoPeerFactory *factory;
  DuoPeerConnection *connection;
  char *offer;          /* the newest that it has made */
  guint offers;         /* received */
  guint answers;        /* received */
  gboolean offerer;     /* of the connection there is */
  gboolean only_offers; /* has no ear for the other's */
} PlainPeer;

PlainPeer *plain_peer_new (guint16 port);
void plain_peer_call (PlainPeer *self);
void plain_peer_offer_nonsense (PlainPeer *self);
void plain_peer_repeat_offer (PlainPeer *self);
void plain_peer_leave (PlainPeer *self);
void plain_peer_free (PlainPeer *self);

G_END_DECLS
