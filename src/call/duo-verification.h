/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoVerificationStatus:
 * @DUO_VERIFICATION_PENDING: the other's nonce is not here yet
 * @DUO_VERIFICATION_READY: both nonces are known: there are emoji
 * @DUO_VERIFICATION_UNVERIFIABLE: the other does not take part
 * @DUO_VERIFICATION_FAILED: the offerer revealed another nonce than it had committed to
 *
 * How far the exchange of nonces is.
 */
typedef enum {
  DUO_VERIFICATION_PENDING,
  DUO_VERIFICATION_READY,
  DUO_VERIFICATION_UNVERIFIABLE,
  DUO_VERIFICATION_FAILED,
} DuoVerificationStatus;

/**
 * DuoVerification:
 *
 * The exchange of nonces behind the safety emoji, for one epoch. The offerer commits to its nonce
 * in the offer, the answerer sends its own in the answer, the offerer reveals: neither can choose
 * a nonce that suits the other's. No I/O.
 */
typedef struct _DuoVerification DuoVerification;

DuoVerification *duo_verification_new (gboolean offerer, GError **error);
void duo_verification_free (DuoVerification *self);

GBytes *duo_verification_get_nonce (DuoVerification *self);
GBytes *duo_verification_dup_commit (DuoVerification *self);
void duo_verification_take_offer (DuoVerification *self, GBytes *commit);
void duo_verification_take_answer (DuoVerification *self, GBytes *nonce);
void duo_verification_take_reveal (DuoVerification *self, GBytes *nonce);

DuoVerificationStatus duo_verification_get_status (DuoVerification *self);
gboolean duo_verification_get_emoji (DuoVerification *self,
                                     GBytes *local_fingerprint,
                                     GBytes *remote_fingerprint,
                                     GBytes *seal_key,
                                     guint indices[4]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoVerification, duo_verification_free)

G_END_DECLS
