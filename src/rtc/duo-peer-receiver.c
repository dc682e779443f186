/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-peer-receiver.h"

#include <gst/webrtc/webrtc.h>

#include "duo-peer-link.h"
#include "duo-receive-branch.h"
#include "duo-rtc-error.h"

/**
 * DuoPeerReceiver:
 *
 * Leads what webrtcbin receives to decoders and sinks, and holds it at the gate until the peer is
 * verified. Packets wait in the jitter buffers meanwhile, so that the first keyframe is not lost.
 */
struct _DuoPeerReceiver {
  GObject parent_instance;

  /* Owned */
  DuoPeerLink *link;
  DuoPeerCounters *counters;
  GstElement *video_sink;
  GstAppSink *audio_sink;
  GPtrArray *gates;

  /* Borrowed */
  GstElement *pipeline;

  gboolean released;
};

/* A pad of webrtcbin whose packets wait. */
typedef struct {
  /* Owned */
  GstPad *pad;

  gulong probe; /* 0 once open */
} Gate;

enum {
  SIGNAL_FAILED,
  SIGNAL_FIRST_FRAME,
  SIGNAL_STREAM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoPeerReceiver, duo_peer_receiver, G_TYPE_OBJECT)

static GstPadProbeReturn
throw_away (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_DROP;
}

/* Nobody will open it any more. It must not block for ever, as stopping would wait for it, and
 * nothing may get through. */
static void
gate_clear (gpointer data)
{
  Gate *gate = data;

  if (gate->probe != 0) {
    gst_pad_add_probe (gate->pad,
                       GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST |
                         GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                       throw_away,
                       NULL,
                       NULL);
    gst_pad_remove_probe (gate->pad, gate->probe);
  }
  gst_object_unref (gate->pad);
}

static void
gate_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, gate_clear);
}

static void
gate_open (Gate *gate)
{
  gst_pad_remove_probe (gate->pad, gate->probe);
  gate->probe = 0;
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

static GstElement *
make_video_branch (DuoPeerReceiver *self, GError **error)
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
                     (GDestroyNotify) duo_peer_link_unref);
  return branch;
}

static GstElement *
make_audio_branch (DuoPeerReceiver *self, GError **error)
{
  g_autoptr (GstAppSink) sink = g_steal_pointer (&self->audio_sink);

  return duo_receive_branch_new_audio (sink, error);
}

/* A second stream of a kind: nobody looks at it, but it must end somewhere. */
static GstElement *
make_drain (void)
{
  GstElement *drain = gst_element_factory_make ("fakesink", NULL);

  g_object_set (drain, "async", FALSE, "sync", FALSE, NULL);
  return gst_object_ref_sink (drain);
}

static GstWebRTCKind
get_kind (GstPad *pad)
{
  g_autoptr (GstWebRTCRTPTransceiver) transceiver = NULL;
  GstWebRTCKind kind = GST_WEBRTC_KIND_UNKNOWN;

  g_object_get (pad, "transceiver", &transceiver, NULL);
  if (transceiver != NULL)
    g_object_get (transceiver, "kind", &kind, NULL);

  return kind;
}

static gboolean
link_branch (DuoPeerReceiver *self, GstPad *pad, GError **error)
{
  GstWebRTCKind kind = get_kind (pad);
  g_autoptr (GstElement) branch = NULL;
  g_autoptr (GstPad) sink = NULL;

  if (kind == GST_WEBRTC_KIND_VIDEO && self->video_sink != NULL)
    branch = make_video_branch (self, error);
  else if (kind == GST_WEBRTC_KIND_AUDIO && self->audio_sink != NULL)
    branch = make_audio_branch (self, error);
  else
    branch = make_drain ();
  if (branch == NULL)
    return FALSE;

  gst_bin_add (GST_BIN (self->pipeline), branch);
  sink = gst_element_get_static_pad (branch, "sink");
  if (!gst_element_sync_state_with_parent (branch) || gst_pad_link (pad, sink) != GST_PAD_LINK_OK) {
    g_set_error_literal (error, DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "A receiver cannot be linked");
    return FALSE;
  }

  return TRUE;
}

static void
handle_pad (gpointer target, gpointer data)
{
  DuoPeerReceiver *self = target;
  Gate *gate = data;
  g_autoptr (GstObject) parent = gst_object_get_parent (GST_OBJECT (gate->pad));
  g_autoptr (GError) error = NULL;

  /* Gone again while it was on its way here. */
  if (parent == NULL)
    return;

  if (!link_branch (self, gate->pad, &error)) {
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    return;
  }

  if (self->released)
    gate_open (gate);
  else
    g_ptr_array_add (self->gates, g_atomic_rc_box_acquire (gate));
  g_signal_emit (self, signals[SIGNAL_STREAM], 0);
}

static GstPadProbeReturn
hold (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_OK;
}

/* A streaming thread: the pad is closed here, and led somewhere on the main context. */
static void
on_pad_added (GstElement *webrtc, GstPad *pad, DuoPeerLink *link)
{
  Gate *gate;

  if (GST_PAD_DIRECTION (pad) != GST_PAD_SRC)
    return;

  gate = g_atomic_rc_box_new0 (Gate);
  gate->pad = gst_object_ref (pad);
  gate->probe = gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, hold, NULL, NULL);
  duo_peer_link_post (link, handle_pad, gate, gate_unref);
}

static void
duo_peer_receiver_dispose (GObject *object)
{
  duo_peer_receiver_stop (DUO_PEER_RECEIVER (object));

  G_OBJECT_CLASS (duo_peer_receiver_parent_class)->dispose (object);
}

static void
duo_peer_receiver_finalize (GObject *object)
{
  DuoPeerReceiver *self = DUO_PEER_RECEIVER (object);

  g_ptr_array_unref (self->gates);
  g_clear_pointer (&self->counters, duo_peer_counters_unref);
  duo_peer_link_unref (self->link);

  G_OBJECT_CLASS (duo_peer_receiver_parent_class)->finalize (object);
}

static void
duo_peer_receiver_class_init (DuoPeerReceiverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_peer_receiver_dispose;
  object_class->finalize = duo_peer_receiver_finalize;

  /**
   * DuoPeerReceiver::failed:
   * @error: why a stream cannot be received
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         DUO_TYPE_PEER_RECEIVER,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_ERROR);

  /**
   * DuoPeerReceiver::first-frame:
   *
   * The first frame of the peer was decoded.
   */
  signals[SIGNAL_FIRST_FRAME] = g_signal_new ("first-frame",
                                              DUO_TYPE_PEER_RECEIVER,
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              0);

  /**
   * DuoPeerReceiver::stream:
   *
   * A stream of the peer has begun.
   */
  signals[SIGNAL_STREAM] = g_signal_new ("stream",
                                         DUO_TYPE_PEER_RECEIVER,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);
}

static void
duo_peer_receiver_init (DuoPeerReceiver *self)
{
  self->link = duo_peer_link_new (G_OBJECT (self));
  self->gates = g_ptr_array_new_with_free_func (gate_unref);
}

/**
 * duo_peer_receiver_new:
 * @pipeline: (transfer none): where branches are added; must outlive the receiver or its stopping
 * @webrtc: the webrtcbin in it
 * @counters: what to count into
 *
 * Returns: (transfer full): a receiver
 */
DuoPeerReceiver *
duo_peer_receiver_new (GstElement *pipeline, GstElement *webrtc, DuoPeerCounters *counters)
{
  DuoPeerReceiver *self = g_object_new (DUO_TYPE_PEER_RECEIVER, NULL);

  self->pipeline = pipeline;
  self->counters = duo_peer_counters_ref (counters);
  duo_peer_link_connect (self->link, webrtc, "pad-added", G_CALLBACK (on_pad_added));

  return self;
}

/**
 * duo_peer_receiver_set_sinks:
 * @self: a receiver that receives nothing yet
 * @video: (transfer none): where the picture of the peer goes
 * @audio: (transfer none): where its sound goes
 */
void
duo_peer_receiver_set_sinks (DuoPeerReceiver *self, GstElement *video, GstAppSink *audio)
{
  g_set_object (&self->video_sink, video);
  g_set_object (&self->audio_sink, audio);
}

/**
 * duo_peer_receiver_release:
 * @self: a receiver
 *
 * Lets packets of the peer through to the decoders: it is who the description says.
 */
void
duo_peer_receiver_release (DuoPeerReceiver *self)
{
  self->released = TRUE;
  for (guint i = 0; i < self->gates->len; i++)
    gate_open (g_ptr_array_index (self->gates, i));
  g_ptr_array_set_size (self->gates, 0);
}

/**
 * duo_peer_receiver_stop:
 * @self: a receiver
 *
 * Nothing comes from it any more, and what waits at a closed gate is thrown away.
 */
void
duo_peer_receiver_stop (DuoPeerReceiver *self)
{
  duo_peer_link_cut (self->link);
  g_ptr_array_set_size (self->gates, 0);
  gst_clear_object (&self->video_sink);
  gst_clear_object (&self->audio_sink);
  self->pipeline = NULL;
}
