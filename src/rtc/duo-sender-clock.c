/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-sender-clock.h"

#include <string.h>

/* Sound, picture, the picture's retransmissions. */
#define MAX_SOURCES 8

#define RTP_HEADER_LENGTH 12

/* Only used with the stream lock of the pad held. */
typedef struct {
  guint32 told[MAX_SOURCES];
  guint n_told;
} Watch;

static GstBuffer *
get_buffer (GstPadProbeInfo *info)
{
  GstBufferList *list;

  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    return GST_PAD_PROBE_INFO_BUFFER (info);

  list = GST_PAD_PROBE_INFO_BUFFER_LIST (info);
  return gst_buffer_list_length (list) > 0 ? gst_buffer_list_get (list, 0) : NULL;
}

static gboolean
was_told (Watch *self, guint32 ssrc)
{
  for (guint i = 0; i < self->n_told; i++)
    if (self->told[i] == ssrc)
      return TRUE;

  return FALSE;
}

/* The clock rate of a payload type, as rtpbin knows it; 0 if it does not. */
static int
get_clock_rate (GstPad *pad, guint payload)
{
  g_autoptr (GstElement) session = gst_pad_get_parent_element (pad);
  g_autoptr (GstCaps) caps = NULL;
  int clock_rate = 0;

  if (session != NULL)
    g_signal_emit_by_name (session, "request-pt-map", payload, &caps);
  if (caps != NULL && !gst_caps_is_empty (caps))
    gst_structure_get_int (gst_caps_get_structure (caps, 0), "clock-rate", &clock_rate);

  return clock_rate;
}

/* Only caps that name a source tell the session its clock rate; those of a bundle never do. The
 * usual ones go after, as nothing downstream should think that it is one source alone. */
static void
tell (GstPad *pad, guint32 ssrc, guint payload)
{
  g_autoptr (GstCaps) usual = gst_pad_get_current_caps (pad);
  g_autoptr (GstCaps) caps = NULL;
  int clock_rate = get_clock_rate (pad, payload);

  if (usual == NULL || clock_rate <= 0)
    return;

  caps = gst_caps_copy (usual);
  gst_caps_set_simple (caps,
                       "ssrc",
                       G_TYPE_UINT,
                       ssrc,
                       "payload",
                       G_TYPE_INT,
                       (int) payload,
                       "clock-rate",
                       G_TYPE_INT,
                       clock_rate,
                       NULL);
  gst_pad_send_event (pad, gst_event_new_caps (caps));
  gst_pad_send_event (pad, gst_event_new_caps (usual));
}

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Watch *self = data;
  GstBuffer *buffer = get_buffer (info);
  guint8 header[RTP_HEADER_LENGTH];
  guint32 ssrc;

  if (buffer == NULL || self->n_told == MAX_SOURCES ||
      gst_buffer_extract (buffer, 0, header, sizeof header) < sizeof header)
    return GST_PAD_PROBE_OK;

  ssrc = GST_READ_UINT32_BE (header + 8);
  if (was_told (self, ssrc))
    return GST_PAD_PROBE_OK;

  self->told[self->n_told++] = ssrc;
  tell (pad, ssrc, header[1] & 0x7f);

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;

  gst_event_parse_caps (event, &caps);
  return gst_structure_has_field (gst_caps_get_structure (caps, 0), "ssrc") ? GST_PAD_PROBE_DROP
                                                                            : GST_PAD_PROBE_OK;
}

static void
on_pad_added (GstElement *session, GstPad *pad, gpointer data)
{
  if (g_str_equal (GST_PAD_NAME (pad), "send_rtp_sink"))
    gst_pad_add_probe (pad,
                       GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                       on_buffer,
                       g_new0 (Watch, 1),
                       g_free);
  else if (g_str_equal (GST_PAD_NAME (pad), "send_rtp_src"))
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_event, NULL, NULL);
}

/**
 * duo_sender_clock_install:
 * @rtpsession: an rtpsession that has no pads yet
 *
 * Tells the session the clock rate of each source that is sent before its first packet. Otherwise
 * the session asks for it while it writes a report, and GStreamer before 1.22.3 lets go of its lock
 * to do so and complains (a GLib critical) if another source comes in at that moment. Does nothing
 * with later releases. From any thread.
 */
void
duo_sender_clock_install (GstElement *rtpsession)
{
  guint major, minor, micro, nano;

  gst_version (&major, &minor, &micro, &nano);
  if (major == 1 && (minor < 22 || (minor == 22 && micro < 3)))
    g_signal_connect (rtpsession, "pad-added", G_CALLBACK (on_pad_added), NULL);
}
