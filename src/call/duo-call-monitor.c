/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-monitor.h"

#include <gio/gio.h>

#include "duo-call-signal.h"

/* Fine enough for limits of whole seconds. */
#define TICK_MS 500
#define TICKS_PER_SECOND (1000 / TICK_MS)

/* Watches a peer connection that is up: pings, statistics, signs of life. */
struct _DuoCallMonitor {
  GObject parent_instance;

  /* Owned */
  DuoPeerConnection *connection;
  DuoCallChannel *channel;
  DuoPeerStats *stats; /* nullable */
  GCancellable *cancellable;

  gint64 connected_at;
  gboolean signaling;
  gboolean had_network; /* a computer with loopback only calls itself offline */
  gboolean had_channel; /* one that has closed is no excuse for silence */
  gboolean asking;      /* for statistics */
  guint ticks;
  guint source;

  DuoLivenessLevel level;
  DuoCallTrouble trouble;
  guint quality;
};

enum {
  CHANGED,
  STATS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallMonitor, duo_call_monitor, G_TYPE_OBJECT)

static gboolean
is_online (void)
{
  return g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

static DuoLiveness
gather (DuoCallMonitor *self)
{
  self->had_channel |= duo_peer_connection_get_channel_open (self->connection);

  return (DuoLiveness){
    .now = g_get_monotonic_time (),
    .connected_at = self->connected_at,
    .last_packet = duo_peer_connection_get_last_packet_time (self->connection),
    .last_message = duo_call_channel_get_last_message (self->channel),
    .signaling_connected = self->signaling,
    .network_available = !self->had_network || is_online (),
    .without_channel = !self->had_channel,
  };
}

static guint
score (DuoCallMonitor *self, const DuoLiveness *liveness)
{
  gint64 silence_ms = duo_liveness_silence (liveness) / 1000;
  gint64 round_trip = duo_call_channel_get_round_trip (self->channel);
  double loss =
    self->stats != NULL ? MAX (self->stats->loss_percent, self->stats->receive_loss_percent) : -1;

  return duo_quality_score (silence_ms, round_trip / 1000.0, loss);
}

static void
judge (DuoCallMonitor *self)
{
  DuoLiveness liveness = gather (self);
  DuoCallTrouble trouble;
  DuoLivenessLevel level = duo_liveness_judge (&liveness, &trouble);
  guint quality = score (self, &liveness);

  if (level == self->level && trouble == self->trouble && quality == self->quality)
    return;

  self->level = level;
  self->trouble = trouble;
  self->quality = quality;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_stats (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallMonitor) self = user_data;
  g_autoptr (GError) error = NULL;
  DuoPeerStats *stats =
    duo_peer_connection_get_stats_finish (DUO_PEER_CONNECTION (object), result, &error);

  self->asking = FALSE;
  if (stats == NULL) {
    g_debug ("No statistics: %s", error->message);
    return;
  }

  g_clear_pointer (&self->stats, duo_peer_stats_free);
  self->stats = stats;
  if (self->source != 0)
    g_signal_emit (self, signals[STATS], 0);
}

static gboolean
on_tick (gpointer user_data)
{
  /* A handler of a signal may drop the monitor. */
  g_autoptr (DuoCallMonitor) self = g_object_ref (DUO_CALL_MONITOR (user_data));

  if (self->ticks++ % TICKS_PER_SECOND == 0) {
    duo_call_channel_send_ping (self->channel);

    if (!self->asking) {
      self->asking = TRUE;
      duo_peer_connection_get_stats_async (self->connection,
                                           self->cancellable,
                                           on_stats,
                                           g_object_ref (self));
    }
  }

  judge (self);

  return self->source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
duo_call_monitor_dispose (GObject *object)
{
  DuoCallMonitor *self = DUO_CALL_MONITOR (object);

  duo_call_monitor_stop (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->channel);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stats, duo_peer_stats_free);

  G_OBJECT_CLASS (duo_call_monitor_parent_class)->dispose (object);
}

static void
duo_call_monitor_class_init (DuoCallMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_call_monitor_dispose;

  /* The level, the trouble or the quality has changed. */
  signals[CHANGED] = duo_call_signal_new (klass, "changed", 0);
  /* There are new statistics. */
  signals[STATS] = duo_call_signal_new (klass, "stats", 0);
}

static void
duo_call_monitor_init (DuoCallMonitor *self)
{
  self->cancellable = g_cancellable_new ();
  self->connected_at = g_get_monotonic_time ();
  self->had_network = is_online ();
  self->signaling = TRUE;
  self->quality = 3;
}

/**
 * duo_call_monitor_new:
 * @connection: a connection that has just come up
 * @channel: its data channel
 *
 * Starts watching.
 *
 * Returns: (transfer full): a monitor
 */
DuoCallMonitor *
duo_call_monitor_new (DuoPeerConnection *connection, DuoCallChannel *channel)
{
  DuoCallMonitor *self;

  g_return_val_if_fail (DUO_IS_PEER_CONNECTION (connection), NULL);
  g_return_val_if_fail (DUO_IS_CALL_CHANNEL (channel), NULL);

  self = g_object_new (DUO_TYPE_CALL_MONITOR, NULL);
  self->connection = g_object_ref (connection);
  self->channel = g_object_ref (channel);
  self->source = g_timeout_add (TICK_MS, on_tick, self);

  return self;
}

/**
 * duo_call_monitor_stop:
 * @self: a monitor
 *
 * Stops watching. No signal is emitted any more.
 */
void
duo_call_monitor_stop (DuoCallMonitor *self)
{
  g_return_if_fail (DUO_IS_CALL_MONITOR (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

/**
 * duo_call_monitor_set_signaling:
 * @self: a monitor
 * @connected: whether the room server can be reached
 *
 * Tells what else is known about this computer's network.
 */
void
duo_call_monitor_set_signaling (DuoCallMonitor *self, gboolean connected)
{
  g_return_if_fail (DUO_IS_CALL_MONITOR (self));

  self->signaling = connected;
}

/**
 * duo_call_monitor_get_level:
 * @self: a monitor
 *
 * Returns: how the connection is doing
 */
DuoLivenessLevel
duo_call_monitor_get_level (DuoCallMonitor *self)
{
  g_return_val_if_fail (DUO_IS_CALL_MONITOR (self), DUO_LIVENESS_REBUILD);

  return self->level;
}

/**
 * duo_call_monitor_get_trouble:
 * @self: a monitor
 *
 * Returns: whose side a silence is on
 */
DuoCallTrouble
duo_call_monitor_get_trouble (DuoCallMonitor *self)
{
  g_return_val_if_fail (DUO_IS_CALL_MONITOR (self), DUO_CALL_TROUBLE_NONE);

  return self->trouble;
}

/**
 * duo_call_monitor_get_last_sign:
 * @self: a monitor
 *
 * Returns: when the other last gave a sign of life, monotonic µs
 */
gint64
duo_call_monitor_get_last_sign (DuoCallMonitor *self)
{
  DuoLiveness liveness;

  g_return_val_if_fail (DUO_IS_CALL_MONITOR (self), 0);

  liveness = gather (self);

  return duo_liveness_last_sign (&liveness);
}

/**
 * duo_call_monitor_get_quality:
 * @self: a monitor
 *
 * Returns: bars, 0 to 3
 */
guint
duo_call_monitor_get_quality (DuoCallMonitor *self)
{
  g_return_val_if_fail (DUO_IS_CALL_MONITOR (self), 0);

  return self->quality;
}

/**
 * duo_call_monitor_dup_stats:
 * @self: a monitor
 *
 * Returns: (transfer full) (nullable): the newest statistics; the round trip is the data channel's
 */
DuoPeerStats *
duo_call_monitor_dup_stats (DuoCallMonitor *self)
{
  DuoPeerStats *stats;
  gint64 round_trip;

  g_return_val_if_fail (DUO_IS_CALL_MONITOR (self), NULL);

  if (self->stats == NULL)
    return NULL;

  stats = duo_peer_stats_copy (self->stats);
  round_trip = duo_call_channel_get_round_trip (self->channel);
  if (round_trip >= 0)
    stats->round_trip_ms = round_trip / 1000.0;

  return stats;
}
