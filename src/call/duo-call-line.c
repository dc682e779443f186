/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-line.h"

#include "duo-call-fault.h"
#include "duo-call-signal.h"
#include "duo-call-state.h"
#include "duo-call-trust.h"

/* The way to the other person: one leg after another, and what lasts from one to the next. */
struct _DuoCallLine {
  GObject parent_instance;

  /* Owned */
  DuoPeerFactory *factory;
  DuoRemoteState *state;
  DuoCallTrust *trust;
  DuoCallLeg *leg;     /* nullable */
  DuoPeerStats *stats; /* nullable */
  char *display_name;

  DuoPairingMedia media;
  gint64 lost_at;
  gboolean microphone;
  gboolean camera;
  gboolean signaling;
  gboolean open_room;
};

enum {
  SEND,
  EVENT,
  END,
  STATS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallLine, duo_call_line, G_TYPE_OBJECT)

static void
end (DuoCallLine *self, DuoCallEndReason reason, const GError *error)
{
  g_signal_emit (self, signals[END], 0, reason, error);
}

static void
lose (DuoCallLine *self, gint64 since)
{
  if (self->media != DUO_PAIRING_MEDIA_FLOWING)
    return;

  self->media = DUO_PAIRING_MEDIA_LOST;
  self->lost_at = since;
  g_signal_emit (self, signals[EVENT], 0, DUO_CALL_EVENT_LOST);
}

static void
regain (DuoCallLine *self)
{
  if (self->media == DUO_PAIRING_MEDIA_FLOWING)
    return;

  self->media = DUO_PAIRING_MEDIA_FLOWING;
  g_signal_emit (self, signals[EVENT], 0, DUO_CALL_EVENT_CONNECTED);
}

static void
drop_leg (DuoCallLine *self, gboolean linger)
{
  g_autoptr (DuoCallLeg) leg = g_steal_pointer (&self->leg);

  if (leg == NULL)
    return;

  g_signal_handlers_disconnect_by_data (leg, self);
  duo_call_leg_close (leg, linger);
}

static void
send_state (DuoCallLine *self)
{
  if (self->leg != NULL)
    duo_call_channel_send_state (duo_call_leg_get_channel (self->leg),
                                 self->microphone,
                                 self->camera,
                                 self->display_name);
}

static void
on_send (DuoCallLine *self, const DuoPeerMessage *message)
{
  g_signal_emit (self, signals[SEND], 0, message);
}

static void
show_connection (DuoCallLine *self)
{
  DuoCallMonitor *monitor = duo_call_leg_get_monitor (self->leg);

  duo_remote_state_set_connection (self->state,
                                   duo_call_monitor_get_trouble (monitor),
                                   duo_call_monitor_get_quality (monitor));
}

static void
on_connected (DuoCallLine *self)
{
  duo_call_trust_update (self->trust, self->leg); /* before anybody is shown */
  show_connection (self);
  regain (self);
}

static void
on_channel_open (DuoCallLine *self)
{
  send_state (self);
  duo_call_trust_share_key (self->trust, self->leg);
}

static void
on_message (DuoCallLine *self, const DuoChannelMessage *message)
{
  switch (message->type) {
  case DUO_CHANNEL_MESSAGE_STATE:
    duo_remote_state_set_devices (self->state, message->microphone, message->camera);
    if (message->display_name != NULL)
      duo_remote_state_set_name (self->state, message->display_name);
    break;
  case DUO_CHANNEL_MESSAGE_RESUME:
    duo_call_trust_take_key (self->trust, self->leg, message->key);
    break;
  case DUO_CHANNEL_MESSAGE_BYE:
    end (self, DUO_CALL_END_REMOTE_LEFT, NULL);
    break;
  case DUO_CHANNEL_MESSAGE_PING:
  case DUO_CHANNEL_MESSAGE_PONG:
  default:
    break;
  }
}

static void
on_verification (DuoCallLine *self)
{
  DuoVerification *verification =
    duo_call_negotiation_get_verification (duo_call_leg_get_negotiation (self->leg));

  if (duo_verification_get_status (verification) == DUO_VERIFICATION_FAILED)
    end (self, DUO_CALL_END_VERIFICATION, NULL);
  else
    duo_call_trust_update (self->trust, self->leg);
}

static void
on_changed (DuoCallLine *self)
{
  DuoCallMonitor *monitor = duo_call_leg_get_monitor (self->leg);
  DuoLivenessLevel level = duo_call_monitor_get_level (monitor);

  show_connection (self);
  if (level >= DUO_LIVENESS_LOST)
    lose (self, duo_call_monitor_get_last_sign (monitor));
  else if (level == DUO_LIVENESS_OK)
    regain (self);
}

static void
on_stats (DuoCallLine *self)
{
  g_clear_pointer (&self->stats, duo_peer_stats_free);
  self->stats = duo_call_monitor_dup_stats (duo_call_leg_get_monitor (self->leg));
  g_signal_emit (self, signals[STATS], 0);
}

static void
on_failed (DuoCallLine *self, const GError *error)
{
  DuoCallEndReason reason = duo_call_fault_judge (error, self->media, self->open_room);

  if (reason != DUO_CALL_END_NONE) {
    end (self, reason, error);
  } else {
    g_message ("A connection failed: %s", error->message);
    drop_leg (self, FALSE);
    lose (self, g_get_monotonic_time ());
  }
}

static gboolean
start_leg (DuoCallLine *self, guint64 epoch, gboolean offerer)
{
  const DuoCallLegConfig config = {
    .epoch = epoch,
    .offerer = offerer,
    .open_room = self->open_room,
    .resume_key = duo_call_trust_get_resume_key (self->trust),
  };
  g_autoptr (GError) error = NULL;

  drop_leg (self, FALSE);
  lose (self, g_get_monotonic_time ());

  self->leg = duo_call_leg_new (self->factory, &config, &error);
  if (self->leg == NULL) {
    DuoCallEndReason reason = duo_call_fault_judge (error, DUO_PAIRING_MEDIA_NONE, FALSE);

    end (self, reason != DUO_CALL_END_NONE ? reason : DUO_CALL_END_FAILED, error);
    return FALSE;
  }

  duo_call_leg_set_signaling (self->leg, self->signaling);
  g_signal_connect_swapped (self->leg, "send", G_CALLBACK (on_send), self);
  g_signal_connect_swapped (self->leg, "connected", G_CALLBACK (on_connected), self);
  g_signal_connect_swapped (self->leg, "channel-open", G_CALLBACK (on_channel_open), self);
  g_signal_connect_swapped (self->leg, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (self->leg, "verification", G_CALLBACK (on_verification), self);
  g_signal_connect_swapped (self->leg, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->leg, "stats", G_CALLBACK (on_stats), self);
  g_signal_connect_swapped (self->leg, "failed", G_CALLBACK (on_failed), self);

  return TRUE;
}

static void
duo_call_line_dispose (GObject *object)
{
  DuoCallLine *self = DUO_CALL_LINE (object);

  drop_leg (self, FALSE);
  g_clear_object (&self->factory);
  g_clear_object (&self->state);
  g_clear_pointer (&self->trust, duo_call_trust_free);
  g_clear_pointer (&self->stats, duo_peer_stats_free);
  g_clear_pointer (&self->display_name, g_free);

  G_OBJECT_CLASS (duo_call_line_parent_class)->dispose (object);
}

static void
duo_call_line_class_init (DuoCallLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_call_line_dispose;

  /* A DuoPeerMessage for the other. */
  signals[SEND] = duo_call_signal_new (klass, "send", 1, DUO_TYPE_PEER_MESSAGE);
  /* A DuoCallEvent: connected or lost. */
  signals[EVENT] = duo_call_signal_new (klass, "event", 1, G_TYPE_INT);
  /* A DuoCallEndReason and a GError or NULL: the call is over. */
  signals[END] = duo_call_signal_new (klass, "end", 2, G_TYPE_INT, G_TYPE_ERROR);
  /* There are new statistics. */
  signals[STATS] = duo_call_signal_new (klass, "stats", 0);
}

static void
duo_call_line_init (DuoCallLine *self)
{
  self->signaling = TRUE;
}

/**
 * duo_call_line_new:
 * @factory: makes connections
 * @seal_key: (nullable): the room's key, %NULL in an open room
 * @state: where to put what is learnt of the other
 *
 * Returns: (transfer full): a line without a connection
 */
DuoCallLine *
duo_call_line_new (DuoPeerFactory *factory, GBytes *seal_key, DuoRemoteState *state)
{
  DuoCallLine *self = g_object_new (DUO_TYPE_CALL_LINE, NULL);

  self->factory = g_object_ref (factory);
  self->open_room = seal_key == NULL;
  self->state = g_object_ref (state);
  self->trust = duo_call_trust_new (seal_key, state);

  return self;
}

/**
 * duo_call_line_set_signaling:
 * @self: a line
 * @connected: whether the room server can be reached
 *
 * Helps to tell whose side a silence is on.
 */
void
duo_call_line_set_signaling (DuoCallLine *self, gboolean connected)
{
  self->signaling = connected;
  if (self->leg != NULL)
    duo_call_leg_set_signaling (self->leg, connected);
  if (self->media == DUO_PAIRING_MEDIA_LOST)
    duo_remote_state_set_connection (self->state,
                                     connected ? DUO_CALL_TROUBLE_REMOTE : DUO_CALL_TROUBLE_LOCAL,
                                     0);
}

/**
 * duo_call_line_set_local:
 * @self: a line
 * @microphone: whether sound is being sent
 * @camera: whether a picture is being sent
 * @display_name: (nullable): one's name
 *
 * Sets what the other is told, now and in each epoch.
 */
void
duo_call_line_set_local (DuoCallLine *self,
                         gboolean microphone,
                         gboolean camera,
                         const char *display_name)
{
  self->microphone = microphone;
  self->camera = camera;
  g_free (self->display_name);
  self->display_name = g_strdup (display_name);
  send_state (self);
}

/**
 * duo_call_line_offer:
 * @self: a line
 * @epoch: the next epoch
 *
 * Throws the connection away and offers a new one.
 */
void
duo_call_line_offer (DuoCallLine *self, guint64 epoch)
{
  if (start_leg (self, epoch, TRUE))
    duo_call_leg_offer (self->leg);
}

/**
 * duo_call_line_answer:
 * @self: a line
 * @offer: the offer of a newer epoch
 *
 * Throws the connection away and answers with a new one.
 */
void
duo_call_line_answer (DuoCallLine *self, const DuoPeerMessage *offer)
{
  if (start_leg (self, offer->epoch, FALSE))
    duo_call_leg_answer (self->leg, offer);
}

/**
 * duo_call_line_receive:
 * @self: a line
 * @message: an answer, reveal or candidate of the current epoch
 *
 * Takes what the other sends.
 */
void
duo_call_line_receive (DuoCallLine *self, const DuoPeerMessage *message)
{
  if (self->leg != NULL)
    duo_call_leg_receive (self->leg, message);
}

/**
 * duo_call_line_reset:
 * @self: a line
 *
 * There is another peer, or none: nothing of the former one stays.
 */
void
duo_call_line_reset (DuoCallLine *self)
{
  drop_leg (self, FALSE);
  lose (self, g_get_monotonic_time ());
  duo_call_trust_reset (self->trust);
  duo_remote_state_reset (self->state);
}

/**
 * duo_call_line_hang_up:
 * @self: a line
 * @bye: (nullable): why, to say goodbye over the data channel; the connection lingers a moment then
 *
 * Closes the connection, if there is one. What is known of the other stays.
 */
void
duo_call_line_hang_up (DuoCallLine *self, const DuoByeReason *bye)
{
  if (self->leg != NULL && bye != NULL)
    duo_call_channel_send_bye (duo_call_leg_get_channel (self->leg), *bye);
  drop_leg (self, bye != NULL);
}

/**
 * duo_call_line_get_link:
 * @self: a line
 *
 * Returns: what has become of the current epoch's connection
 */
DuoEpochLink
duo_call_line_get_link (DuoCallLine *self)
{
  return self->leg != NULL ? duo_call_leg_get_link (self->leg) : DUO_EPOCH_LINK_NONE;
}

/**
 * duo_call_line_get_media:
 * @self: a line
 *
 * Returns: how things stand with the other
 */
DuoPairingMedia
duo_call_line_get_media (DuoCallLine *self)
{
  return self->media;
}

/**
 * duo_call_line_get_last_sign:
 * @self: a line
 *
 * Returns: when the other last gave a sign of life on any connection that was up, monotonic µs
 */
gint64
duo_call_line_get_last_sign (DuoCallLine *self)
{
  DuoCallMonitor *monitor = self->leg != NULL ? duo_call_leg_get_monitor (self->leg) : NULL;

  return monitor != NULL ? duo_call_monitor_get_last_sign (monitor) : self->lost_at;
}

/**
 * duo_call_line_dup_stats:
 * @self: a line
 *
 * Returns: (transfer full) (nullable): the newest statistics
 */
DuoPeerStats *
duo_call_line_dup_stats (DuoCallLine *self)
{
  return self->stats != NULL ? duo_peer_stats_copy (self->stats) : NULL;
}
