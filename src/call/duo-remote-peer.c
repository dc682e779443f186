/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-remote-peer.h"

#include "duo-call-signal.h"
#include "duo-call-state.h"
#include "duo-envelope.h"
#include "duo-greeting.h"
#include "duo-remote-peer-private.h"

#define TICK_MS 500

enum {
  SEND,
  EVENT,
  END,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoRemotePeer, duo_remote_peer, G_TYPE_OBJECT)

/* Sends to one PEER, or to everybody: %NULL, or somebody whose PEER is not known. */
void
duo_remote_peer_send (DuoRemotePeer *self, const DuoPeerMessage *message, const char *to)
{
  gboolean anonymous = g_strcmp0 (to, DUO_PEER_ANONYMOUS) == 0;

  g_signal_emit (self, signals[SEND], 0, message, anonymous ? NULL : to);
}

static void
send_bye_to (DuoRemotePeer *self, const char *to, DuoByeReason reason)
{
  g_autoptr (DuoPeerMessage) message = duo_greeting_new_bye (reason);

  duo_remote_peer_send (self, message, to);
}

static void
send_hello (DuoRemotePeer *self, const char *to, gboolean reply)
{
  gboolean connected = duo_call_line_get_media (self->line) == DUO_PAIRING_MEDIA_FLOWING;
  g_autoptr (DuoPeerMessage) message =
    duo_greeting_new_hello (self->display_name, self->epoch.current, connected);

  message->reply = reply;
  duo_remote_peer_send (self, message, to);
}

static const char *
get_name (DuoRemotePeer *self)
{
  if (self->hello != NULL)
    return self->hello->display_name;

  return g_strcmp0 (duo_pairing_get_remote (self->pairing), self->present) == 0 ? self->present_name
                                                                                : NULL;
}

/* Those who have not shown that they mean us are not shown themselves. */
void
duo_remote_peer_show (DuoRemotePeer *self)
{
  const char *name = get_name (self);

  if (self->shown || !duo_pairing_is_confirmed (self->pairing))
    return;

  self->shown = TRUE;
  duo_remote_state_set_name (self->state, name != NULL ? name : "");
  duo_remote_state_set_browser (self->state, self->hello != NULL && self->hello->offers == 0);
  g_signal_emit (self, signals[EVENT], 0, DUO_CALL_EVENT_PEER);
}

/* Nothing of the former peer stays. */
void
duo_remote_peer_start_over (DuoRemotePeer *self)
{
  duo_call_line_reset (self->line);
  duo_epoch_reset (&self->epoch, g_get_monotonic_time ());
  g_clear_pointer (&self->hello, duo_peer_message_free);
  g_clear_pointer (&self->plain_ufrag, g_free);
  self->absent = FALSE;
  self->shown = FALSE;
  duo_remote_peer_stop_ringing (self);
}

/* @event tells the call, if it has been told of the other. */
void
duo_remote_peer_forget (DuoRemotePeer *self, DuoCallEvent event)
{
  gboolean shown = self->shown;

  duo_pairing_drop (self->pairing, NULL);
  duo_remote_peer_start_over (self);
  if (shown)
    g_signal_emit (self, signals[EVENT], 0, event);
}

static void
act (DuoRemotePeer *self, guint actions, const char *from)
{
  if ((actions & DUO_PAIRING_REPLY) != 0)
    send_hello (self, from, TRUE);
  if ((actions & DUO_PAIRING_BUSY) != 0)
    send_bye_to (self, from, DUO_BYE_BUSY);
  if ((actions & DUO_PAIRING_START) != 0)
    duo_remote_peer_start_epoch (self);
}

/* Who says hello may have heard us call, and answer that: what is offered now is not the same. */
static void
adopt (DuoRemotePeer *self)
{
  guint64 offered = self->ringing_since != 0 ? self->epoch.current : 0;

  duo_remote_peer_start_over (self);
  duo_epoch_hear (&self->epoch, offered);
}

static void
take_hello (DuoRemotePeer *self,
            const char *from,
            const DuoPeerMessage *message,
            gboolean addressed)
{
  const DuoHello hello = {
    .offers = message->offers,
    .reply = message->reply,
    .addressed = addressed,
    .connected = message->connected,
  };
  guint actions = duo_pairing_hello (self->pairing,
                                     from,
                                     &hello,
                                     duo_call_line_get_media (self->line),
                                     g_get_monotonic_time ());

  if ((actions & DUO_PAIRING_HOLD) != 0) {
    g_clear_pointer (&self->stranger, duo_peer_message_free);
    self->stranger = duo_peer_message_copy (message);
    return;
  }

  if ((actions & DUO_PAIRING_ADOPT) != 0)
    adopt (self);
  if (g_strcmp0 (duo_pairing_get_remote (self->pairing), from) != 0)
    return;

  self->absent = FALSE;
  duo_epoch_hear (&self->epoch, message->epoch);
  g_clear_pointer (&self->hello, duo_peer_message_free);
  self->hello = duo_peer_message_copy (message);
  duo_remote_peer_show (self);

  /* It answers what we said when it had not heard of the connection yet that is on its way. */
  if (message->reply && duo_call_line_get_link (self->line) == DUO_EPOCH_LINK_CONNECTING)
    actions &= ~DUO_PAIRING_START;
  act (self, actions, from);
}

static void
take_bye (DuoRemotePeer *self, DuoByeReason reason)
{
  gboolean met = duo_call_line_get_media (self->line) != DUO_PAIRING_MEDIA_NONE;

  if (reason == DUO_BYE_BUSY)
    g_signal_emit (self, signals[END], 0, DUO_CALL_END_BUSY, NULL);
  else if (met || reason == DUO_BYE_FAILED)
    g_signal_emit (self, signals[END], 0, DUO_CALL_END_REMOTE_LEFT, NULL);
  else
    duo_remote_peer_forget (self, DUO_CALL_EVENT_PEER_GONE);
}

static void
take_other (DuoRemotePeer *self, const DuoPeerMessage *message)
{
  duo_remote_peer_show (self);
  if (message->type == DUO_PEER_MESSAGE_BYE)
    take_bye (self, message->reason);
  else if (message->type == DUO_PEER_MESSAGE_RESTART)
    duo_remote_peer_take_restart (self, message);
  else if (duo_epoch_judge (&self->epoch, message->epoch) == DUO_EPOCH_SAME)
    duo_call_line_receive (self->line, message);
}

static void
judge_stranger (DuoRemotePeer *self)
{
  g_autofree char *stranger = NULL;
  guint actions = duo_pairing_judge (self->pairing,
                                     duo_call_line_get_media (self->line),
                                     duo_call_line_get_last_sign (self->line),
                                     g_get_monotonic_time (),
                                     &stranger);

  if (actions == 0)
    return;

  if ((actions & DUO_PAIRING_ADOPT) != 0) {
    duo_remote_peer_start_over (self);
    self->hello = g_steal_pointer (&self->stranger);
    duo_remote_peer_show (self);
  }
  g_clear_pointer (&self->stranger, duo_peer_message_free);
  act (self, actions, stranger);
}

static gboolean
on_tick (gpointer user_data)
{
  g_autoptr (DuoRemotePeer) self = g_object_ref (DUO_REMOTE_PEER (user_data));

  judge_stranger (self);
  duo_remote_peer_watch (self);

  return self->source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_line_send (DuoRemotePeer *self, const DuoPeerMessage *message)
{
  const char *remote = duo_pairing_get_remote (self->pairing);

  if (remote != NULL || self->ringing_since != 0)
    duo_remote_peer_send (self, message, remote != NULL ? remote : self->present);
}

static void
duo_remote_peer_dispose (GObject *object)
{
  DuoRemotePeer *self = DUO_REMOTE_PEER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->line != NULL)
    g_signal_handlers_disconnect_by_data (self->line, self);
  g_clear_object (&self->line);
  g_clear_object (&self->state);
  g_clear_pointer (&self->pairing, duo_pairing_free);
  g_clear_pointer (&self->hello, duo_peer_message_free);
  g_clear_pointer (&self->stranger, duo_peer_message_free);
  g_clear_pointer (&self->plain_ufrag, g_free);
  duo_remote_peer_clear_presence (self);
  g_clear_pointer (&self->display_name, g_free);

  G_OBJECT_CLASS (duo_remote_peer_parent_class)->dispose (object);
}

static void
duo_remote_peer_class_init (DuoRemotePeerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = duo_remote_peer_dispose;

  /* A DuoPeerMessage and the PEER to send it to, NULL for everybody. */
  signals[SEND] = duo_call_signal_new (klass, "send", 2, DUO_TYPE_PEER_MESSAGE, G_TYPE_STRING);
  /* A DuoCallEvent: somebody is there, or gone. */
  signals[EVENT] = duo_call_signal_new (klass, "event", 1, G_TYPE_INT);
  /* A DuoCallEndReason and NULL: the call is over. */
  signals[END] = duo_call_signal_new (klass, "end", 2, G_TYPE_INT, G_TYPE_ERROR);
}

static void
duo_remote_peer_init (DuoRemotePeer *self)
{
  self->source = g_timeout_add (TICK_MS, on_tick, self);
}

/**
 * duo_remote_peer_new:
 * @self_id: our PEER
 * @display_name: (nullable): our own name
 * @open_room: whether offers count even from peers that never said hello
 * @line: the way to the other
 * @state: where to put what is learnt of the other
 *
 * Returns: (transfer full): a remote peer, nobody yet
 */
DuoRemotePeer *
duo_remote_peer_new (const char *self_id,
                     const char *display_name,
                     gboolean open_room,
                     DuoCallLine *line,
                     DuoRemoteState *state)
{
  DuoRemotePeer *self = g_object_new (DUO_TYPE_REMOTE_PEER, NULL);

  self->pairing = duo_pairing_new (self_id, 1, open_room);
  self->open_room = open_room;
  self->display_name = g_strdup (display_name);
  self->line = g_object_ref (line);
  self->state = g_object_ref (state);
  g_signal_connect_swapped (line, "send", G_CALLBACK (on_line_send), self);

  return self;
}

/**
 * duo_remote_peer_set_signaling:
 * @self: a remote peer
 * @connected: whether the room server can be reached
 *
 * Without the room nothing can be made anew, so what there is stays.
 */
void
duo_remote_peer_set_signaling (DuoRemotePeer *self, gboolean connected)
{
  self->signaling = connected;
}

/**
 * duo_remote_peer_greet:
 * @self: a remote peer
 * @greeted: whether the room has greeted us; one that does not may be a chat server's, which has to
 *   be told who wants in
 *
 * Says hello to everybody in the room. To be called on every (re)connection to it.
 */
void
duo_remote_peer_greet (DuoRemotePeer *self, gboolean greeted)
{
  g_autoptr (DuoPeerMessage) join_room = duo_greeting_new_join_room (self->display_name);

  duo_remote_peer_clear_presence (self);
  send_hello (self, NULL, FALSE);
  if (self->open_room && !greeted)
    duo_remote_peer_send (self, join_room, NULL);
}

/**
 * duo_remote_peer_receive:
 * @self: a remote peer
 * @from: the PEER that sent it
 * @message: a message from the room
 * @addressed: whether it was sent to us alone
 *
 * Takes what comes through the room.
 */
void
duo_remote_peer_receive (DuoRemotePeer *self,
                         const char *from,
                         const DuoPeerMessage *message,
                         gboolean addressed)
{
  const char *remote = duo_pairing_get_remote (self->pairing);

  if (message->type == DUO_PEER_MESSAGE_ANSWER)
    duo_remote_peer_take_plain_answer (self, from, message);

  if (message->type == DUO_PEER_MESSAGE_HELLO)
    take_hello (self, from, message, addressed);
  else if (message->type == DUO_PEER_MESSAGE_JOIN_ROOM)
    duo_remote_peer_take_presence (self, from, message);
  else if (message->type == DUO_PEER_MESSAGE_LEAVE_ROOM)
    duo_remote_peer_left (self, from);
  else if (message->type == DUO_PEER_MESSAGE_OFFER)
    duo_remote_peer_take_offer (self, from, message);
  else if (remote == NULL && addressed && message->type == DUO_PEER_MESSAGE_BYE &&
           message->reason == DUO_BYE_BUSY)
    take_bye (self, DUO_BYE_BUSY); /* those that are taken do not greet us before */
  else if (duo_pairing_heard (self->pairing, from, addressed))
    take_other (self, message);
}

/**
 * duo_remote_peer_left:
 * @self: a remote peer
 * @peer_id: the PEER whose connection to the room is gone
 *
 * Takes the room's hint. It never ends media that flows. Whoever left may be the one whose PEER is
 * not known.
 */
void
duo_remote_peer_left (DuoRemotePeer *self, const char *peer_id)
{
  const char *remote = duo_pairing_get_remote (self->pairing);
  gboolean anonymous = g_strcmp0 (remote, DUO_PEER_ANONYMOUS) == 0;

  if (g_strcmp0 (self->present, peer_id) == 0)
    duo_remote_peer_clear_presence (self);
  if (!anonymous && g_strcmp0 (remote, peer_id) != 0) {
    duo_pairing_drop (self->pairing, peer_id);
    return;
  }

  if (!anonymous && duo_call_line_get_media (self->line) == DUO_PAIRING_MEDIA_NONE)
    duo_remote_peer_forget (self, DUO_CALL_EVENT_PEER_GONE);
  else
    self->absent = TRUE;
}

/**
 * duo_remote_peer_say_bye:
 * @self: a remote peer
 * @reason: why
 *
 * Says goodbye to the other, on both ways.
 */
void
duo_remote_peer_say_bye (DuoRemotePeer *self, DuoByeReason reason)
{
  const char *remote = duo_pairing_get_remote (self->pairing);

  g_clear_handle_id (&self->source, g_source_remove);
  duo_call_line_hang_up (self->line, &reason);
  if (remote != NULL)
    send_bye_to (self, remote, reason);
}
