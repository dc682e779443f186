/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rtx-guard.h"

#include "duo-rtx-throttle.h"

/* The size of an answer is not in the request. */
#define PACKET_SIZE 1200

typedef struct {
  GMutex mutex;
  DuoRtxThrottle throttle;
} Guard;

static void
guard_free (gpointer data)
{
  Guard *self = data;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

static GstPadProbeReturn
on_upstream_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Guard *self = data;
  const GstStructure *request = gst_event_get_structure (GST_PAD_PROBE_INFO_EVENT (info));
  gboolean allowed;
  guint seqnum;

  if (request == NULL || !gst_structure_has_name (request, "GstRTPRetransmissionRequest") ||
      !gst_structure_get_uint (request, "seqnum", &seqnum))
    return GST_PAD_PROBE_OK;

  g_mutex_lock (&self->mutex);
  allowed = duo_rtx_throttle_allow (&self->throttle,
                                    (guint16) seqnum,
                                    PACKET_SIZE,
                                    g_get_monotonic_time ());
  g_mutex_unlock (&self->mutex);

  return allowed ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/**
 * duo_rtx_guard_install:
 * @rtxsend: an rtprtxsend
 * @bitrate: what is sent without retransmissions, in bits per second
 *
 * Keeps requests for retransmissions from @rtxsend that a #DuoRtxThrottle does not allow. From any
 * thread.
 */
void
duo_rtx_guard_install (GstElement *rtxsend, guint bitrate)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (rtxsend, "src");
  Guard *guard = g_new0 (Guard, 1);

  g_mutex_init (&guard->mutex);
  duo_rtx_throttle_init (&guard->throttle, bitrate, g_get_monotonic_time ());
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_upstream_event, guard, guard_free);
}
