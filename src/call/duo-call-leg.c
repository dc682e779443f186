/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-leg.h"

#include "duo-call-signal.h"

/* One epoch of a call: a peer connection and all that belongs to it, thrown away whole. */
struct _DuoCallLeg {
  GObject parent_instance;

  /* Owned */
  DuoPeerFactory *factory;
  DuoPeerConnection *connection;
  DuoCallNegotiation *negotiation;
  DuoCallChannel *channel;
  DuoCallMonitor *monitor; /* NULL until connected */

  gboolean signaling;
  gboolean greeted; /* the channel's opening has been told */
  gboolean closed;
};

enum {
  SEND,
  CONNECTED,
  CHANNEL_OPEN,
  MESSAGE,
  VERIFICATION,
  CHANGED,
  STATS,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallLeg, duo_call_leg, G_TYPE_OBJECT)

static void
on_send (DuoCallLeg *self, const DuoPeerMessage *message)
{
  g_signal_emit (self, signals[SEND], 0, message);
}

static void
on_message (DuoCallLeg *self, const DuoChannelMessage *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
on_verification (DuoCallLeg *self)
{
  g_signal_emit (self, signals[VERIFICATION], 0);
}

static void
on_changed (DuoCallLeg *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_stats (DuoCallLeg *self)
{
  g_autoptr (DuoPeerStats) stats = duo_call_monitor_dup_stats (self->monitor);

  duo_peer_factory_set_packet_loss (self->factory, (guint) CLAMP (stats->loss_percent, 0, 100));
  g_signal_emit (self, signals[STATS], 0);
}

static void
on_failed (DuoCallLeg *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
update_channel (DuoCallLeg *self)
{
  if (self->greeted || self->monitor == NULL ||
      !duo_peer_connection_get_channel_open (self->connection))
    return;

  self->greeted = TRUE;
  g_signal_emit (self, signals[CHANNEL_OPEN], 0);
}

/* Connected means verified: from here on, and not before, something of ours goes out. */
static void
on_connection_state (DuoCallLeg *self)
{
  if (self->monitor != NULL ||
      duo_peer_connection_get_connection_state (self->connection) != DUO_PEER_CONNECTION_CONNECTED)
    return;

  self->monitor = duo_call_monitor_new (self->connection, self->channel);
  duo_call_monitor_set_signaling (self->monitor, self->signaling);
  g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->monitor, "stats", G_CALLBACK (on_stats), self);

  duo_peer_factory_attach (self->factory, self->connection);
  g_signal_emit (self, signals[CONNECTED], 0);
  update_channel (self);
}

static void
duo_call_leg_dispose (GObject *object)
{
  DuoCallLeg *self = DUO_CALL_LEG (object);

  duo_call_leg_close (self, FALSE);
  g_clear_object (&self->monitor);
  g_clear_object (&self->channel);
  g_clear_object (&self->negotiation);
  g_clear_object (&self->connection);
  g_clear_object (&self->factory);

  G_OBJECT_CLASS (duo_call_leg_parent_class)->dispose (object);
}

static void
duo_call_leg_class_init (DuoCallLegClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_call_leg_dispose;

  /* A DuoPeerMessage for the other. */
  signals[SEND] = duo_call_signal_new (klass, "send", 1, DUO_TYPE_PEER_MESSAGE);
  /* Connected and verified. */
  signals[CONNECTED] = duo_call_signal_new (klass, "connected", 0);
  /* The data channel can be written to; after connected. */
  signals[CHANNEL_OPEN] = duo_call_signal_new (klass, "channel-open", 0);
  /* A DuoChannelMessage: state, resume or bye. */
  signals[MESSAGE] = duo_call_signal_new (klass, "message", 1, DUO_TYPE_CHANNEL_MESSAGE);
  /* The exchange of nonces went on. */
  signals[VERIFICATION] = duo_call_signal_new (klass, "verification", 0);
  /* The monitor's level, trouble or quality changed. */
  signals[CHANGED] = duo_call_signal_new (klass, "changed", 0);
  /* The monitor has new statistics. */
  signals[STATS] = duo_call_signal_new (klass, "stats", 0);
  /* A GError: this leg is of no use. */
  signals[FAILED] = duo_call_signal_new (klass, "failed", 1, G_TYPE_ERROR);
}

static void
duo_call_leg_init (DuoCallLeg *self)
{
  self->signaling = TRUE;
}

/**
 * duo_call_leg_new:
 * @factory: makes the connection
 * @config: what it begins with
 * @error: return location for a #GError
 *
 * Makes an epoch that has not begun.
 *
 * Returns: (transfer full): a leg, or %NULL on error
 */
DuoCallLeg *
duo_call_leg_new (DuoPeerFactory *factory, const DuoCallLegConfig *config, GError **error)
{
  g_autoptr (DuoCallLeg) self = NULL;

  g_return_val_if_fail (DUO_IS_PEER_FACTORY (factory), NULL);
  g_return_val_if_fail (config != NULL, NULL);

  self = g_object_new (DUO_TYPE_CALL_LEG, NULL);
  self->factory = g_object_ref (factory);
  self->connection =
    duo_peer_factory_create (factory, config->epoch, config->offerer, config->open_room, error);
  if (self->connection == NULL)
    return NULL;

  self->negotiation = duo_call_negotiation_new (self->connection,
                                                config->epoch,
                                                config->offerer,
                                                config->resume_key,
                                                error);
  if (self->negotiation == NULL)
    return NULL;

  self->channel = duo_call_channel_new (self->connection);

  g_signal_connect_swapped (self->negotiation, "send", G_CALLBACK (on_send), self);
  g_signal_connect_swapped (self->negotiation, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (self->negotiation, "verification", G_CALLBACK (on_verification), self);
  g_signal_connect_swapped (self->channel, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (self->connection,
                            "notify::connection-state",
                            G_CALLBACK (on_connection_state),
                            self);
  g_signal_connect_swapped (self->connection,
                            "notify::channel-open",
                            G_CALLBACK (update_channel),
                            self);

  return g_steal_pointer (&self);
}

/**
 * duo_call_leg_offer:
 * @self: the offerer's leg
 *
 * Begins.
 */
void
duo_call_leg_offer (DuoCallLeg *self)
{
  g_return_if_fail (DUO_IS_CALL_LEG (self));

  duo_call_negotiation_offer (self->negotiation);
}

/**
 * duo_call_leg_answer:
 * @self: the answerer's leg
 * @offer: the offer
 *
 * Begins.
 */
void
duo_call_leg_answer (DuoCallLeg *self, const DuoPeerMessage *offer)
{
  g_return_if_fail (DUO_IS_CALL_LEG (self));

  duo_call_negotiation_answer (self->negotiation, offer);
}

/**
 * duo_call_leg_receive:
 * @self: a leg
 * @message: an answer, reveal or candidate of this epoch
 *
 * Takes what the other sends.
 */
void
duo_call_leg_receive (DuoCallLeg *self, const DuoPeerMessage *message)
{
  g_return_if_fail (DUO_IS_CALL_LEG (self));

  duo_call_negotiation_receive (self->negotiation, message);
}

/**
 * duo_call_leg_set_signaling:
 * @self: a leg
 * @connected: whether the room server can be reached
 *
 * Helps to tell whose side a silence is on.
 */
void
duo_call_leg_set_signaling (DuoCallLeg *self, gboolean connected)
{
  g_return_if_fail (DUO_IS_CALL_LEG (self));

  self->signaling = connected;
  if (self->monitor != NULL)
    duo_call_monitor_set_signaling (self->monitor, connected);
}

/**
 * duo_call_leg_get_negotiation:
 * @self: a leg
 *
 * Returns: (transfer none): its offer, answer and nonces
 */
DuoCallNegotiation *
duo_call_leg_get_negotiation (DuoCallLeg *self)
{
  g_return_val_if_fail (DUO_IS_CALL_LEG (self), NULL);

  return self->negotiation;
}

/**
 * duo_call_leg_get_emoji:
 * @self: a leg
 * @seal_key: (nullable): the room's
 * @indices: (out caller-allocates) (array fixed-size=4): numbers of the pictures
 *
 * Returns: whether there are any yet
 */
gboolean
duo_call_leg_get_emoji (DuoCallLeg *self, GBytes *seal_key, guint indices[4])
{
  g_return_val_if_fail (DUO_IS_CALL_LEG (self), FALSE);

  return duo_verification_get_emoji (duo_call_negotiation_get_verification (self->negotiation),
                                     duo_peer_connection_get_local_fingerprint (self->connection),
                                     duo_peer_connection_get_remote_fingerprint (self->connection),
                                     seal_key,
                                     indices);
}

/**
 * duo_call_leg_get_channel:
 * @self: a leg
 *
 * Returns: (transfer none): its data channel
 */
DuoCallChannel *
duo_call_leg_get_channel (DuoCallLeg *self)
{
  g_return_val_if_fail (DUO_IS_CALL_LEG (self), NULL);

  return self->channel;
}

/**
 * duo_call_leg_get_monitor:
 * @self: a leg
 *
 * Returns: (transfer none) (nullable): what watches it, %NULL until connected
 */
DuoCallMonitor *
duo_call_leg_get_monitor (DuoCallLeg *self)
{
  g_return_val_if_fail (DUO_IS_CALL_LEG (self), NULL);

  return self->monitor;
}

/**
 * duo_call_leg_get_link:
 * @self: a leg
 *
 * Returns: what has become of its connection
 */
DuoEpochLink
duo_call_leg_get_link (DuoCallLeg *self)
{
  g_return_val_if_fail (DUO_IS_CALL_LEG (self), DUO_EPOCH_LINK_NONE);

  if (self->monitor == NULL)
    return DUO_EPOCH_LINK_CONNECTING;

  return duo_call_monitor_get_level (self->monitor) == DUO_LIVENESS_REBUILD ? DUO_EPOCH_LINK_SILENT
                                                                            : DUO_EPOCH_LINK_UP;
}

/**
 * duo_call_leg_close:
 * @self: a leg
 * @linger: whether to leave the data channel a moment for what was just sent
 *
 * Ends the epoch. No signal is emitted any more, and no sound or picture goes either way. See
 * duo_peer_factory_drain_async() for the end of the connection.
 */
void
duo_call_leg_close (DuoCallLeg *self, gboolean linger)
{
  g_return_if_fail (DUO_IS_CALL_LEG (self));

  if (self->closed)
    return;

  self->closed = TRUE;
  if (self->monitor != NULL)
    duo_call_monitor_stop (self->monitor);
  if (self->channel != NULL)
    g_signal_handlers_disconnect_by_data (self->channel, self);
  if (self->negotiation != NULL) {
    g_signal_handlers_disconnect_by_data (self->negotiation, self);
    duo_call_negotiation_stop (self->negotiation);
  }
  if (self->connection != NULL) {
    g_signal_handlers_disconnect_by_data (self->connection, self);
    duo_peer_factory_retire (self->factory, self->connection, linger && self->greeted);
  }
}
