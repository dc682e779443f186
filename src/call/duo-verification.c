/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-verification.h"

#include "duo-safety.h"

struct _DuoVerification {
  gboolean offerer;
  DuoVerificationStatus status;

  /* Owned */
  GBytes *nonce;
  GBytes *remote_commit;
  GBytes *remote_nonce;
};

/**
 * duo_verification_new:
 * @offerer: whether it is us who offers
 * @error: return location for a #GError
 *
 * Begins an exchange with a fresh nonce.
 *
 * Returns: (transfer full): a verification, or %NULL if there is no randomness
 */
DuoVerification *
duo_verification_new (gboolean offerer, GError **error)
{
  g_autoptr (GBytes) nonce = duo_safety_nonce (error);
  DuoVerification *self;

  if (nonce == NULL)
    return NULL;

  self = g_new0 (DuoVerification, 1);
  self->offerer = offerer;
  self->nonce = g_steal_pointer (&nonce);

  return self;
}

/**
 * duo_verification_free:
 * @self: (transfer full): a verification
 *
 * Frees a verification.
 */
void
duo_verification_free (DuoVerification *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_clear_pointer (&self->remote_commit, g_bytes_unref);
  g_clear_pointer (&self->remote_nonce, g_bytes_unref);
  g_free (self);
}

/**
 * duo_verification_get_nonce:
 * @self: a verification
 *
 * Gives our nonce: the answerer's goes into the answer, the offerer's is revealed only after it.
 *
 * Returns: (transfer none): 32 bytes
 */
GBytes *
duo_verification_get_nonce (DuoVerification *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->nonce;
}

/**
 * duo_verification_dup_commit:
 * @self: the offerer's verification
 *
 * Gives the promise that goes into the offer.
 *
 * Returns: (transfer full): 32 bytes
 */
GBytes *
duo_verification_dup_commit (DuoVerification *self)
{
  g_return_val_if_fail (self != NULL && self->offerer, NULL);

  return duo_safety_commit (self->nonce);
}

/**
 * duo_verification_take_offer:
 * @self: the answerer's verification
 * @commit: (nullable): what the offer promises, %NULL if nothing
 *
 * Takes the offerer's promise.
 */
void
duo_verification_take_offer (DuoVerification *self, GBytes *commit)
{
  g_return_if_fail (self != NULL && !self->offerer);
  g_return_if_fail (self->remote_commit == NULL);

  if (commit != NULL)
    self->remote_commit = g_bytes_ref (commit);
  else
    self->status = DUO_VERIFICATION_UNVERIFIABLE;
}

/**
 * duo_verification_take_answer:
 * @self: the offerer's verification
 * @nonce: (nullable): the answer's nonce, %NULL if it has none
 *
 * Takes the answerer's nonce. Only now may ours be revealed. Later ones change nothing.
 */
void
duo_verification_take_answer (DuoVerification *self, GBytes *nonce)
{
  g_return_if_fail (self != NULL && self->offerer);

  if (self->status != DUO_VERIFICATION_PENDING)
    return;

  if (nonce != NULL)
    self->remote_nonce = g_bytes_ref (nonce);
  self->status = nonce != NULL ? DUO_VERIFICATION_READY : DUO_VERIFICATION_UNVERIFIABLE;
}

/**
 * duo_verification_take_reveal:
 * @self: the answerer's verification
 * @nonce: what the offerer reveals
 *
 * Checks the offerer's nonce against its promise. A nonce that nobody promised is ignored.
 */
void
duo_verification_take_reveal (DuoVerification *self, GBytes *nonce)
{
  g_return_if_fail (self != NULL && nonce != NULL);

  if (self->offerer || self->status != DUO_VERIFICATION_PENDING || self->remote_commit == NULL)
    return;

  if (duo_safety_check (self->remote_commit, nonce)) {
    self->remote_nonce = g_bytes_ref (nonce);
    self->status = DUO_VERIFICATION_READY;
  } else {
    self->status = DUO_VERIFICATION_FAILED;
  }
}

/**
 * duo_verification_get_status:
 * @self: a verification
 *
 * Returns: how far it is
 */
DuoVerificationStatus
duo_verification_get_status (DuoVerification *self)
{
  g_return_val_if_fail (self != NULL, DUO_VERIFICATION_FAILED);

  return self->status;
}

/**
 * duo_verification_get_emoji:
 * @self: a verification
 * @local_fingerprint: of our certificate
 * @remote_fingerprint: of the certificate that the other really uses
 * @seal_key: (nullable): the room's, %NULL in an open room
 * @indices: (out caller-allocates) (array fixed-size=4): numbers of the pictures
 *
 * Computes the pictures that are the same at both ends if nobody sits between.
 *
 * Returns: whether there are any: only when ready
 */
gboolean
duo_verification_get_emoji (DuoVerification *self,
                            GBytes *local_fingerprint,
                            GBytes *remote_fingerprint,
                            GBytes *seal_key,
                            guint indices[4])
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->status != DUO_VERIFICATION_READY || local_fingerprint == NULL ||
      remote_fingerprint == NULL)
    return FALSE;

  if (self->offerer)
    duo_safety_emoji (local_fingerprint,
                      remote_fingerprint,
                      self->nonce,
                      self->remote_nonce,
                      seal_key,
                      indices);
  else
    duo_safety_emoji (remote_fingerprint,
                      local_fingerprint,
                      self->remote_nonce,
                      self->nonce,
                      seal_key,
                      indices);

  return TRUE;
}
