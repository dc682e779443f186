/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-sender.h"

#include <gst/webrtc/webrtc.h>

#include "duo-rtc-error.h"
#include "duo-send-branch.h"

/* Retransmissions not on audio: browsers would ask for ever for packets that are never sent again.
 */
static void
set_up_transceiver (GstPad *pad, const DuoSection *section)
{
  gboolean nack =
    section->kind == DUO_SECTION_VIDEO && (section->feedback & DUO_FEEDBACK_NACK) != 0;
  g_autoptr (GstCaps) caps = duo_send_branch_codec_caps (section);
  g_autoptr (GstWebRTCRTPTransceiver) transceiver = NULL;

  g_object_get (pad, "transceiver", &transceiver, NULL);
  g_object_set (transceiver,
                "codec-preferences",
                caps,
                "direction",
                GST_WEBRTC_RTP_TRANSCEIVER_DIRECTION_SENDRECV,
                "do-nack",
                nack,
                NULL);
}

/**
 * duo_peer_sender_add:
 * @pipeline: a started pipeline
 * @webrtc: the webrtcbin in it
 * @section: what is sent
 * @mline: the index of its section
 * @encoder: gives out VP8 or Opus on its pad `src`
 * @error: return location for a #GError
 *
 * Leads an encoder into webrtcbin, which makes a transceiver for it that sends and receives.
 *
 * Returns: (transfer full): webrtcbin's pad, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN or
 *   %DUO_RTC_ERROR_FAILED
 */
GstPad *
duo_peer_sender_add (GstElement *pipeline,
                     GstElement *webrtc,
                     const DuoSection *section,
                     guint mline,
                     GstElement *encoder,
                     GError **error)
{
  g_autofree char *name = g_strdup_printf ("sink_%u", mline);
  g_autoptr (GstElement) branch = duo_send_branch_new (section, encoder, error);
  g_autoptr (GstPad) sink = NULL;
  g_autoptr (GstPad) src = NULL;

  if (branch == NULL)
    return NULL;

  gst_bin_add (GST_BIN (pipeline), branch);
  src = gst_element_get_static_pad (branch, "src");
  sink = gst_element_request_pad_simple (webrtc, name);
  if (sink == NULL || gst_pad_link (src, sink) != GST_PAD_LINK_OK) {
    g_set_error (error,
                 DUO_RTC_ERROR,
                 DUO_RTC_ERROR_FAILED,
                 "webrtcbin takes no %s",
                 duo_section_kind_to_string (section->kind));
    return NULL;
  }
  set_up_transceiver (sink, section);

  if (!gst_element_sync_state_with_parent (branch)) {
    g_set_error (error,
                 DUO_RTC_ERROR,
                 DUO_RTC_ERROR_FAILED,
                 "The %s encoder does not start",
                 duo_section_kind_to_string (section->kind));
    return NULL;
  }

  return g_steal_pointer (&sink);
}
