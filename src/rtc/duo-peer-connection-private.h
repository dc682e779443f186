/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-data-channel.h"
#include "duo-negotiation.h"
#include "duo-peer-connection.h"
#include "duo-peer-counters.h"
#include "duo-peer-link.h"
#include "duo-peer-pipeline.h"
#include "duo-stats-collector.h"

G_BEGIN_DECLS

/**
 * DuoPeerConnection:
 *
 * A connection to the peer: sound and picture both ways and a data channel, for one epoch. A new
 * way through the network takes a new one. Lives on the main context it was made on; everything
 * that comes from the peer waits until the certificate in use was found to be the one in its
 * description.
 */
struct _DuoPeerConnection {
  GObject parent_instance;

  /* Owned */
  DuoPeerLink *link;
  DuoPeerCounters *counters;
  DuoPeerPipeline *pipeline;
  DuoNegotiation *negotiation;
  DuoDataChannel *channel;
  GstAppSink *audio_sink;
  GPtrArray *candidates;
  GQueue stats_tasks;
  GQueue close_tasks;

  DuoStatsCollector collector;
  guint64 epoch;
  DuoPeerConnectionState connection_state;
  DuoIceConnectionState ice_connection_state;
  DuoSignalingState signaling_state;
  gboolean offerer;
  gboolean verified;
  gboolean stopped;
  gboolean candidates_held;
  gboolean gathered;
  gboolean candidates_ended;
  gboolean relay_only;
  gboolean relayed_candidate; /* a relay has given us an address */
};

void duo_peer_connection_set_state (DuoPeerConnection *self, DuoPeerConnectionState state);
gboolean duo_peer_connection_is_over (DuoPeerConnection *self);
void duo_peer_connection_fail (DuoPeerConnection *self, const GError *error);
void duo_peer_connection_update (DuoPeerConnection *self);
void duo_peer_connection_emit_candidate (DuoPeerConnection *self, const char *candidate);

G_END_DECLS
