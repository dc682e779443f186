/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-description.h"

#include "duo-fingerprint.h"
#include "duo-rtc-error.h"

static const char *const kind_names[] = {
  [DUO_SECTION_AUDIO] = "audio",
  [DUO_SECTION_VIDEO] = "video",
  [DUO_SECTION_APPLICATION] = "application",
};

static void
append_feedback (GString *text, const DuoSection *section)
{
  static const struct {
    DuoFeedback feedback;
    const char *name;
  } names[] = {
    { DUO_FEEDBACK_NACK, "nack" },
    { DUO_FEEDBACK_NACK_PLI, "nack pli" },
    { DUO_FEEDBACK_CCM_FIR, "ccm fir" },
    { DUO_FEEDBACK_TRANSPORT_CC, "transport-cc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (section->feedback & names[i].feedback)
      g_string_append_printf (text, "a=rtcp-fb:%d %s\r\n", section->payload, names[i].name);
}

static void
append_media (GString *text, const DuoSection *section)
{
  gboolean audio = section->kind == DUO_SECTION_AUDIO;

  g_string_append_printf (text,
                          "m=%s 9 UDP/TLS/RTP/SAVPF %d",
                          kind_names[section->kind],
                          section->payload);
  if (section->rtx_payload >= 0)
    g_string_append_printf (text, " %d", section->rtx_payload);
  g_string_append (text, "\r\nc=IN IP4 0.0.0.0\r\na=rtcp-mux\r\n");
  if (section->rtcp_rsize)
    g_string_append (text, "a=rtcp-rsize\r\n");
  g_string_append_printf (text, "a=%s\r\n", section->direction);

  g_string_append_printf (text,
                          "a=rtpmap:%d %s\r\n",
                          section->payload,
                          audio ? "OPUS/48000/2" : "VP8/90000");
  /* Always the same parameters, whatever the peer said: webrtcbin intersects them as text, and
   * Opus decoders take mono and stereo alike. */
  if (audio)
    g_string_append_printf (text, "a=fmtp:%d minptime=10;useinbandfec=1\r\n", section->payload);
  append_feedback (text, section);
  if (section->rtx_payload >= 0)
    g_string_append_printf (text,
                            "a=rtpmap:%d rtx/90000\r\na=fmtp:%d apt=%d\r\n",
                            section->rtx_payload,
                            section->rtx_payload,
                            section->payload);
  if (section->twcc_id > 0)
    g_string_append_printf (text, "a=extmap:%u " DUO_TWCC_URI "\r\n", section->twcc_id);
  for (guint i = 0; i < section->n_ssrcs; i++)
    g_string_append_printf (text, "a=ssrc:%u cname:peer\r\n", section->ssrcs[i]);
}

static void
append_application (GString *text, const DuoSection *section)
{
  g_string_append_printf (text,
                          "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                          "c=IN IP4 0.0.0.0\r\n"
                          "a=sctp-port:%u\r\n"
                          "a=max-message-size:%u\r\n",
                          section->sctp_port,
                          section->max_message_size);
}

/**
 * duo_description_new:
 *
 * Returns: (transfer full): a description without sections
 */
DuoDescription *
duo_description_new (void)
{
  DuoDescription *self = g_new0 (DuoDescription, 1);

  self->candidates = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
duo_description_free (DuoDescription *self)
{
  for (guint i = 0; i < self->n_sections; i++)
    g_free (self->sections[i].mid);
  g_free (self->ufrag);
  g_free (self->pwd);
  g_clear_pointer (&self->fingerprint, g_bytes_unref);
  g_ptr_array_unref (self->candidates);
  g_free (self);
}

/**
 * duo_description_find:
 * @self: a description
 * @kind: what to look for
 * @index: (out) (optional): its place
 *
 * Returns: (transfer none) (nullable): the section of that kind
 */
const DuoSection *
duo_description_find (const DuoDescription *self, DuoSectionKind kind, guint *index)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->n_sections; i++) {
    if (self->sections[i].kind != kind)
      continue;
    if (index != NULL)
      *index = i;
    return &self->sections[i];
  }

  return NULL;
}

/**
 * duo_description_offers:
 * @self: an offer
 * @error: return location for a #GError
 *
 * Checks that it rejects nothing, which only an answer may.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_DESCRIPTION when it does
 */
gboolean
duo_description_offers (const DuoDescription *self, GError **error)
{
  for (guint i = 0; i < self->n_sections; i++) {
    if (!self->sections[i].rejected)
      continue;
    g_set_error_literal (error,
                         DUO_RTC_ERROR,
                         DUO_RTC_ERROR_DESCRIPTION,
                         "The offer has a removed section");
    return FALSE;
  }

  return TRUE;
}

/* webrtcbin 1.22 takes no answer with a rejected section. Makes it as if it had been accepted, with
 * nothing in either direction. */
static void
fill_rejected (DuoSection *section, const DuoSection *offered)
{
  if (section->mid == NULL)
    section->mid = g_strdup (offered->mid);
  section->direction = "inactive";
  section->payload = offered->payload;
  section->sctp_port = offered->sctp_port;
  section->max_message_size = offered->max_message_size;
}

/**
 * duo_description_answers:
 * @self: an answer
 * @offer: the offer
 * @error: return location for a #GError
 *
 * Checks that @self has the sections of @offer, in their order and with their tags and payload
 * types (RFC 9429, section 5.3.1). webrtcbin asserts on some of these. What it rejects is filled in
 * from the offer.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_DESCRIPTION when it has not
 */
gboolean
duo_description_answers (DuoDescription *self, const DuoDescription *offer, GError **error)
{
  gboolean same = self->n_sections == offer->n_sections;

  for (guint i = 0; same && i < self->n_sections; i++) {
    DuoSection *a = &self->sections[i];
    const DuoSection *b = &offer->sections[i];

    if (a->rejected && a->kind == b->kind)
      fill_rejected (a, b);
    same = a->kind == b->kind && g_str_equal (a->mid, b->mid) && a->payload == b->payload &&
           (a->rtx_payload == -1 || a->rtx_payload == b->rtx_payload) &&
           (a->twcc_id == 0 || a->twcc_id == b->twcc_id);
  }

  if (!same || g_str_equal (self->setup, "actpass")) {
    g_set_error_literal (error,
                         DUO_RTC_ERROR,
                         DUO_RTC_ERROR_DESCRIPTION,
                         "The answer does not belong to the offer");
    return FALSE;
  }

  return TRUE;
}

/**
 * duo_description_to_string:
 * @self: a description
 *
 * Writes the description anew, with nothing in it but what was checked: no other codec, attribute
 * or text of the peer reaches webrtcbin.
 *
 * Returns: (transfer full): a session description
 */
char *
duo_description_to_string (const DuoDescription *self)
{
  g_autofree char *fingerprint = duo_fingerprint_to_string (self->fingerprint);
  GString *text = g_string_new ("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
                                "a=ice-options:trickle\r\na=group:BUNDLE");

  for (guint i = 0; i < self->n_sections; i++)
    g_string_append_printf (text, " %s", self->sections[i].mid);
  g_string_append (text, "\r\n");

  for (guint i = 0; i < self->n_sections; i++) {
    const DuoSection *section = &self->sections[i];

    if (section->kind == DUO_SECTION_APPLICATION)
      append_application (text, section);
    else
      append_media (text, section);
    g_string_append_printf (text,
                            "a=mid:%s\r\na=ice-ufrag:%s\r\na=ice-pwd:%s\r\n"
                            "a=fingerprint:%s\r\na=setup:%s\r\n",
                            section->mid,
                            self->ufrag,
                            self->pwd,
                            fingerprint,
                            self->setup);
  }

  return g_string_free (text, FALSE);
}

/**
 * duo_section_kind_to_string:
 * @kind: a kind of section
 *
 * Returns: its name in a description
 */
const char *
duo_section_kind_to_string (DuoSectionKind kind)
{
  return kind_names[kind];
}
