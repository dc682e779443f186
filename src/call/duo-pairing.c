/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-pairing.h"

#include <string.h>

/* A peer silent for this long may be replaced by a stranger: it may well be the same person again.
 */
#define SILENCE (2 * G_USEC_PER_SEC)
/* A sign of life this long after a stranger's hello shows that the stranger is somebody else. */
#define PROOF (1 * G_USEC_PER_SEC)
/* A connection that has not come up by then does not keep a stranger out. */
#define PATIENCE (6 * G_USEC_PER_SEC)

typedef struct {
  char *id;
  guint offers;
  gboolean greeted;   /* it has said hello */
  gboolean confirmed; /* it has sent something to us alone */
} Peer;

struct _DuoPairing {
  char *self_id;
  guint self_offers;
  gboolean open_room;

  Peer remote;

  Peer stranger;
  gboolean stranger_replied;
  gint64 stranger_since;
};

static void
peer_clear (Peer *peer)
{
  g_free (peer->id);
  *peer = (Peer){ 0 };
}

static gboolean
peer_is (const Peer *peer, const char *id)
{
  return peer->id != NULL && strcmp (peer->id, id) == 0;
}

static void
peer_set (Peer *peer, const char *id, guint offers, gboolean greeted, gboolean confirmed)
{
  peer_clear (peer);
  peer->id = g_strdup (id);
  peer->offers = offers;
  peer->greeted = greeted;
  peer->confirmed = confirmed;
}

static gboolean
is_replaceable (DuoPairing *self, DuoPairingMedia media)
{
  return self->remote.id == NULL || media == DUO_PAIRING_MEDIA_LOST ||
         (media == DUO_PAIRING_MEDIA_NONE && !self->remote.confirmed);
}

static guint
greet (DuoPairing *self, gboolean reply)
{
  guint actions = reply ? 0 : DUO_PAIRING_REPLY;

  if (duo_pairing_is_offerer (self))
    actions |= DUO_PAIRING_START;

  return actions;
}

static guint
hello_of_remote (DuoPairing *self, const DuoHello *hello, DuoPairingMedia media)
{
  guint actions;

  self->remote.offers = hello->offers;
  self->remote.greeted = TRUE;
  self->remote.confirmed |= hello->addressed;

  actions = greet (self, hello->reply);

  /* Both connected: only the room server was away. Neither connected, and a reply: when both come
   * at once each hears the other's hello first, and the connection is on its way already. */
  if ((media == DUO_PAIRING_MEDIA_FLOWING && hello->connected) ||
      (media == DUO_PAIRING_MEDIA_NONE && hello->reply))
    actions &= ~DUO_PAIRING_START;

  return actions;
}

/**
 * duo_pairing_new:
 * @self_id: our PEER
 * @offers: how much we want to be the offerer
 * @open_room: whether offers count even from peers that never said hello
 *
 * Makes a pairing with nobody.
 *
 * Returns: (transfer full): a pairing
 */
DuoPairing *
duo_pairing_new (const char *self_id, guint offers, gboolean open_room)
{
  DuoPairing *self;

  g_return_val_if_fail (self_id != NULL, NULL);

  self = g_new0 (DuoPairing, 1);
  self->self_id = g_strdup (self_id);
  self->self_offers = offers;
  self->open_room = open_room;

  return self;
}

/**
 * duo_pairing_free:
 * @self: (transfer full): a pairing
 *
 * Frees a pairing.
 */
void
duo_pairing_free (DuoPairing *self)
{
  g_return_if_fail (self != NULL);

  peer_clear (&self->remote);
  peer_clear (&self->stranger);
  g_free (self->self_id);
  g_free (self);
}

/**
 * duo_pairing_hello:
 * @self: a pairing
 * @from: who says hello
 * @hello: what it says
 * @media: how things stand with the peer we have
 * @now: monotonic µs
 *
 * Decides on a hello. A stranger that comes while we are taken is not sent away at once: it may be
 * the same person, started again, whose former connection we do not know to be dead yet.
 *
 * Returns: #DuoPairingAction flags; 0 for nothing
 */
guint
duo_pairing_hello (
  DuoPairing *self, const char *from, const DuoHello *hello, DuoPairingMedia media, gint64 now)
{
  g_return_val_if_fail (self != NULL && from != NULL && hello != NULL, 0);

  if (strcmp (from, self->self_id) == 0)
    return 0;

  if (peer_is (&self->remote, from))
    return hello_of_remote (self, hello, media);

  if (is_replaceable (self, media)) {
    peer_set (&self->remote, from, hello->offers, TRUE, hello->addressed);
    peer_clear (&self->stranger);
    return DUO_PAIRING_ADOPT | greet (self, hello->reply);
  }

  if (!peer_is (&self->stranger, from)) {
    self->stranger_since = now;
    peer_set (&self->stranger, from, hello->offers, TRUE, hello->addressed);
    self->stranger_replied = hello->reply;
  }

  return DUO_PAIRING_HOLD;
}

/**
 * duo_pairing_judge:
 * @self: a pairing
 * @media: how things stand with the peer we have
 * @last_sign: when it last gave a sign of life, monotonic µs
 * @now: monotonic µs
 * @stranger: (out) (optional) (transfer full): whom the actions concern; %NULL if there are none
 *
 * Decides on a stranger on hold, if there is one: busy, or in.
 *
 * Returns: #DuoPairingAction flags; 0 for nothing yet
 */
guint
duo_pairing_judge (
  DuoPairing *self, DuoPairingMedia media, gint64 last_sign, gint64 now, char **stranger)
{
  Peer held;
  gboolean silent;

  g_return_val_if_fail (self != NULL, 0);

  if (stranger != NULL)
    *stranger = NULL;

  if (self->stranger.id == NULL)
    return 0;

  silent = media == DUO_PAIRING_MEDIA_NONE ? now - self->stranger_since > PATIENCE
                                           : now - last_sign > SILENCE;
  if (silent || is_replaceable (self, media)) {
    held = self->stranger;
    self->stranger = (Peer){ 0 };
    peer_clear (&self->remote);
    self->remote = held;
    if (stranger != NULL)
      *stranger = g_strdup (held.id);
    return DUO_PAIRING_ADOPT | greet (self, self->stranger_replied);
  }

  if (media == DUO_PAIRING_MEDIA_FLOWING && last_sign > self->stranger_since + PROOF) {
    if (stranger != NULL)
      *stranger = g_strdup (self->stranger.id);
    peer_clear (&self->stranger);
    return DUO_PAIRING_BUSY;
  }

  return 0;
}

/**
 * duo_pairing_offer:
 * @self: a pairing
 * @from: who sends an offer to us
 * @media: how things stand with the peer we have
 *
 * Decides whether an offer counts. Only the offerer's does; in an open room also that of a peer
 * which never says hello, even against an offer of our own.
 *
 * Returns: #DuoPairingAction flags; 0 for dropping the offer
 */
guint
duo_pairing_offer (DuoPairing *self, const char *from, DuoPairingMedia media)
{
  g_return_val_if_fail (self != NULL && from != NULL, 0);

  if (peer_is (&self->remote, from)) {
    self->remote.confirmed = TRUE;
    return duo_pairing_is_offerer (self) ? 0 : DUO_PAIRING_ANSWER;
  }

  if (!self->open_room || strcmp (from, self->self_id) == 0 || !is_replaceable (self, media))
    return 0;

  peer_set (&self->remote, from, 0, FALSE, TRUE);

  return DUO_PAIRING_ADOPT | DUO_PAIRING_ANSWER;
}

/**
 * duo_pairing_answer:
 * @self: a pairing in an open room
 * @from: who answers an offer of ours that went to everybody
 *
 * Takes whoever is the first to answer as the other, unless there is one.
 *
 * Returns: whether @from is the other now
 */
gboolean
duo_pairing_answer (DuoPairing *self, const char *from)
{
  g_return_val_if_fail (self != NULL && from != NULL, FALSE);

  if (!self->open_room || self->remote.id != NULL || strcmp (from, self->self_id) == 0)
    return FALSE;

  peer_set (&self->remote, from, 0, FALSE, TRUE);

  return TRUE;
}

/**
 * duo_pairing_heard:
 * @self: a pairing
 * @from: who sends some other message
 * @addressed: whether it was sent to us alone
 *
 * Notes that something came.
 *
 * Returns: whether it is from the other, and so may be looked at
 */
gboolean
duo_pairing_heard (DuoPairing *self, const char *from, gboolean addressed)
{
  g_return_val_if_fail (self != NULL && from != NULL, FALSE);

  if (!peer_is (&self->remote, from))
    return FALSE;

  self->remote.confirmed |= addressed;

  return TRUE;
}

/**
 * duo_pairing_drop:
 * @self: a pairing
 * @peer_id: (nullable): who is gone, or %NULL for the other
 *
 * Forgets a peer.
 */
void
duo_pairing_drop (DuoPairing *self, const char *peer_id)
{
  g_return_if_fail (self != NULL);

  if (peer_id == NULL || peer_is (&self->remote, peer_id))
    peer_clear (&self->remote);
  if (peer_id != NULL && peer_is (&self->stranger, peer_id))
    peer_clear (&self->stranger);
}

/**
 * duo_pairing_get_remote:
 * @self: a pairing
 *
 * Returns: (transfer none) (nullable): the PEER of the other
 */
const char *
duo_pairing_get_remote (DuoPairing *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->remote.id;
}

/**
 * duo_pairing_is_confirmed:
 * @self: a pairing
 *
 * Returns: whether the other has shown that it means us, and may be shown
 */
gboolean
duo_pairing_is_confirmed (DuoPairing *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->remote.id != NULL && self->remote.confirmed;
}

/**
 * duo_pairing_is_offerer:
 * @self: a pairing
 *
 * Returns: whether it is on us to offer to the other
 */
gboolean
duo_pairing_is_offerer (DuoPairing *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->remote.id == NULL || !self->remote.greeted)
    return FALSE;
  if (self->self_offers != self->remote.offers)
    return self->self_offers > self->remote.offers;

  return strcmp (self->self_id, self->remote.id) > 0;
}

/**
 * duo_pairing_is_plain:
 * @self: a pairing
 *
 * Plain web clients never say hello: they know nothing of epochs, restarts and goodbyes.
 *
 * Returns: whether there is another who has not said hello
 */
gboolean
duo_pairing_is_plain (DuoPairing *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->remote.id != NULL && !self->remote.greeted;
}
