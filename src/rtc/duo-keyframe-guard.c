/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-keyframe-guard.h"

#include <gst/video/video.h>

/* Longer than a keyframe takes on a bad network, shorter than patience. */
#define ASK_AGAIN (1 * G_TIME_SPAN_SECOND)

/* Both pads are run by one thread, that of the jitter buffer. */
typedef struct {
  gatomicrefcount references;
  gint64 waiting_since; /* for what a packet began, or a request; µs of monotonic time, or 0 */
} Guard;

static void
guard_unref (gpointer data)
{
  Guard *self = data;

  if (g_atomic_ref_count_dec (&self->references))
    g_free (self);
}

static GstPadProbeReturn
on_packet (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Guard *self = data;
  gint64 now = g_get_monotonic_time ();

  if (self->waiting_since == 0)
    self->waiting_since = now;
  if (now - self->waiting_since >= ASK_AGAIN) {
    self->waiting_since = now;
    gst_pad_push_event (pad,
                        gst_video_event_new_upstream_force_key_unit (GST_CLOCK_TIME_NONE, TRUE, 0));
  }

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Guard *self = data;

  self->waiting_since = 0;

  return GST_PAD_PROBE_OK;
}

/**
 * duo_keyframe_guard_install:
 * @depayloader: a depayloader that waits for keyframes and asks for them
 *
 * A depayloader asks once for each loss, and the request or the keyframe may get lost too: the
 * picture would then stand until the peer makes a keyframe by itself, which it hardly ever does.
 * With this one is asked for again each second in which packets come but no picture
 * (RFC 4585 §6.3.1).
 */
void
duo_keyframe_guard_install (GstElement *depayloader)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (depayloader, "sink");
  g_autoptr (GstPad) src = gst_element_get_static_pad (depayloader, "src");
  Guard *self = g_new0 (Guard, 1);

  g_atomic_ref_count_init (&self->references);
  g_atomic_ref_count_inc (&self->references);
  gst_pad_add_probe (sink,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                     on_packet,
                     self,
                     guard_unref);
  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_BUFFER, on_picture, self, guard_unref);
}
