/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-greeting.h"
#include "duo-remote-peer-private.h"

/* When a connection to the other has to be made, and made anew. */

void
duo_remote_peer_start_epoch (DuoRemotePeer *self)
{
  gint64 now = g_get_monotonic_time ();

  if (duo_epoch_may_start (&self->epoch, now))
    duo_call_line_offer (self->line, duo_epoch_start (&self->epoch, now));
  else
    duo_epoch_want (&self->epoch, duo_call_line_get_link (self->line));
}

static void
ask_for_restart (DuoRemotePeer *self)
{
  guint64 epoch = duo_epoch_ask (&self->epoch, g_get_monotonic_time ());
  g_autoptr (DuoPeerMessage) message = NULL;

  if (epoch == 0)
    return;

  message = duo_greeting_new_restart (epoch);
  duo_remote_peer_send (self, message, duo_pairing_get_remote (self->pairing));
}

void
duo_remote_peer_take_offer (DuoRemotePeer *self, const char *from, const DuoPeerMessage *offer)
{
  guint actions = duo_pairing_offer (self->pairing, from, duo_call_line_get_media (self->line));

  if ((actions & DUO_PAIRING_ADOPT) != 0)
    duo_remote_peer_start_over (self);
  if ((actions & DUO_PAIRING_ANSWER) == 0)
    return;

  if (duo_pairing_is_plain (self->pairing)) {
    duo_remote_peer_take_plain_offer (self, offer);
  } else if (duo_epoch_follow (&self->epoch, offer->epoch, g_get_monotonic_time ())) {
    duo_remote_peer_show (self);
    duo_call_line_answer (self->line, offer);
  }
}

void
duo_remote_peer_take_restart (DuoRemotePeer *self, const DuoPeerMessage *message)
{
  if (!duo_pairing_is_offerer (self->pairing) ||
      duo_epoch_judge (&self->epoch, message->epoch) != DUO_EPOCH_NEWER)
    return;

  duo_epoch_hear (&self->epoch, message->epoch - 1);
  duo_remote_peer_start_epoch (self);
}

/* To be called now and then: nobody but the clock knows that a connection has failed. */
void
duo_remote_peer_watch (DuoRemotePeer *self)
{
  if (duo_pairing_is_plain (self->pairing) || self->ringing_since != 0) {
    duo_remote_peer_watch_plain (self);
    return;
  }

  if (!self->signaling || self->absent || !duo_pairing_is_confirmed (self->pairing) ||
      !duo_epoch_is_over (&self->epoch,
                          duo_call_line_get_link (self->line),
                          g_get_monotonic_time ()))
    return;

  if (duo_pairing_is_offerer (self->pairing))
    duo_remote_peer_start_epoch (self);
  else
    ask_for_restart (self);
}
