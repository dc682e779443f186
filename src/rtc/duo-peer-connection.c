/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-peer-connection.h"

#include <gst/webrtc/webrtc.h>

#include "duo-data-channel.h"
#include "duo-fingerprint.h"
#include "duo-ice-setup.h"
#include "duo-negotiation.h"
#include "duo-peer-counters.h"
#include "duo-peer-pipeline.h"
#include "duo-promise.h"
#include "duo-receive-branch.h"
#include "duo-stats-collector.h"

#define DEFAULT_LATENCY 60
#define DEFAULT_BITRATE 1000000

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
};

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
set_connection_state (DuoPeerConnection *self, DuoPeerConnectionState state)
{
  if (self->connection_state == state)
    return;

  self->connection_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION_STATE]);
}

static gboolean
is_over (DuoPeerConnection *self)
{
  return self->connection_state == DUO_PEER_CONNECTION_FAILED ||
         self->connection_state == DUO_PEER_CONNECTION_CLOSED;
}

/* Cuts everything off but the pipeline itself. */
static void
stop (DuoPeerConnection *self, const GError *reason)
{
  GTask *task;

  duo_peer_link_cut (self->link);
  g_signal_handlers_disconnect_by_data (self->pipeline, self);
  g_signal_handlers_disconnect_by_data (self->channel, self);
  duo_negotiation_abort (self->negotiation, reason);
  duo_data_channel_close (self->channel);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL_OPEN]);
  g_ptr_array_set_size (self->candidates, 0);
  while ((task = g_queue_pop_head (&self->stats_tasks)) != NULL) {
    g_task_return_error (task, g_error_copy (reason));
    g_object_unref (task);
  }
}

static void
on_closed (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DuoPeerConnection) self = data;
  g_autoptr (GError) error = NULL;
  GTask *task;

  duo_peer_pipeline_close_finish (DUO_PEER_PIPELINE (object), result, &error);
  self->stopped = TRUE;

  while ((task = g_queue_pop_head (&self->close_tasks)) != NULL) {
    if (error == NULL)
      g_task_return_boolean (task, TRUE);
    else
      g_task_return_error (task, g_error_copy (error));
    g_object_unref (task);
  }
}

static void
fail (DuoPeerConnection *self, const GError *error)
{
  g_autoptr (DuoPeerConnection) guard = g_object_ref (self);

  if (is_over (self))
    return;

  stop (self, error);
  duo_peer_pipeline_close_async (self->pipeline, NULL, on_closed, g_object_ref (self));
  set_connection_state (self, DUO_PEER_CONNECTION_FAILED);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* Compares the certificate that DTLS was made with to the one that the peer announced, which
 * webrtcbin itself does from 1.28.5 on only. Until then nothing of the peer is shown or acted upon.
 */
static void
verify (DuoPeerConnection *self)
{
  g_autofree char *pem = duo_peer_pipeline_dup_certificate (self->pipeline);
  GBytes *expected = duo_peer_connection_get_remote_fingerprint (self);
  g_autoptr (GBytes) actual = NULL;
  g_autoptr (GError) error = NULL;

  if (self->verified || pem == NULL || expected == NULL)
    return;

  actual = duo_fingerprint_of_certificate (pem, &error);
  if (actual != NULL && !g_bytes_equal (actual, expected))
    error = g_error_new_literal (DUO_RTC_ERROR,
                                 DUO_RTC_ERROR_FINGERPRINT,
                                 "The peer’s certificate is not the one it announced");
  if (error != NULL) {
    fail (self, error);
    return;
  }

  self->verified = TRUE;
  duo_peer_pipeline_release (self->pipeline);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERIFIED]);
  if (is_over (self))
    return;
  set_connection_state (self, DUO_PEER_CONNECTION_CONNECTED);
  if (!is_over (self))
    duo_data_channel_release (self->channel);
}

static void
flush_candidates (gpointer target, gpointer data)
{
  DuoPeerConnection *self = target;

  self->candidates_held = FALSE;
  while (self->candidates->len > 0) {
    g_autofree char *candidate = g_ptr_array_steal_index (self->candidates, 0);

    g_signal_emit (self, signals[SIGNAL_ICE_CANDIDATE], 0, 0u, candidate);
  }
}

static void
emit_candidate (DuoPeerConnection *self, const char *candidate)
{
  if (self->candidates_ended)
    return;

  self->candidates_ended = candidate[0] == '\0';
  g_ptr_array_add (self->candidates, g_strdup (candidate));
  if (!self->candidates_held)
    flush_candidates (self, NULL);
}

static void
on_candidates_done (gpointer target, const GstStructure *reply, const GError *error)
{
  emit_candidate (target, "");
}

static void
update_states (DuoPeerConnection *self)
{
  GstElement *webrtc = duo_peer_pipeline_get_webrtc (self->pipeline);
  int ice = 0, signaling = 0, gathering = 0;

  g_object_get (webrtc,
                "ice-connection-state",
                &ice,
                "signaling-state",
                &signaling,
                "ice-gathering-state",
                &gathering,
                NULL);

  if ((int) self->signaling_state != signaling) {
    self->signaling_state = (DuoSignalingState) signaling;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNALING_STATE]);
  }
  if ((int) self->ice_connection_state != ice) {
    self->ice_connection_state = (DuoIceConnectionState) ice;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICE_CONNECTION_STATE]);
  }
  if (gathering == GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE && !self->gathered) {
    /* webrtcbin says so before it hands out the last candidates. What is asked of it now is
     * answered after them. */
    self->gathered = TRUE;
    g_signal_emit_by_name (webrtc,
                           "get-stats",
                           NULL,
                           duo_promise_new (self->link, on_candidates_done));
  }
}

static void
on_changed (DuoPeerPipeline *pipeline, DuoPeerConnection *self)
{
  g_autoptr (DuoPeerConnection) guard = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  update_states (self);
  if (is_over (self))
    return;

  if (self->ice_connection_state == DUO_ICE_CONNECTION_FAILED) {
    error =
      g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "No way to the peer was found");
    fail (self, error);
    return;
  }
  verify (self);
}

static void
on_pipeline_failed (DuoPeerPipeline *pipeline, const GError *error, DuoPeerConnection *self)
{
  fail (self, error);
}

static void
on_ice_candidate (DuoPeerPipeline *pipeline,
                  guint mline,
                  const char *candidate,
                  DuoPeerConnection *self)
{
  emit_candidate (self, candidate);
}

static void
on_first_frame (DuoPeerPipeline *pipeline, DuoPeerConnection *self)
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
on_stats (gpointer target, const GstStructure *reply, const GError *error)
{
  DuoPeerConnection *self = target;
  g_autoptr (GTask) task = g_queue_pop_head (&self->stats_tasks);
  g_autoptr (GObject) session = duo_peer_pipeline_dup_session (self->pipeline);
  g_autoptr (GstStructure) sources = NULL;

  if (task == NULL)
    return;

  if (session != NULL)
    g_object_get (session, "stats", &sources, NULL);
  g_task_return_pointer (task,
                         duo_stats_collector_collect (&self->collector,
                                                      sources,
                                                      reply,
                                                      self->counters,
                                                      g_get_monotonic_time ()),
                         (GDestroyNotify) duo_peer_stats_free);
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
  if (self->pipeline != NULL)
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
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
  g_signal_connect (self->pipeline, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->pipeline, "failed", G_CALLBACK (on_pipeline_failed), self);
  g_signal_connect (self->pipeline, "ice-candidate", G_CALLBACK (on_ice_candidate), self);
  g_signal_connect (self->pipeline, "first-frame", G_CALLBACK (on_first_frame), self);
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
  duo_peer_pipeline_set_sinks (self->pipeline, video_sink, self->audio_sink);
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

static GTask *
begin_negotiation (DuoPeerConnection *self,
                   gpointer tag,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (is_over (self)) {
    g_task_return_new_error (task,
                             DUO_RTC_ERROR,
                             DUO_RTC_ERROR_STATE,
                             "The peer connection is over");
    g_clear_object (&task);
    return NULL;
  }
  set_connection_state (self, DUO_PEER_CONNECTION_CONNECTING);
  self->candidates_held = TRUE;

  return task;
}

/* Candidates wait for the description that they belong to. */
static void
end_negotiation (DuoPeerConnection *self)
{
  if (self->candidates_held)
    duo_peer_link_post (self->link, flush_candidates, NULL, NULL);
}

/**
 * duo_peer_connection_create_offer_async:
 * @self: the offerer's connection
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Makes an offer and sets it as the local description.
 */
void
duo_peer_connection_create_offer_async (DuoPeerConnection *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self->offerer);

  task = begin_negotiation (self,
                            duo_peer_connection_create_offer_async,
                            cancellable,
                            callback,
                            user_data);
  if (task != NULL)
    duo_negotiation_create_offer (self->negotiation, task);
}

char *
duo_peer_connection_create_offer_finish (DuoPeerConnection *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  end_negotiation (self);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * duo_peer_connection_accept_offer_async:
 * @self: the answerer's connection
 * @sdp: the peer's offer
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Checks and takes an offer, makes an answer, and sets it as the local description.
 */
void
duo_peer_connection_accept_offer_async (DuoPeerConnection *self,
                                        const char *sdp,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (!self->offerer);

  task = begin_negotiation (self,
                            duo_peer_connection_accept_offer_async,
                            cancellable,
                            callback,
                            user_data);
  if (task != NULL)
    duo_negotiation_accept_offer (self->negotiation, sdp, task);
}

char *
duo_peer_connection_accept_offer_finish (DuoPeerConnection *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  end_negotiation (self);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * duo_peer_connection_accept_answer_async:
 * @self: the offerer's connection
 * @sdp: the peer's answer
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Checks and takes the answer.
 */
void
duo_peer_connection_accept_answer_async (DuoPeerConnection *self,
                                         const char *sdp,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self->offerer);

  task = begin_negotiation (self,
                            duo_peer_connection_accept_answer_async,
                            cancellable,
                            callback,
                            user_data);
  if (task != NULL)
    duo_negotiation_accept_answer (self->negotiation, sdp, task);
}

gboolean
duo_peer_connection_accept_answer_finish (DuoPeerConnection *self,
                                          GAsyncResult *result,
                                          GError **error)
{
  end_negotiation (self);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * duo_peer_connection_add_candidate:
 * @self: a connection
 * @mline: the index of the section; all are bundled, so that it does not matter
 * @candidate: a candidate of the peer; the empty string ends them
 * @error: return location for a #GError
 *
 * Takes a candidate, also before the description. Candidates that are of no use here are silently
 * left out.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_CANDIDATE when it is malformed or one too many
 */
gboolean
duo_peer_connection_add_candidate (DuoPeerConnection *self,
                                   guint mline,
                                   const char *candidate,
                                   GError **error)
{
  if (is_over (self))
    return TRUE;

  return duo_negotiation_add_candidate (self->negotiation, candidate, error);
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

/**
 * duo_peer_connection_get_stats_async:
 * @self: a connection
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Gathers statistics. Rates are since the last time.
 */
void
duo_peer_connection_get_stats_async (DuoPeerConnection *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, duo_peer_connection_get_stats_async);
  if (is_over (self)) {
    g_task_return_new_error (task,
                             DUO_RTC_ERROR,
                             DUO_RTC_ERROR_STATE,
                             "The peer connection is over");
    return;
  }

  g_queue_push_tail (&self->stats_tasks, g_steal_pointer (&task));
  g_signal_emit_by_name (duo_peer_pipeline_get_webrtc (self->pipeline),
                         "get-stats",
                         NULL,
                         duo_promise_new (self->link, on_stats));
}

/**
 * duo_peer_connection_get_stats_finish:
 * @self: a connection
 * @result: the result
 * @error: return location for a #GError
 *
 * Returns: (transfer full): statistics
 */
DuoPeerStats *
duo_peer_connection_get_stats_finish (DuoPeerConnection *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * duo_peer_connection_close_async:
 * @self: a connection
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): called when all of it has stopped, or after five seconds
 * @user_data: passed to @callback
 *
 * Closes the connection. No signal comes from it any more but the change of its state.
 */
void
duo_peer_connection_close_async (DuoPeerConnection *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) reason = NULL;

  g_task_set_source_tag (task, duo_peer_connection_close_async);
  if (self->stopped) {
    set_connection_state (self, DUO_PEER_CONNECTION_CLOSED);
    g_task_return_boolean (task, TRUE);
    return;
  }

  g_queue_push_tail (&self->close_tasks, g_steal_pointer (&task));
  if (!is_over (self)) {
    reason =
      g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_STATE, "The peer connection was closed");
    stop (self, reason);
    duo_peer_pipeline_close_async (self->pipeline, NULL, on_closed, g_object_ref (self));
  }
  set_connection_state (self, DUO_PEER_CONNECTION_CLOSED);
}

gboolean
duo_peer_connection_close_finish (DuoPeerConnection *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
