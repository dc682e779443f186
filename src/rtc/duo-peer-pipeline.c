/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-peer-pipeline.h"

#include <gst/webrtc/webrtc.h>

#include "duo-element.h"
#include "duo-peer-link.h"
#include "duo-peer-teardown.h"
#include "duo-receive-branch.h"
#include "duo-rtc-error.h"
#include "duo-rtx-guard.h"
#include "duo-send-branch.h"

/* More sources than a peer needs; each takes a jitter buffer and a thread. */
#define MAX_STREAMS 8

/**
 * DuoPeerPipeline:
 *
 * The pipeline around one webrtcbin: senders, receivers, and the gate that holds what arrives until
 * the peer is verified. Its signals come on the main context it was made on.
 */
struct _DuoPeerPipeline {
  GObject parent_instance;

  /* Owned */
  DuoPeerLink *link;
  DuoPeerCounters *counters;
  GstElement *pipeline;
  GstElement *webrtc;
  GstElement *video_sink;
  GstAppSink *audio_sink;
  GstWebRTCDTLSTransport *transport;
  GstPad *sender_pad;
  GSource *bus_source;
  GPtrArray *gates;

  guint bitrate;
  gboolean released;
};

/* A pad of webrtcbin whose packets wait. */
typedef struct {
  /* Owned */
  GstPad *pad;

  gulong probe;
} Gate;

enum {
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  SIGNAL_ICE_CANDIDATE,
  SIGNAL_FIRST_FRAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoPeerPipeline, duo_peer_pipeline, G_TYPE_OBJECT)

static void
gate_free (gpointer data)
{
  Gate *gate = data;

  gst_object_unref (gate->pad);
  g_free (gate);
}

static void
gate_open (Gate *gate)
{
  gst_pad_remove_probe (gate->pad, gate->probe);
}

static void
fail (DuoPeerPipeline *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
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

typedef struct {
  guint mline;
  char *text;
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->text);
  g_free (candidate);
}

static void
handle_candidate (gpointer target, gpointer data)
{
  Candidate *candidate = data;

  g_signal_emit (target, signals[SIGNAL_ICE_CANDIDATE], 0, candidate->mline, candidate->text);
}

static void
on_ice_candidate (GstElement *webrtc, guint mline, const char *text, DuoPeerLink *link)
{
  Candidate *candidate = g_new0 (Candidate, 1);

  candidate->mline = mline;
  candidate->text = g_strdup (text != NULL ? text : "");
  duo_peer_link_post (link, handle_candidate, candidate, candidate_free);
}

static void
handle_first_frame (gpointer target, gpointer data)
{
  g_signal_emit (target, signals[SIGNAL_FIRST_FRAME], 0);
}

static GstPadProbeReturn
on_first_frame (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  duo_peer_link_post (data, handle_first_frame, NULL, NULL);

  return GST_PAD_PROBE_REMOVE;
}

static void
release_link (gpointer data)
{
  duo_peer_link_unref (data);
}

static gboolean
link_receiver (DuoPeerPipeline *self, GstElement *branch, GstPad *pad)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (branch, "sink");

  gst_bin_add (GST_BIN (self->pipeline), branch);

  return gst_element_sync_state_with_parent (branch) && gst_pad_link (pad, sink) == GST_PAD_LINK_OK;
}

static GstElement *
make_video_receiver (DuoPeerPipeline *self, GError **error)
{
  g_autoptr (GstElement) sink = g_steal_pointer (&self->video_sink);
  g_autoptr (GstPad) decoded = NULL;
  GstElement *branch = duo_receive_branch_new_video (sink, &decoded, error);

  if (branch == NULL)
    return NULL;

  duo_peer_counters_watch_decoded (self->counters, decoded);
  gst_pad_add_probe (decoded,
                     GST_PAD_PROBE_TYPE_BUFFER,
                     on_first_frame,
                     duo_peer_link_ref (self->link),
                     release_link);
  return branch;
}

static GstElement *
make_audio_receiver (DuoPeerPipeline *self, GError **error)
{
  g_autoptr (GstAppSink) sink = g_steal_pointer (&self->audio_sink);

  return duo_receive_branch_new_audio (sink, error);
}

/* A second stream of a kind: nobody looks at it, but it must end somewhere. */
static GstElement *
make_drain (GError **error)
{
  GstElement *drain = gst_element_factory_make ("fakesink", NULL);

  g_object_set (drain, "async", FALSE, "sync", FALSE, NULL);
  return gst_object_ref_sink (drain);
}

static void
handle_pad (gpointer target, gpointer data)
{
  DuoPeerPipeline *self = target;
  Gate *gate = data;
  g_autoptr (GstWebRTCRTPTransceiver) transceiver = NULL;
  g_autoptr (GstElement) branch = NULL;
  g_autoptr (GError) error = NULL;
  GstWebRTCKind kind = GST_WEBRTC_KIND_UNKNOWN;

  g_object_get (gate->pad, "transceiver", &transceiver, NULL);
  if (transceiver != NULL)
    g_object_get (transceiver, "kind", &kind, NULL);

  if (kind == GST_WEBRTC_KIND_VIDEO && self->video_sink != NULL)
    branch = make_video_receiver (self, &error);
  else if (kind == GST_WEBRTC_KIND_AUDIO && self->audio_sink != NULL)
    branch = make_audio_receiver (self, &error);
  else
    branch = make_drain (&error);

  if (branch != NULL && !link_receiver (self, branch, gate->pad))
    g_set_error (&error, DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "A receiver cannot be linked");
  if (error != NULL) {
    fail (self, error);
    return;
  }

  if (self->released) {
    gate_open (gate);
  } else {
    Gate *held = g_new0 (Gate, 1);

    held->pad = gst_object_ref (gate->pad);
    held->probe = gate->probe;
    g_ptr_array_add (self->gates, held);
  }
  duo_peer_pipeline_negotiated (self);
}

static GstPadProbeReturn
hold (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_OK;
}

static void
on_pad_added (GstElement *webrtc, GstPad *pad, DuoPeerLink *link)
{
  Gate *gate;

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;

  gate = g_new0 (Gate, 1);
  gate->pad = gst_object_ref (pad);
  gate->probe = gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, hold, NULL, NULL);
  duo_peer_link_post (link, handle_pad, gate, gate_free);
}

typedef struct {
  /* Owned */
  DuoPeerCounters *counters;

  guint bitrate;
} DeepWatch;

static void
deep_watch_free (gpointer data, GClosure *closure)
{
  DeepWatch *watch = data;

  duo_peer_counters_unref (watch->counters);
  g_free (watch);
}

static void
watch_arrival (DuoPeerCounters *counters, GstElement *element, const char *name)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, name);

  if (pad != NULL)
    duo_peer_counters_watch_arrival (counters, pad);
}

/* Any thread. */
static void
on_deep_element_added (GstBin *bin, GstBin *parent, GstElement *element, DeepWatch *watch)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  const char *name = factory != NULL ? GST_OBJECT_NAME (factory) : "";

  if (g_str_equal (name, "srtpdec")) {
    watch_arrival (watch->counters, element, "rtp_src");
    watch_arrival (watch->counters, element, "rtcp_src");
  } else if (g_str_equal (name, "rtprtxsend")) {
    duo_rtx_guard_install (element, watch->bitrate);
  }
}

static gboolean
on_bus_message (GstBus *bus, GstMessage *message, gpointer data)
{
  g_autoptr (DuoPeerPipeline) self = duo_peer_link_get_target (data);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY) {
    gst_bin_recalculate_latency (GST_BIN (self->pipeline));
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &cause, NULL);
    error = g_error_new (DUO_RTC_ERROR,
                         DUO_RTC_ERROR_FAILED,
                         "%s: %s",
                         GST_OBJECT_NAME (message->src),
                         cause->message);
    fail (self, error);
  }

  return G_SOURCE_CONTINUE;
}

static void
watch_bus (DuoPeerPipeline *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  self->bus_source = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus_source,
                         G_SOURCE_FUNC (on_bus_message),
                         duo_peer_link_ref (self->link),
                         release_link);
  duo_peer_link_attach (self->link, self->bus_source);
}

static void
detach (DuoPeerPipeline *self)
{
  duo_peer_link_cut (self->link);
  if (self->bus_source != NULL)
    g_source_destroy (self->bus_source);
  g_clear_pointer (&self->bus_source, g_source_unref);
  g_ptr_array_set_size (self->gates, 0);
  gst_clear_object (&self->transport);
  gst_clear_object (&self->sender_pad);
  gst_clear_object (&self->video_sink);
  gst_clear_object (&self->audio_sink);
  gst_clear_object (&self->webrtc);
}

static void
duo_peer_pipeline_dispose (GObject *object)
{
  DuoPeerPipeline *self = DUO_PEER_PIPELINE (object);

  detach (self);
  if (self->pipeline != NULL)
    duo_peer_teardown_async (g_steal_pointer (&self->pipeline), NULL, NULL, NULL, NULL);

  G_OBJECT_CLASS (duo_peer_pipeline_parent_class)->dispose (object);
}

static void
duo_peer_pipeline_finalize (GObject *object)
{
  DuoPeerPipeline *self = DUO_PEER_PIPELINE (object);

  g_ptr_array_unref (self->gates);
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
   * One of the states of webrtcbin or of its transport changed.
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
   * @mline: the index of the section
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
                                                2,
                                                G_TYPE_UINT,
                                                G_TYPE_STRING);

  /**
   * DuoPeerPipeline::first-frame:
   *
   * The first frame of the peer was decoded.
   */
  signals[SIGNAL_FIRST_FRAME] = g_signal_new ("first-frame",
                                              DUO_TYPE_PEER_PIPELINE,
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              0);
}

static void
duo_peer_pipeline_init (DuoPeerPipeline *self)
{
  self->link = duo_peer_link_new (G_OBJECT (self));
  self->gates = g_ptr_array_new_with_free_func (gate_free);
}

static void
connect_webrtc (DuoPeerPipeline *self)
{
  DeepWatch *watch = g_new0 (DeepWatch, 1);

  watch->counters = duo_peer_counters_ref (self->counters);
  watch->bitrate = self->bitrate;
  g_signal_connect_data (self->pipeline,
                         "deep-element-added",
                         G_CALLBACK (on_deep_element_added),
                         watch,
                         deep_watch_free,
                         0);

  duo_peer_link_connect (self->link, self->webrtc, "pad-added", G_CALLBACK (on_pad_added));
  duo_peer_link_connect (self->link,
                         self->webrtc,
                         "on-ice-candidate",
                         G_CALLBACK (on_ice_candidate));
  duo_peer_link_connect (self->link,
                         self->webrtc,
                         "notify::ice-connection-state",
                         G_CALLBACK (on_notify));
  duo_peer_link_connect (self->link,
                         self->webrtc,
                         "notify::ice-gathering-state",
                         G_CALLBACK (on_notify));
  duo_peer_link_connect (self->link,
                         self->webrtc,
                         "notify::signaling-state",
                         G_CALLBACK (on_notify));
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
  g_autoptr (GstElement) rtpbin = NULL;

  self->counters = duo_peer_counters_ref (counters);
  self->bitrate = bitrate;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new ("peer"));
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

  /* Lost packets have to be told to the decoder for it to conceal them. */
  rtpbin = gst_bin_get_by_name (GST_BIN (self->webrtc), "rtpbin");
  if (rtpbin != NULL)
    g_object_set (rtpbin, "do-lost", TRUE, "max-streams", MAX_STREAMS, NULL);

  connect_webrtc (self);
  watch_bus (self);

  return g_steal_pointer (&self);
}

/**
 * duo_peer_pipeline_set_sinks:
 * @self: a pipeline that receives nothing yet
 * @video: (transfer none): where the picture of the peer goes
 * @audio: (transfer none): where its sound goes
 */
void
duo_peer_pipeline_set_sinks (DuoPeerPipeline *self, GstElement *video, GstAppSink *audio)
{
  g_set_object (&self->video_sink, video);
  g_set_object (&self->audio_sink, audio);
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
  g_autofree char *name = g_strdup_printf ("sink_%u", mline);
  g_autoptr (GstCaps) caps = duo_send_branch_codec_caps (section);
  g_autoptr (GstElement) branch = duo_send_branch_new (section, encoder, error);
  g_autoptr (GstPad) encoded = gst_element_get_static_pad (encoder, "src");
  g_autoptr (GstWebRTCRTPTransceiver) transceiver = NULL;
  g_autoptr (GstPad) sink = NULL;
  g_autoptr (GstPad) src = NULL;

  if (branch == NULL)
    return FALSE;

  gst_bin_add (GST_BIN (self->pipeline), branch);
  src = gst_element_get_static_pad (branch, "src");
  sink = gst_element_request_pad_simple (self->webrtc, name);
  if (sink == NULL || gst_pad_link (src, sink) != GST_PAD_LINK_OK) {
    g_set_error (error,
                 DUO_RTC_ERROR,
                 DUO_RTC_ERROR_FAILED,
                 "webrtcbin takes no %s",
                 duo_section_kind_to_string (section->kind));
    return FALSE;
  }

  g_object_get (sink, "transceiver", &transceiver, NULL);
  /* Not on audio: browsers would ask for ever for packets that are never sent again. */
  g_object_set (transceiver,
                "codec-preferences",
                caps,
                "direction",
                GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_SENDRECV,
                "do-nack",
                section->kind == DUO_SECTION_VIDEO && (section->feedback & DUO_FEEDBACK_NACK),
                NULL);

  if (section->kind == DUO_SECTION_VIDEO)
    duo_peer_counters_watch_sent (self->counters, encoded);
  if (self->sender_pad == NULL)
    self->sender_pad = gst_object_ref (sink);

  return gst_element_sync_state_with_parent (branch);
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
 * duo_peer_pipeline_dup_session:
 * @self: a pipeline
 *
 * Returns: (transfer full) (nullable): the RTPSession that everything goes through
 */
GObject *
duo_peer_pipeline_dup_session (DuoPeerPipeline *self)
{
  g_autoptr (GstElement) rtpbin = NULL;
  GObject *session = NULL;

  if (self->webrtc != NULL)
    rtpbin = gst_bin_get_by_name (GST_BIN (self->webrtc), "rtpbin");
  if (rtpbin != NULL)
    g_signal_emit_by_name (rtpbin, "get-internal-session", 0, &session);

  return session;
}

/**
 * duo_peer_pipeline_negotiated:
 * @self: a pipeline
 *
 * To be called when descriptions have been set, as objects that come with them need looking after:
 * the transport, and the RTP session, which by itself sends RTCP every five seconds and so asks for
 * lost packets when they are of no use any more.
 */
void
duo_peer_pipeline_negotiated (DuoPeerPipeline *self)
{
  g_autoptr (GObject) session = duo_peer_pipeline_dup_session (self);

  find_transport (self);
  if (session != NULL)
    g_object_set (session,
                  "rtcp-min-interval",
                  (guint64) 500 * GST_MSECOND,
                  "rtcp-reduced-size",
                  TRUE,
                  "bandwidth",
                  2e6,
                  "rtcp-fraction",
                  1e5,
                  NULL);
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
 * duo_peer_pipeline_release:
 * @self: a pipeline
 *
 * Lets packets of the peer through to the decoders: it is who the description says.
 */
void
duo_peer_pipeline_release (DuoPeerPipeline *self)
{
  self->released = TRUE;
  for (guint i = 0; i < self->gates->len; i++)
    gate_open (g_ptr_array_index (self->gates, i));
  g_ptr_array_set_size (self->gates, 0);
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
  duo_peer_teardown_async (g_steal_pointer (&self->pipeline),
                           self,
                           cancellable,
                           callback,
                           user_data);
}

gboolean
duo_peer_pipeline_close_finish (DuoPeerPipeline *self, GAsyncResult *result, GError **error)
{
  return duo_peer_teardown_finish (result, error);
}
