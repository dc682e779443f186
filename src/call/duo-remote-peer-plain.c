/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-description-check.h"
#include "duo-remote-peer-private.h"

/* Plain web clients in open rooms: they offer and answer, and know of nothing else. Nobody
 * announces them, so whoever wants to talk to one calls, with an offer to everybody. Each of their
 * connections is a first one, and either side may offer the next. */

/* How long a call rings. */
#define RINGING (20 * G_USEC_PER_SEC)
/* After the room's hint that the other has gone, silence for this long says that it is true. */
#define SILENCE (3 * G_USEC_PER_SEC)

static char *
dup_ufrag (const DuoPeerMessage *message)
{
  g_autoptr (DuoDescription) description = duo_description_parse (message->sdp, TRUE, NULL);

  return description != NULL ? g_strdup (description->ufrag) : NULL;
}

static void
remember (DuoRemotePeer *self, const DuoPeerMessage *description, gboolean offered)
{
  g_free (self->plain_ufrag);
  self->plain_ufrag = dup_ufrag (description);
  self->offered = offered;
  self->absent = FALSE;
}

/* No new connection, but the one there is, to be negotiated once more. That is not possible here,
 * and an answer from another connection of ours would end what flows. */
static gboolean
is_renegotiation (DuoRemotePeer *self, const DuoPeerMessage *offer)
{
  g_autofree char *ufrag = dup_ufrag (offer);

  return duo_call_line_get_media (self->line) == DUO_PAIRING_MEDIA_FLOWING && ufrag != NULL &&
         g_strcmp0 (ufrag, self->plain_ufrag) == 0;
}

void
duo_remote_peer_take_plain_offer (DuoRemotePeer *self, const DuoPeerMessage *offer)
{
  const DuoEpoch before = self->epoch;
  gint64 now = g_get_monotonic_time ();

  if (is_renegotiation (self, offer))
    return;

  duo_epoch_renew (&self->epoch, now);
  if (!duo_epoch_follow (&self->epoch, offer->epoch, now)) {
    self->epoch = before;
    return;
  }

  remember (self, offer, FALSE);
  duo_remote_peer_show (self);
  duo_call_line_answer (self->line, offer);
}

void
duo_remote_peer_take_plain_answer (DuoRemotePeer *self,
                                   const char *from,
                                   const DuoPeerMessage *answer)
{
  DuoEpochLink link = duo_call_line_get_link (self->line);
  gint64 now = g_get_monotonic_time ();

  if (self->ringing_since != 0 && duo_pairing_answer (self->pairing, from)) {
    duo_remote_peer_stop_ringing (self);
    duo_epoch_move (&self->epoch, self->epoch.current, now);
    duo_remote_peer_show (self);
  }
  if (!duo_pairing_is_plain (self->pairing) || !duo_pairing_heard (self->pairing, from, FALSE))
    return;

  /* Both have offered, and each has dropped its own for the other's: one more offer is needed. */
  if (self->offered)
    remember (self, answer, TRUE);
  else if (link == DUO_EPOCH_LINK_CONNECTING)
    duo_epoch_want (&self->epoch, link);
}

static void
offer (DuoRemotePeer *self, gint64 now)
{
  duo_epoch_renew (&self->epoch, now);
  self->offered = TRUE;
  duo_call_line_offer (self->line, duo_epoch_start (&self->epoch, now));
}

static void
ring (DuoRemotePeer *self)
{
  gint64 now = g_get_monotonic_time ();

  duo_pairing_drop (self->pairing, NULL);
  duo_remote_peer_start_over (self);
  self->ringing_since = now;
  self->unheard = FALSE;
  offer (self, now);
  duo_remote_state_set_ringing (self->state, TRUE);
}

/* Who says no hello but that they are there is called at once, or as soon as the former is gone. */
static void
ring_present (DuoRemotePeer *self)
{
  if (self->present != NULL && self->ringing_since == 0 &&
      duo_pairing_get_remote (self->pairing) == NULL)
    ring (self);
}

void
duo_remote_peer_take_presence (DuoRemotePeer *self,
                               const char *from,
                               const DuoPeerMessage *join_room)
{
  duo_remote_peer_clear_presence (self);
  self->present = g_strdup (from);
  self->present_name = g_strdup (join_room->display_name);
  duo_remote_peer_arrived (self);
  ring_present (self);
}

void
duo_remote_peer_clear_presence (DuoRemotePeer *self)
{
  g_clear_pointer (&self->present, g_free);
  g_clear_pointer (&self->present_name, g_free);
}

/* The other has gone, if the room was right. */
static void
forget_absent (DuoRemotePeer *self)
{
  duo_remote_peer_forget (self, DUO_CALL_EVENT_ALONE);
  ring_present (self);
}

/* To be called now and then while there is a plain client, or while we ring for one. */
void
duo_remote_peer_watch_plain (DuoRemotePeer *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean silent = now - duo_call_line_get_last_sign (self->line) >= SILENCE;
  gboolean met = duo_call_line_get_media (self->line) != DUO_PAIRING_MEDIA_NONE;
  DuoEpochLink link = duo_call_line_get_link (self->line);

  if (self->ringing_since != 0) {
    if (self->unheard && duo_epoch_may_start (&self->epoch, now))
      ring (self);
    else if (now - self->ringing_since >= RINGING)
      duo_remote_peer_start_over (self);
    return;
  }

  if (self->absent && met && silent && link != DUO_EPOCH_LINK_CONNECTING)
    forget_absent (self);
  else if (!duo_epoch_is_over (&self->epoch, link, now))
    return;
  else if (self->absent)
    forget_absent (self);
  else if (self->signaling)
    offer (self, now);
}

/**
 * duo_remote_peer_ring:
 * @self: a remote peer in an open room
 *
 * Calls whoever is in the room, for some time, unless there is somebody already. Rooms that only
 * broadcast announce nobody, and plain web clients do not say hello.
 */
void
duo_remote_peer_ring (DuoRemotePeer *self)
{
  gint64 now = g_get_monotonic_time ();

  /* Somebody who has just said hello is about to be connected. */
  if (self->ringing_since != 0 || duo_pairing_is_confirmed (self->pairing) ||
      (duo_pairing_get_remote (self->pairing) != NULL &&
       now - self->epoch.started_at < DUO_EPOCH_ATTEMPT))
    return;

  ring (self);
}

/**
 * duo_remote_peer_arrived:
 * @self: a remote peer
 *
 * Takes the room's word that one more is in it. Who comes while we ring has not heard our offer,
 * and gets another, though not one for each of a crowd.
 */
void
duo_remote_peer_arrived (DuoRemotePeer *self)
{
  self->unheard = TRUE;
}

void
duo_remote_peer_stop_ringing (DuoRemotePeer *self)
{
  self->ringing_since = 0;
  duo_remote_state_set_ringing (self->state, FALSE);
}
