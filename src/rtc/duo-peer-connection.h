/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <gst/app/app.h>
#include <gst/gst.h>

#include "duo-peer-state.h"
#include "duo-peer-stats.h"
#include "duo-rtc-error.h"

G_BEGIN_DECLS

/**
 * DuoPeerConnectionConfig:
 * @epoch: the number of this connection in the call
 * @offerer: whether this side makes the offer
 * @open_room: whether descriptions with missing sections are taken
 * @relay_only: whether to go through a TURN server in any case
 * @ice_uris: (nullable): STUN and TURN servers, see duo_ice_setup()
 * @ice_addresses: (nullable): the only local addresses to use; %NULL for all
 * @video_encoder: gives out video/x-vp8 on its pad `src`; floating
 * @audio_encoder: gives out audio/x-opus on its pad `src`; floating
 * @video_sink: takes raw video; floating. Shows frames as they come: its properties `sync` and
 * `async` are turned off
 * @clock: (nullable): the clock shared with capture and playback
 * @latency: how long jitter buffers wait for a missing packet, in ms; 0 for the default
 * @video_bitrate: about how much video will be sent, in bits per second; 0 for the default. Limits
 *   retransmissions
 *
 * What a peer connection is made of. Only read during duo_peer_connection_new().
 */
typedef struct {
  guint64 epoch;
  gboolean offerer;
  gboolean open_room;
  gboolean relay_only;
  const char *const *ice_uris;
  const char *const *ice_addresses;
  GstElement *video_encoder;
  GstElement *audio_encoder;
  GstElement *video_sink;
  GstClock *clock;
  guint latency;
  guint video_bitrate;
} DuoPeerConnectionConfig;

#define DUO_TYPE_PEER_CONNECTION (duo_peer_connection_get_type ())
G_DECLARE_FINAL_TYPE (DuoPeerConnection, duo_peer_connection, DUO, PEER_CONNECTION, GObject)

DuoPeerConnection *duo_peer_connection_new (const DuoPeerConnectionConfig *config, GError **error);

guint64 duo_peer_connection_get_epoch (DuoPeerConnection *self);
DuoPeerConnectionState duo_peer_connection_get_connection_state (DuoPeerConnection *self);
gboolean duo_peer_connection_get_verified (DuoPeerConnection *self);
gboolean duo_peer_connection_get_channel_open (DuoPeerConnection *self);
gint64 duo_peer_connection_get_last_packet_time (DuoPeerConnection *self);
GBytes *duo_peer_connection_get_local_fingerprint (DuoPeerConnection *self);
GBytes *duo_peer_connection_get_remote_fingerprint (DuoPeerConnection *self);
GstAppSink *duo_peer_connection_get_audio_sink (DuoPeerConnection *self);

void duo_peer_connection_create_offer_async (DuoPeerConnection *self,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
char *duo_peer_connection_create_offer_finish (DuoPeerConnection *self,
                                               GAsyncResult *result,
                                               GError **error);
void duo_peer_connection_accept_offer_async (DuoPeerConnection *self,
                                             const char *sdp,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
char *duo_peer_connection_accept_offer_finish (DuoPeerConnection *self,
                                               GAsyncResult *result,
                                               GError **error);
void duo_peer_connection_accept_answer_async (DuoPeerConnection *self,
                                              const char *sdp,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
gboolean duo_peer_connection_accept_answer_finish (DuoPeerConnection *self,
                                                   GAsyncResult *result,
                                                   GError **error);
gboolean duo_peer_connection_add_candidate (DuoPeerConnection *self,
                                            guint mline,
                                            const char *candidate,
                                            GError **error);
gboolean duo_peer_connection_send_text (DuoPeerConnection *self, const char *text, GError **error);
void duo_peer_connection_get_stats_async (DuoPeerConnection *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
DuoPeerStats *duo_peer_connection_get_stats_finish (DuoPeerConnection *self,
                                                    GAsyncResult *result,
                                                    GError **error);
void duo_peer_connection_close_async (DuoPeerConnection *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
duo_peer_connection_close_finish (DuoPeerConnection *self, GAsyncResult *result, GError **error);

G_END_DECLS
