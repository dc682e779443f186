/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rtp-session.h"

#include "duo-rtx-guard.h"
#include "duo-sender-clock.h"

/* More sources than a peer needs; each takes a jitter buffer and a thread. */
#define MAX_STREAMS 8

typedef struct {
  /* Owned */
  DuoPeerCounters *counters;

  guint bitrate;
} Watch;

static void
watch_free (gpointer data, GClosure *closure)
{
  Watch *watch = data;

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
on_deep_element_added (GstBin *bin, GstBin *parent, GstElement *element, Watch *watch)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  const char *name = factory != NULL ? GST_OBJECT_NAME (factory) : "";

  if (g_str_equal (name, "srtpdec")) {
    watch_arrival (watch->counters, element, "rtp_src");
    watch_arrival (watch->counters, element, "rtcp_src");
  } else if (g_str_equal (name, "rtprtxsend")) {
    duo_rtx_guard_install (element, watch->bitrate);
  } else if (g_str_equal (name, "rtpsession")) {
    duo_sender_clock_install (element);
  } else if (g_str_equal (name, "rtpjitterbuffer")) {
    /* It would take what comes later than it expects, because the peer's computer is busy, for lost
     * after a while, and the picture would stand until a keyframe that has it no better. A gap
     * tells soon enough. */
    g_object_set (element, "rtx-next-seqnum", FALSE, NULL);
  }
}

static GObject *
dup_session (GstElement *webrtc)
{
  g_autoptr (GstElement) rtpbin = gst_bin_get_by_name (GST_BIN (webrtc), "rtpbin");
  GObject *session = NULL;

  if (rtpbin != NULL)
    g_signal_emit_by_name (rtpbin, "get-internal-session", 0u, &session);

  return session;
}

/**
 * duo_rtp_session_watch:
 * @pipeline: a pipeline that webrtcbin is or will be in
 * @counters: where arrivals are noted
 * @bitrate: what is sent without retransmissions, in bits per second
 *
 * Looks after what webrtcbin makes inside itself: what decrypts, and what retransmits.
 */
void
duo_rtp_session_watch (GstElement *pipeline, DuoPeerCounters *counters, guint bitrate)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->counters = duo_peer_counters_ref (counters);
  watch->bitrate = bitrate;
  g_signal_connect_data (pipeline,
                         "deep-element-added",
                         G_CALLBACK (on_deep_element_added),
                         watch,
                         watch_free,
                         0);
}

/**
 * duo_rtp_session_prepare:
 * @webrtc: a webrtcbin that has not negotiated yet
 *
 * Has lost packets told to the decoders, so that they conceal them, and limits the streams.
 */
void
duo_rtp_session_prepare (GstElement *webrtc)
{
  g_autoptr (GstElement) rtpbin = gst_bin_get_by_name (GST_BIN (webrtc), "rtpbin");

  if (rtpbin != NULL)
    g_object_set (rtpbin, "do-lost", TRUE, "max-streams", MAX_STREAMS, NULL);
}

/**
 * duo_rtp_session_tune:
 * @webrtc: a webrtcbin that has negotiated
 *
 * Has RTCP sent as often as it is needed. By itself the session waits up to five seconds, and so
 * asks for lost packets when they are of no use any more. webrtcbin undoes some of it, so that this
 * is to be repeated when a stream begins.
 */
void
duo_rtp_session_tune (GstElement *webrtc)
{
  g_autoptr (GObject) session = dup_session (webrtc);

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
 * duo_rtp_session_dup_stats:
 * @webrtc: a webrtcbin
 *
 * Returns: (transfer full) (nullable): the statistics of the one session that everything goes
 * through
 */
GstStructure *
duo_rtp_session_dup_stats (GstElement *webrtc)
{
  g_autoptr (GObject) session = dup_session (webrtc);
  GstStructure *stats = NULL;

  if (session != NULL)
    g_object_get (session, "stats", &stats, NULL);

  return stats;
}
