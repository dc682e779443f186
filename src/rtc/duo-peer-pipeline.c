/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-peer-pipeline.h"

#include <gst/webrtc/webrtc.h>

#include "duo-element.h"
#include "duo-peer-bus.h"
#include "duo-peer-link.h"
#include "duo-peer-receiver.h"
#include "duo-peer-sender.h"
#include "duo-peer-teardown.h"
#include "duo-rtc-error.h"
#include "duo-rtp-session.h"

/**
 * DuoPeerPipeline:
 *
 * The pipeline around one webrtcbin, with what sends and what receives. Its signals come on the
 * main context it was made on.
 */
struct _DuoPeerPipeline {
  GObject parent_instance;

  /* Owned */
  DuoPeerLink *link;
  DuoPeerCounters *counters;
  GstElement *pipeline;
  GstElement *webrtc;
  DuoPeerReceiver *receiver;
  GstWebRTCDTLSTransport *transport;
  GstPad *sender_pad;
  GSource *bus_source;
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  SIGNAL_ICE_CANDIDATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoPeerPipeline, duo_peer_pipeline, G_TYPE_OBJECT)

static void
fail (gpointer target, const GError *error)
{
  g_signal_emit (target, signals[SIGNAL_FAILED], 0, error);
}

/* webrtcbin's thread, its lock held: only pass it on. */

static void
handle_change (gpointer target, gpointer data)
{
  g_signal_emit (target, signals[SIGNAL_CHANGED], 0);
}

static void
on_notify (GObject *object, GParamSpec *pspec, DuoPeerLink *link)
{
  duo_peer_link_post (link, handle_change, NULL, NULL);
}

static void
handle_candidate (gpointer target, gpointer data)
{
  g_signal_emit (target, signals[SIGNAL_ICE_CANDIDATE], 0, data);
}

/* The index of the section does not matter, as all are bundled. */
static void
on_ice_candidate (GstElement *webrtc, guint mline, const char *text, DuoPeerLink *link)
{
  duo_peer_link_post (link, handle_candidate, g_strdup (text != NULL ? text : ""), g_free);
}

static void
detach (DuoPeerPipeline *self)
{
  duo_peer_link_cut (self->link);
  if (self->bus_source != NULL)
    g_source_destroy (self->bus_source);
  g_clear_pointer (&self->bus_source, g_source_unref);
  if (self->receiver != NULL) {
    g_signal_handlers_disconnect_by_data (self->receiver, self);
    duo_peer_receiver_stop (self->receiver);
  }
  gst_clear_object (&self->transport);
  gst_clear_object (&self->sender_pad);
}

static void
take_down (DuoPeerPipeline *self,
           gpointer source_object,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  duo_peer_teardown_async (g_steal_pointer (&self->pipeline),
                           g_steal_pointer (&self->webrtc),
                           source_object,
                           cancellable,
                           callback,
                           user_data);
}

static void
duo_peer_pipeline_dispose (GObject *object)
{
  DuoPeerPipeline *self = DUO_PEER_PIPELINE (object);

  detach (self);
  if (self->pipeline != NULL)
    take_down (self, NULL, NULL, NULL, NULL);

  G_OBJECT_CLASS (duo_peer_pipeline_parent_class)->dispose (object);
}

static void
duo_peer_pipeline_finalize (GObject *object)
{
  DuoPeerPipeline *self = DUO_PEER_PIPELINE (object);

  g_clear_object (&self->receiver);
  g_clear_pointer (&self->counters, duo_peer_counters_unref);
  duo_peer_link_unref (self->link);

  G_OBJECT_CLASS (duo_peer_pipeline_parent_class)->finalize (object);
}

static void
duo_peer_pipeline_class_init (DuoPeerPipelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_peer_pipeline_dispose;
  object_class->finalize = duo_peer_pipeline_finalize;

  /**
   * DuoPeerPipeline::changed:
   *
   * One of the states of webrtcbin or of its transport changed, or a stream has begun.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          DUO_TYPE_PEER_PIPELINE,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);

  /**
   * DuoPeerPipeline::failed:
   * @error: why the pipeline does not go on
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         DUO_TYPE_PEER_PIPELINE,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_ERROR);

  /**
   * DuoPeerPipeline::ice-candidate:
   * @candidate: a local candidate
   */
  signals[SIGNAL_ICE_CANDIDATE] = g_signal_new ("ice-candidate",
                                                DUO_TYPE_PEER_PIPELINE,
                                                G_SIGNAL_RUN_LAST,
                                                0,
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_TYPE_NONE,
                                                1,
                                                G_TYPE_STRING);
}

static void
duo_peer_pipeline_init (DuoPeerPipeline *self)
{
  self->link = duo_peer_link_new (G_OBJECT (self));
}

static void
on_receiver_stream (DuoPeerReceiver *receiver, DuoPeerPipeline *self)
{
  duo_rtp_session_tune (self->webrtc);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_receiver (DuoPeerPipeline *self)
{
  self->receiver = duo_peer_receiver_new (self->pipeline, self->webrtc, self->counters);
  g_signal_connect_swapped (self->receiver, "failed", G_CALLBACK (fail), self);
  g_signal_connect (self->receiver, "stream", G_CALLBACK (on_receiver_stream), self);
}

static void
connect_webrtc (DuoPeerPipeline *self)
{
  static const char *const states[] = { "notify::ice-connection-state",
                                        "notify::ice-gathering-state",
                                        "notify::signaling-state" };

  duo_peer_link_connect (self->link,
                         self->webrtc,
                         "on-ice-candidate",
                         G_CALLBACK (on_ice_candidate));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    duo_peer_link_connect (self->link, self->webrtc, states[i], G_CALLBACK (on_notify));
}

/**
 * duo_peer_pipeline_new:
 * @counters: what to count into
 * @clock: (nullable): the clock shared with capture and playback
 * @latency: how long jitter buffers wait for a missing packet, in ms
 * @bitrate: about how much video will be sent, in bits per second
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a stopped pipeline, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN
 */
DuoPeerPipeline *
duo_peer_pipeline_new (
  DuoPeerCounters *counters, GstClock *clock, guint latency, guint bitrate, GError **error)
{
  g_autoptr (DuoPeerPipeline) self = g_object_new (DUO_TYPE_PEER_PIPELINE, NULL);

  self->counters = duo_peer_counters_ref (counters);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new ("peer"));
  duo_rtp_session_watch (self->pipeline, counters, bitrate);
  if (clock != NULL)
    gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);

  self->webrtc = duo_element_add (GST_BIN (self->pipeline), "webrtcbin", error);
  if (self->webrtc == NULL)
    return NULL;
  gst_object_ref (self->webrtc);
  g_object_set (self->webrtc,
                "bundle-policy",
                GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE,
                "latency",
                latency,
                NULL);

  duo_rtp_session_prepare (self->webrtc);
  connect_webrtc (self);
  add_receiver (self);
  self->bus_source = duo_peer_bus_watch (self->pipeline, self->link, fail);

  return g_steal_pointer (&self);
}

/**
 * duo_peer_pipeline_get_receiver:
 * @self: a pipeline
 *
 * Returns: (transfer none): what leads the streams of the peer to their sinks
 */
DuoPeerReceiver *
duo_peer_pipeline_get_receiver (DuoPeerPipeline *self)
{
  return self->receiver;
}

/**
 * duo_peer_pipeline_start:
 * @self: a stopped pipeline
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_FAILED when it does not start
 */
gboolean
duo_peer_pipeline_start (DuoPeerPipeline *self, GError **error)
{
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;

  g_set_error_literal (error,
                       DUO_RTC_ERROR,
                       DUO_RTC_ERROR_FAILED,
                       "The peer connection does not start");
  return FALSE;
}

GstElement *
duo_peer_pipeline_get_webrtc (DuoPeerPipeline *self)
{
  return self->webrtc;
}

/**
 * duo_peer_pipeline_add_sender:
 * @self: a started pipeline
 * @section: what is sent
 * @mline: the index of its section
 * @encoder: gives out VP8 or Opus on its pad `src`
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_MISSING_PLUGIN or %DUO_RTC_ERROR_FAILED
 */
gboolean
duo_peer_pipeline_add_sender (DuoPeerPipeline *self,
                              const DuoSection *section,
                              guint mline,
                              GstElement *encoder,
                              GError **error)
{
  g_autoptr (GstPad) pad =
    duo_peer_sender_add (self->pipeline, self->webrtc, section, mline, encoder, error);
  g_autoptr (GstPad) encoded = gst_element_get_static_pad (encoder, "src");

  if (pad == NULL)
    return FALSE;

  if (section->kind == DUO_SECTION_VIDEO)
    duo_peer_counters_watch_sent (self->counters, encoded);
  if (self->sender_pad == NULL)
    self->sender_pad = g_steal_pointer (&pad);

  return TRUE;
}

static void
find_transport (DuoPeerPipeline *self)
{
  g_autoptr (GstWebRTCRTPTransceiver) transceiver = NULL;
  g_autoptr (GstWebRTCRTPSender) sender = NULL;

  if (self->transport != NULL || self->sender_pad == NULL)
    return;

  g_object_get (self->sender_pad, "transceiver", &transceiver, NULL);
  if (transceiver != NULL)
    g_object_get (transceiver, "sender", &sender, NULL);
  if (sender != NULL)
    g_object_get (sender, "transport", &self->transport, NULL);
  if (self->transport != NULL)
    duo_peer_link_connect (self->link, self->transport, "notify::state", G_CALLBACK (on_notify));
}

/**
 * duo_peer_pipeline_negotiated:
 * @self: a pipeline
 *
 * To be called when a description has been set: the transport and the RTP session come with it.
 */
void
duo_peer_pipeline_negotiated (DuoPeerPipeline *self)
{
  find_transport (self);
  duo_rtp_session_tune (self->webrtc);
}

/**
 * duo_peer_pipeline_dup_certificate:
 * @self: a pipeline
 *
 * Returns: (transfer full) (nullable): the certificate that the peer proved to own, PEM, once DTLS
 *   is up
 */
char *
duo_peer_pipeline_dup_certificate (DuoPeerPipeline *self)
{
  GstWebRTCDTLSTransportState state = GST_WEBRTC_DTLS_TRANSPORT_STATE_NEW;
  char *pem = NULL;

  find_transport (self);
  if (self->transport == NULL)
    return NULL;

  g_object_get (self->transport, "state", &state, NULL);
  if (state == GST_WEBRTC_DTLS_TRANSPORT_STATE_CONNECTED)
    g_object_get (self->transport, "remote-certificate", &pem, NULL);

  return pem;
}

/**
 * duo_peer_pipeline_close_async:
 * @self: a pipeline
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): called when the pipeline has stopped, or after five seconds
 * @user_data: passed to @callback
 *
 * Takes the pipeline down on another thread. No signal comes from it any more.
 */
void
duo_peer_pipeline_close_async (DuoPeerPipeline *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (self->pipeline != NULL);

  detach (self);
  take_down (self, self, cancellable, callback, user_data);
}

gboolean
duo_peer_pipeline_close_finish (DuoPeerPipeline *self, GAsyncResult *result, GError **error)
{
  return duo_peer_teardown_finish (result, error);
}
