/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-server-message.h"

G_BEGIN_DECLS

/**
 * DuoIceOffer:
 * @stun: (owned): `stun:` URLs
 * @turn: (owned): `turn:` URLs
 * @turn_secret: (owned) (nullable): the secret shared with the relays
 * @stun_port: the port of our own STUN server, 0 for none
 * @loopback_only: whether our own can only be reached from this computer
 *
 * The STUN and TURN servers that a room server offers.
 */
typedef struct {
  GPtrArray *stun;
  GPtrArray *turn;
  char *turn_secret;
  guint16 stun_port;
  gboolean loopback_only;
} DuoIceOffer;

DuoIceOffer *duo_ice_offer_new (void);
void duo_ice_offer_free (DuoIceOffer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoIceOffer, duo_ice_offer_free)
void duo_ice_offer_add_to (const DuoIceOffer *self,
                           DuoServerMessage *greeting,
                           const char *host,
                           const char *peer_id);
char *duo_ice_offer_sign (const char *secret, const char *username);

G_END_DECLS
