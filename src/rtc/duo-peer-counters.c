/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-counters.h"

static void
release (gpointer data)
{
  duo_peer_counters_unref (data);
}

static GstPadProbeReturn
on_arrival (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  DuoPeerCounters *self = data;

  atomic_store_explicit (&self->last_packet, g_get_monotonic_time (), memory_order_relaxed);

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_sent (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  DuoPeerCounters *self = data;

  atomic_fetch_add_explicit (&self->frames_sent, 1, memory_order_relaxed);

  return GST_PAD_PROBE_OK;
}

static void
read_caps (DuoPeerCounters *self, GstEvent *event)
{
  const GstStructure *structure;
  GstCaps *caps;
  int width, height;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return;

  gst_event_parse_caps (event, &caps);
  structure = gst_caps_get_structure (caps, 0);
  if (gst_structure_get_int (structure, "width", &width) &&
      gst_structure_get_int (structure, "height", &height)) {
    atomic_store (&self->width, (guint) width);
    atomic_store (&self->height, (guint) height);
  }
}

static GstPadProbeReturn
on_decoded (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  DuoPeerCounters *self = data;

  if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    read_caps (self, GST_PAD_PROBE_INFO_EVENT (info));
  else
    atomic_fetch_add_explicit (&self->frames_decoded, 1, memory_order_relaxed);

  return GST_PAD_PROBE_OK;
}

static void
add_probe (DuoPeerCounters *self, GstPad *pad, GstPadProbeType type, GstPadProbeCallback callback)
{
  gst_pad_add_probe (pad, type, callback, duo_peer_counters_ref (self), release);
}

DuoPeerCounters *
duo_peer_counters_new (void)
{
  return g_atomic_rc_box_new0 (DuoPeerCounters);
}

DuoPeerCounters *
duo_peer_counters_ref (DuoPeerCounters *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
duo_peer_counters_unref (DuoPeerCounters *self)
{
  g_atomic_rc_box_release (self);
}

/**
 * duo_peer_counters_watch_arrival:
 * @self: counters
 * @pad: a pad that gives out RTP or RTCP of the peer, decrypted: what anybody could send does not
 *   count as a sign of life
 */
void
duo_peer_counters_watch_arrival (DuoPeerCounters *self, GstPad *pad)
{
  add_probe (self, pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, on_arrival);
}

/**
 * duo_peer_counters_watch_sent:
 * @self: counters
 * @pad: a pad that gives out encoded frames
 */
void
duo_peer_counters_watch_sent (DuoPeerCounters *self, GstPad *pad)
{
  add_probe (self, pad, GST_PAD_PROBE_TYPE_BUFFER, on_sent);
}

/**
 * duo_peer_counters_watch_decoded:
 * @self: counters
 * @pad: a pad that gives out decoded frames
 */
void
duo_peer_counters_watch_decoded (DuoPeerCounters *self, GstPad *pad)
{
  add_probe (self,
             pad,
             GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
             on_decoded);
}
