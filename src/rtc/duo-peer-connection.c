/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-peer-connection.h"

#include "duo-ice-setup.h"
#include "duo-peer-connection-private.h"
#include "duo-receive-branch.h"

#define DEFAULT_LATENCY 60
#define DEFAULT_BITRATE 1000000

enum {
  PROP_EPOCH = 1,
  PROP_CONNECTION_STATE,
  PROP_ICE_CONNECTION_STATE,
  PROP_SIGNALING_STATE,
  PROP_VERIFIED,
  PROP_CHANNEL_OPEN,
  PROP_LAST_PACKET_TIME,
  N_PROPS
};

enum {
  SIGNAL_ICE_CANDIDATE,
  SIGNAL_MESSAGE,
  SIGNAL_FIRST_FRAME,
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoPeerConnection, duo_peer_connection, G_TYPE_OBJECT)

static void
on_changed (DuoPeerPipeline *pipeline, DuoPeerConnection *self)
{
  duo_peer_connection_update (self);
}

static void
on_pipeline_failed (DuoPeerPipeline *pipeline, const GError *error, DuoPeerConnection *self)
{
  duo_peer_connection_fail (self, error);
}

static void
on_ice_candidate (DuoPeerPipeline *pipeline, const char *candidate, DuoPeerConnection *self)
{
  duo_peer_connection_emit_candidate (self, candidate);
}

static void
on_first_frame (DuoPeerReceiver *receiver, DuoPeerConnection *self)
{
  g_signal_emit (self, signals[SIGNAL_FIRST_FRAME], 0);
}

static void
on_channel_open (DuoDataChannel *channel, GParamSpec *pspec, DuoPeerConnection *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL_OPEN]);
}

static void
on_channel_message (DuoDataChannel *channel, const char *text, DuoPeerConnection *self)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

static void
duo_peer_connection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DuoPeerConnection *self = DUO_PEER_CONNECTION (object);

  switch (prop_id) {
  case PROP_EPOCH:
    g_value_set_uint64 (value, self->epoch);
    break;
  case PROP_CONNECTION_STATE:
    g_value_set_enum (value, self->connection_state);
    break;
  case PROP_ICE_CONNECTION_STATE:
    g_value_set_enum (value, self->ice_connection_state);
    break;
  case PROP_SIGNALING_STATE:
    g_value_set_enum (value, self->signaling_state);
    break;
  case PROP_VERIFIED:
    g_value_set_boolean (value, self->verified);
    break;
  case PROP_CHANNEL_OPEN:
    g_value_set_boolean (value, duo_data_channel_is_open (self->channel));
    break;
  case PROP_LAST_PACKET_TIME:
    g_value_set_int64 (value, duo_peer_connection_get_last_packet_time (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
duo_peer_connection_dispose (GObject *object)
{
  DuoPeerConnection *self = DUO_PEER_CONNECTION (object);

  duo_peer_link_cut (self->link);
  if (self->pipeline != NULL) {
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
    g_signal_handlers_disconnect_by_data (duo_peer_pipeline_get_receiver (self->pipeline), self);
  }
  if (self->channel != NULL)
    g_signal_handlers_disconnect_by_data (self->channel, self);
  g_clear_object (&self->negotiation);
  g_clear_object (&self->channel);
  g_clear_object (&self->pipeline);
  g_clear_object (&self->audio_sink);

  G_OBJECT_CLASS (duo_peer_connection_parent_class)->dispose (object);
}

static void
duo_peer_connection_finalize (GObject *object)
{
  DuoPeerConnection *self = DUO_PEER_CONNECTION (object);

  g_ptr_array_unref (self->candidates);
  duo_peer_counters_unref (self->counters);
  duo_peer_link_unref (self->link);

  G_OBJECT_CLASS (duo_peer_connection_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  /**
   * DuoPeerConnection::ice-candidate:
   * @self: the connection
   * @mline: the index of the section
   * @candidate: a local candidate to send to the peer; the empty string ends them
   *
   * Never comes before the description it belongs to was returned.
   */
  signals[SIGNAL_ICE_CANDIDATE] = g_signal_new ("ice-candidate",
                                                DUO_TYPE_PEER_CONNECTION,
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                2,
                                                G_TYPE_UINT,
                                                G_TYPE_STRING);

  /**
   * DuoPeerConnection::message:
   * @self: the connection
   * @text: what came over the data channel
   *
   * Only comes once the peer is verified.
   */
  signals[SIGNAL_MESSAGE] = g_signal_new ("message",
                                          DUO_TYPE_PEER_CONNECTION,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_STRING);

  /**
   * DuoPeerConnection::first-frame:
   * @self: the connection
   *
   * The first frame of the peer was decoded.
   */
  signals[SIGNAL_FIRST_FRAME] = g_signal_new ("first-frame",
                                              DUO_TYPE_PEER_CONNECTION,
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              0);

  /**
   * DuoPeerConnection::failed:
   * @self: the connection
   * @error: a #DuoRtcError; %DUO_RTC_ERROR_FINGERPRINT when the peer is somebody else
   *
   * The connection is over. Comes once at most.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         DUO_TYPE_PEER_CONNECTION,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_ERROR);
}

static void
duo_peer_connection_class_init (DuoPeerConnectionClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_peer_connection_get_property;
  object_class->dispose = duo_peer_connection_dispose;
  object_class->finalize = duo_peer_connection_finalize;

  properties[PROP_EPOCH] = g_param_spec_uint64 ("epoch", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_CONNECTION_STATE] = g_param_spec_enum ("connection-state",
                                                         NULL,
                                                         NULL,
                                                         DUO_TYPE_PEER_CONNECTION_STATE,
                                                         DUO_PEER_CONNECTION_NEW,
                                                         flags);
  properties[PROP_ICE_CONNECTION_STATE] = g_param_spec_enum ("ice-connection-state",
                                                             NULL,
                                                             NULL,
                                                             DUO_TYPE_ICE_CONNECTION_STATE,
                                                             DUO_ICE_CONNECTION_NEW,
                                                             flags);
  properties[PROP_SIGNALING_STATE] = g_param_spec_enum ("signaling-state",
                                                        NULL,
                                                        NULL,
                                                        DUO_TYPE_SIGNALING_STATE,
                                                        DUO_SIGNALING_STABLE,
                                                        flags);
  properties[PROP_VERIFIED] = g_param_spec_boolean ("verified", NULL, NULL, FALSE, flags);
  properties[PROP_CHANNEL_OPEN] = g_param_spec_boolean ("channel-open", NULL, NULL, FALSE, flags);

  /**
   * DuoPeerConnection:last-packet-time:
   *
   * When RTP or RTCP of the peer arrived last, in µs of monotonic time; 0 if nothing has. Does not
   * notify.
   */
  properties[PROP_LAST_PACKET_TIME] =
    g_param_spec_int64 ("last-packet-time", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals ();
}

static void
duo_peer_connection_init (DuoPeerConnection *self)
{
  self->link = duo_peer_link_new (G_OBJECT (self));
  self->counters = duo_peer_counters_new ();
  self->channel = duo_data_channel_new ();
  self->candidates = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->stats_tasks);
  g_queue_init (&self->close_tasks);
}

static void
connect_signals (DuoPeerConnection *self)
{
  DuoPeerReceiver *receiver = duo_peer_pipeline_get_receiver (self->pipeline);

  g_signal_connect (self->pipeline, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->pipeline, "failed", G_CALLBACK (on_pipeline_failed), self);
  g_signal_connect (self->pipeline, "ice-candidate", G_CALLBACK (on_ice_candidate), self);
  g_signal_connect (receiver, "first-frame", G_CALLBACK (on_first_frame), self);
  g_signal_connect (self->channel, "notify::open", G_CALLBACK (on_channel_open), self);
  g_signal_connect (self->channel, "message", G_CALLBACK (on_channel_message), self);
}

/**
 * duo_peer_connection_new:
 * @config: what it is made of
 * @error: return location for a #GError
 *
 * Makes a connection and starts its pipeline, so that encoders can be fed from the first
 * description on.
 *
 * Returns: (transfer full): a connection, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN or
 *   %DUO_RTC_ERROR_FAILED
 */
DuoPeerConnection *
duo_peer_connection_new (const DuoPeerConnectionConfig *config, GError **error)
{
  g_autoptr (GstElement) video_encoder = gst_object_ref_sink (config->video_encoder);
  g_autoptr (GstElement) audio_encoder = gst_object_ref_sink (config->audio_encoder);
  g_autoptr (GstElement) video_sink = gst_object_ref_sink (config->video_sink);
  g_autoptr (DuoPeerConnection) self = g_object_new (DUO_TYPE_PEER_CONNECTION, NULL);
  GstElement *webrtc;

  self->epoch = config->epoch;
  self->offerer = config->offerer;
  self->audio_sink = duo_receive_branch_make_audio_sink (error);
  if (self->audio_sink == NULL)
    return NULL;
  self->pipeline =
    duo_peer_pipeline_new (self->counters,
                           config->clock,
                           config->latency > 0 ? config->latency : DEFAULT_LATENCY,
                           config->video_bitrate > 0 ? config->video_bitrate : DEFAULT_BITRATE,
                           error);
  if (self->pipeline == NULL)
    return NULL;

  webrtc = duo_peer_pipeline_get_webrtc (self->pipeline);
  duo_ice_setup (webrtc, config->ice_uris, config->ice_addresses, config->relay_only);
  self->relay_only = config->relay_only;
  duo_peer_receiver_set_sinks (duo_peer_pipeline_get_receiver (self->pipeline),
                               video_sink,
                               self->audio_sink);
  if (!duo_peer_pipeline_start (self->pipeline, error))
    return NULL;

  if (!self->offerer)
    duo_data_channel_expect (self->channel, webrtc);
  else if (!duo_data_channel_create (self->channel, webrtc, error))
    return NULL;
  self->negotiation =
    duo_negotiation_new (self->pipeline, audio_encoder, video_encoder, config->open_room);
  connect_signals (self);

  return g_steal_pointer (&self);
}

guint64
duo_peer_connection_get_epoch (DuoPeerConnection *self)
{
  return self->epoch;
}

DuoPeerConnectionState
duo_peer_connection_get_connection_state (DuoPeerConnection *self)
{
  return self->connection_state;
}

gboolean
duo_peer_connection_get_verified (DuoPeerConnection *self)
{
  return self->verified;
}

gboolean
duo_peer_connection_get_channel_open (DuoPeerConnection *self)
{
  return duo_data_channel_is_open (self->channel);
}

gint64
duo_peer_connection_get_last_packet_time (DuoPeerConnection *self)
{
  return atomic_load (&self->counters->last_packet);
}

/**
 * duo_peer_connection_get_local_fingerprint:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the SHA-256 of our certificate, once there is a local
 *   description
 */
GBytes *
duo_peer_connection_get_local_fingerprint (DuoPeerConnection *self)
{
  const DuoDescription *local = duo_negotiation_get_local (self->negotiation);

  return local != NULL ? local->fingerprint : NULL;
}

/**
 * duo_peer_connection_get_remote_fingerprint:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the SHA-256 of the certificate that the peer announced, once
 *   there is a remote description
 */
GBytes *
duo_peer_connection_get_remote_fingerprint (DuoPeerConnection *self)
{
  const DuoDescription *remote = duo_negotiation_get_remote (self->negotiation);

  return remote != NULL ? remote->fingerprint : NULL;
}

/**
 * duo_peer_connection_get_audio_sink:
 * @self: a connection
 *
 * Returns: (transfer none): where the decoded sound of the peer can be pulled from, S16LE, 48 kHz,
 *   mono; it drops what is not pulled
 */
GstAppSink *
duo_peer_connection_get_audio_sink (DuoPeerConnection *self)
{
  return self->audio_sink;
}

/**
 * duo_peer_connection_send_text:
 * @self: a connection
 * @text: a message of up to 64 KiB
 * @error: return location for a #GError
 *
 * Sends over the data channel. Nothing goes out to a peer that is not verified.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_STATE when that is not possible
 */
gboolean
duo_peer_connection_send_text (DuoPeerConnection *self, const char *text, GError **error)
{
  if (!self->verified) {
    g_set_error_literal (error, DUO_RTC_ERROR, DUO_RTC_ERROR_STATE, "The peer is not verified");
    return FALSE;
  }

  return duo_data_channel_send (self->channel, text, error);
}
