/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoPairingMedia:
 * @DUO_PAIRING_MEDIA_NONE: no connection to the other yet, or one on its way
 * @DUO_PAIRING_MEDIA_FLOWING: connected
 * @DUO_PAIRING_MEDIA_LOST: was connected, and the other has gone quiet
 *
 * How things stand with the peer we are paired with.
 */
typedef enum {
  DUO_PAIRING_MEDIA_NONE,
  DUO_PAIRING_MEDIA_FLOWING,
  DUO_PAIRING_MEDIA_LOST,
} DuoPairingMedia;

/**
 * DuoPairingAction:
 * @DUO_PAIRING_REPLY: answer with a hello of our own, addressed, marked as a reply
 * @DUO_PAIRING_ADOPT: this peer is now the other; whatever belonged to the former one goes
 * @DUO_PAIRING_START: it is on us to offer: start the next epoch
 * @DUO_PAIRING_BUSY: tell it that we are taken
 * @DUO_PAIRING_HOLD: undecided; ask duo_pairing_judge() until it has decided
 * @DUO_PAIRING_ANSWER: the offer counts: answer it
 *
 * What a hello or an offer calls for.
 */
typedef enum {
  DUO_PAIRING_REPLY = 1 << 0,
  DUO_PAIRING_ADOPT = 1 << 1,
  DUO_PAIRING_START = 1 << 2,
  DUO_PAIRING_BUSY = 1 << 3,
  DUO_PAIRING_HOLD = 1 << 4,
  DUO_PAIRING_ANSWER = 1 << 5,
} DuoPairingAction;

/**
 * DuoHello:
 * @offers: how much the sender wants to be the offerer: 1 a native app, 0 a browser
 * @reply: whether it answers one of ours
 * @addressed: whether it was sent to us alone
 * @connected: whether the sender is connected to us
 *
 * What decides in a hello.
 */
typedef struct {
  guint offers;
  gboolean reply;
  gboolean addressed;
  gboolean connected;
} DuoHello;

/**
 * DuoPairing:
 *
 * Decides who the other is, and which of the two offers. No clock, no I/O.
 */
typedef struct _DuoPairing DuoPairing;

DuoPairing *duo_pairing_new (const char *self_id, guint offers, gboolean open_room);
void duo_pairing_free (DuoPairing *self);

guint duo_pairing_hello (
  DuoPairing *self, const char *from, const DuoHello *hello, DuoPairingMedia media, gint64 now);
guint duo_pairing_judge (
  DuoPairing *self, DuoPairingMedia media, gint64 last_sign, gint64 now, char **stranger);
guint duo_pairing_offer (DuoPairing *self, const char *from, DuoPairingMedia media);
gboolean duo_pairing_answer (DuoPairing *self, const char *from);
gboolean duo_pairing_heard (DuoPairing *self, const char *from, gboolean addressed);
void duo_pairing_drop (DuoPairing *self, const char *peer_id);

const char *duo_pairing_get_remote (DuoPairing *self);
gboolean duo_pairing_is_confirmed (DuoPairing *self);
gboolean duo_pairing_is_offerer (DuoPairing *self);
gboolean duo_pairing_is_plain (DuoPairing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoPairing, duo_pairing_free)

G_END_DECLS
