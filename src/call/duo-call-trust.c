/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-trust.h"

#include "duo-safety.h"

struct _DuoCallTrust {
  /* Owned */
  GBytes *seal_key;   /* NULL in an open room */
  GBytes *resume_key; /* nullable */
  DuoRemoteState *state;
};

/**
 * duo_call_trust_new:
 * @seal_key: (nullable): the room's key, %NULL in an open room
 * @state: where the safety is shown
 *
 * Returns: (transfer full): no trust yet
 */
DuoCallTrust *
duo_call_trust_new (GBytes *seal_key, DuoRemoteState *state)
{
  DuoCallTrust *self = g_new0 (DuoCallTrust, 1);

  self->seal_key = seal_key != NULL ? g_bytes_ref (seal_key) : NULL;
  self->state = g_object_ref (state);

  return self;
}

/**
 * duo_call_trust_free:
 * @self: (transfer full): a trust
 *
 * Frees a trust.
 */
void
duo_call_trust_free (DuoCallTrust *self)
{
  g_clear_pointer (&self->seal_key, g_bytes_unref);
  g_clear_pointer (&self->resume_key, g_bytes_unref);
  g_clear_object (&self->state);
  g_free (self);
}

/**
 * duo_call_trust_get_resume_key:
 * @self: a trust
 *
 * Returns: (transfer none) (nullable): what an earlier epoch's two ends share
 */
GBytes *
duo_call_trust_get_resume_key (DuoCallTrust *self)
{
  return self->resume_key;
}

/**
 * duo_call_trust_reset:
 * @self: a trust
 *
 * There is another peer: nothing is known of it.
 */
void
duo_call_trust_reset (DuoCallTrust *self)
{
  g_clear_pointer (&self->resume_key, g_bytes_unref);
}

/**
 * duo_call_trust_update:
 * @self: a trust
 * @leg: the newest leg
 *
 * Shows what there is to compare. Emoji that the two may have compared stay as they are when the
 * other has proved to be the same; without that proof there are new ones.
 */
void
duo_call_trust_update (DuoCallTrust *self, DuoCallLeg *leg)
{
  DuoCallNegotiation *negotiation = duo_call_leg_get_negotiation (leg);
  DuoVerification *verification = duo_call_negotiation_get_verification (negotiation);
  guint emoji[4];

  /* Before that, the fingerprints are only claims. */
  if (duo_call_leg_get_monitor (leg) == NULL)
    return;

  if (duo_call_negotiation_is_resumed (negotiation) &&
      duo_remote_state_get_safety (self->state) == DUO_CALL_SAFETY_EMOJI)
    return;

  if (duo_call_leg_get_emoji (leg, self->seal_key, emoji))
    duo_remote_state_set_safety (self->state, DUO_CALL_SAFETY_EMOJI, emoji);
  else if (duo_verification_get_status (verification) == DUO_VERIFICATION_UNVERIFIABLE)
    duo_remote_state_set_safety (self->state, DUO_CALL_SAFETY_UNVERIFIABLE, NULL);
  else
    duo_remote_state_set_safety (self->state, DUO_CALL_SAFETY_NONE, NULL);
}

/**
 * duo_call_trust_share_key:
 * @self: a trust
 * @leg: the newest leg, whose channel has opened
 *
 * As the offerer: makes a key and sends it, unless the one there is has just proved to work.
 */
void
duo_call_trust_share_key (DuoCallTrust *self, DuoCallLeg *leg)
{
  DuoCallNegotiation *negotiation = duo_call_leg_get_negotiation (leg);

  if (!duo_call_negotiation_is_offerer (negotiation) ||
      duo_call_negotiation_is_resumed (negotiation))
    return;

  g_clear_pointer (&self->resume_key, g_bytes_unref);
  self->resume_key = duo_safety_nonce (NULL);
  if (self->resume_key != NULL)
    duo_call_channel_send_resume (duo_call_leg_get_channel (leg), self->resume_key);
}

/**
 * duo_call_trust_take_key:
 * @self: a trust
 * @leg: the newest leg
 * @key: what came over its channel
 *
 * As the answerer: keeps the offerer's key.
 */
void
duo_call_trust_take_key (DuoCallTrust *self, DuoCallLeg *leg, GBytes *key)
{
  DuoCallNegotiation *negotiation = duo_call_leg_get_negotiation (leg);

  if (duo_call_negotiation_is_offerer (negotiation) ||
      duo_call_negotiation_is_resumed (negotiation))
    return;

  g_clear_pointer (&self->resume_key, g_bytes_unref);
  self->resume_key = g_bytes_ref (key);
}
