/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-send-branch.h"

#include "duo-element.h"
#include "duo-rtc-error.h"

/* What fits through tunnels within 1280 bytes of IPv6, SRTP and header extensions added. */
#define MTU 1200

/**
 * duo_send_branch_codec_caps:
 * @section: what is sent: payload type, header extension and (the first) ssrc
 *
 * The codec preferences of a transceiver. The ssrc has to be in there: without it an answer of
 * webrtcbin 1.22 announces retransmissions of source 0, and browsers then show nothing.
 *
 * Returns: (transfer full): caps for a transceiver's codec-preferences
 */
GstCaps *
duo_send_branch_codec_caps (const DuoSection *section)
{
  GstCaps *caps;

  if (section->kind == DUO_SECTION_AUDIO)
    caps = gst_caps_new_simple ("application/x-rtp",
                                "media",
                                G_TYPE_STRING,
                                "audio",
                                "encoding-name",
                                G_TYPE_STRING,
                                "OPUS",
                                "clock-rate",
                                G_TYPE_INT,
                                48000,
                                "encoding-params",
                                G_TYPE_STRING,
                                "2",
                                "minptime",
                                G_TYPE_STRING,
                                "10",
                                "useinbandfec",
                                G_TYPE_STRING,
                                "1",
                                NULL);
  else
    caps = gst_caps_new_simple ("application/x-rtp",
                                "media",
                                G_TYPE_STRING,
                                "video",
                                "encoding-name",
                                G_TYPE_STRING,
                                "VP8",
                                "clock-rate",
                                G_TYPE_INT,
                                90000,
                                NULL);

  gst_caps_set_simple (caps,
                       "payload",
                       G_TYPE_INT,
                       section->payload,
                       "ssrc",
                       G_TYPE_UINT,
                       section->ssrcs[0],
                       NULL);

  if (section->feedback & DUO_FEEDBACK_NACK)
    gst_caps_set_simple (caps, "rtcp-fb-nack", G_TYPE_BOOLEAN, TRUE, NULL);
  if (section->feedback & DUO_FEEDBACK_NACK_PLI)
    gst_caps_set_simple (caps, "rtcp-fb-nack-pli", G_TYPE_BOOLEAN, TRUE, NULL);
  if (section->feedback & DUO_FEEDBACK_CCM_FIR)
    gst_caps_set_simple (caps, "rtcp-fb-ccm-fir", G_TYPE_BOOLEAN, TRUE, NULL);
  if (section->feedback & DUO_FEEDBACK_TRANSPORT_CC)
    gst_caps_set_simple (caps, "rtcp-fb-transport-cc", G_TYPE_BOOLEAN, TRUE, NULL);

  if (section->twcc_id > 0) {
    g_autofree char *field = g_strdup_printf ("extmap-%u", section->twcc_id);

    gst_caps_set_simple (caps, field, G_TYPE_STRING, DUO_TWCC_URI, NULL);
  }

  return caps;
}

/* What makes the payloader, with its automatic header extensions, number its packets. */
static GstCaps *
make_payload_caps (const DuoSection *section)
{
  GstCaps *caps =
    gst_caps_new_simple ("application/x-rtp", "payload", G_TYPE_INT, section->payload, NULL);

  if (section->twcc_id > 0) {
    g_autofree char *field = g_strdup_printf ("extmap-%u", section->twcc_id);

    gst_caps_set_simple (caps, field, G_TYPE_STRING, DUO_TWCC_URI, NULL);
  }

  return caps;
}

/**
 * duo_send_branch_new:
 * @section: what is sent
 * @encoder: (transfer floating): gives out VP8 or Opus on its pad `src`
 * @error: return location for a #GError
 *
 * The way from an encoder to webrtcbin: encoder, payloader, header extension.
 *
 * Returns: (transfer full): a bin with a pad `src`, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN
 *   or %DUO_RTC_ERROR_FAILED
 */
GstElement *
duo_send_branch_new (const DuoSection *section, GstElement *encoder, GError **error)
{
  gboolean video = section->kind == DUO_SECTION_VIDEO;
  g_autoptr (GstElement) bin =
    gst_object_ref_sink (gst_bin_new (video ? "send-video" : "send-audio"));
  g_autoptr (GstCaps) caps = make_payload_caps (section);
  GstElement *payloader, *filter;

  gst_bin_add (GST_BIN (bin), encoder);
  payloader = duo_element_add (GST_BIN (bin), video ? "rtpvp8pay" : "rtpopuspay", error);
  if (payloader == NULL)
    return NULL;
  filter = duo_element_add (GST_BIN (bin), "capsfilter", error);
  if (filter == NULL)
    return NULL;

  g_object_set (payloader,
                "pt",
                (guint) section->payload,
                "ssrc",
                section->ssrcs[0],
                "mtu",
                MTU,
                NULL);
  if (video)
    gst_util_set_object_arg (G_OBJECT (payloader), "picture-id-mode", "15-bit");
  g_object_set (filter, "caps", caps, NULL);

  if (!gst_element_link_many (encoder, payloader, filter, NULL)) {
    g_set_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "The encoder cannot be linked");
    return NULL;
  }
  if (!duo_element_ghost (bin, filter, "src", error))
    return NULL;

  return g_steal_pointer (&bin);
}
