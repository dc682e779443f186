/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-codec-reader.h"

#include <string.h>

#include "duo-sdp-text.h"

/* Splits "PT rest" and returns the payload type, or -1. */
static int
parse_payload (const char *value, const char **rest)
{
  const char *space = strchr (value, ' ');
  g_autofree char *head = space != NULL ? g_strndup (value, space - value) : NULL;
  guint64 payload;

  if (head == NULL || !duo_sdp_parse_number (head, 0, DUO_CODEC_READER_PAYLOADS - 1, &payload))
    return -1;

  *rest = space + 1;
  return (int) payload;
}

static void
read_rtpmap (DuoCodecReader *self, const DuoSection *section, const char *value)
{
  gboolean audio = section->kind == DUO_SECTION_AUDIO;
  const char *encoding;
  int payload = parse_payload (value, &encoding);

  if (payload < 0)
    return;

  if (g_ascii_strcasecmp (encoding, audio ? "opus/48000/2" : "VP8/90000") == 0)
    self->payloads[payload].codec = DUO_CODEC_WANTED;
  else if (!audio && g_ascii_strcasecmp (encoding, "rtx/90000") == 0)
    self->payloads[payload].codec = DUO_CODEC_RTX;
}

static void
read_fmtp (DuoCodecReader *self, const char *value)
{
  const char *parameters;
  int payload = parse_payload (value, &parameters);
  guint64 apt;

  if (payload >= 0 && g_str_has_prefix (parameters, "apt=") &&
      duo_sdp_parse_number (parameters + strlen ("apt="), 0, DUO_CODEC_READER_PAYLOADS - 1, &apt))
    self->payloads[payload].apt = (int) apt;
}

static void
read_feedback (DuoCodecReader *self, const char *value)
{
  static const struct {
    const char *name;
    DuoFeedback feedback;
  } names[] = {
    { "nack", DUO_FEEDBACK_NACK },
    { "nack pli", DUO_FEEDBACK_NACK_PLI },
    { "ccm fir", DUO_FEEDBACK_CCM_FIR },
    { "transport-cc", DUO_FEEDBACK_TRANSPORT_CC },
  };
  gboolean all = g_str_has_prefix (value, "* ");
  const char *name = value + strlen ("* ");
  int payload = all ? 0 : parse_payload (value, &name);

  if (payload < 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, name))
      *(all ? &self->feedback : &self->payloads[payload].feedback) |= names[i].feedback;
}

static void
read_extmap (DuoSection *section, const char *value)
{
  g_auto (GStrv) fields = g_strsplit (value, " ", -1);
  guint64 id;

  /* Ids above 14 need two-byte headers (RFC 8285), which nobody uses for this. */
  if (g_strv_length (fields) == 2 && g_str_equal (fields[1], DUO_TWCC_URI) &&
      duo_sdp_parse_number (fields[0], 1, 14, &id))
    section->twcc_id = (guint) id;
}

/**
 * duo_codec_reader_start:
 * @self: a reader
 * @formats: (transfer none): the fields of an m-line
 *
 * Begins a new section.
 */
void
duo_codec_reader_start (DuoCodecReader *self, const char *const *formats)
{
  duo_codec_reader_clear (self);
  self->formats = g_strdupv ((char **) formats);
  for (guint i = 0; i < DUO_CODEC_READER_PAYLOADS; i++)
    self->payloads[i].apt = -1;
}

void
duo_codec_reader_clear (DuoCodecReader *self)
{
  g_strfreev (self->formats);
  memset (self, 0, sizeof *self);
}

/**
 * duo_codec_reader_read:
 * @self: a reader
 * @section: the section being read
 * @key: the name of an attribute
 * @value: its value
 *
 * Takes in an attribute that is about codecs. What is malformed or not spoken here is left out.
 */
void
duo_codec_reader_read (DuoCodecReader *self,
                       DuoSection *section,
                       const char *key,
                       const char *value)
{
  if (g_str_equal (key, "rtpmap"))
    read_rtpmap (self, section, value);
  else if (g_str_equal (key, "fmtp"))
    read_fmtp (self, value);
  else if (g_str_equal (key, "rtcp-fb"))
    read_feedback (self, value);
  else if (g_str_equal (key, "extmap"))
    read_extmap (section, value);
  else if (g_str_equal (key, "rtcp-rsize"))
    section->rtcp_rsize = TRUE;
}

/**
 * duo_codec_reader_choose:
 * @self: a reader
 * @section: the section that was read
 * @error: return location for a #GError
 *
 * Chooses the first format that is the codec spoken here, and the retransmissions that go with it.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_DESCRIPTION when there is none
 */
gboolean
duo_codec_reader_choose (DuoCodecReader *self, DuoSection *section, GError **error)
{
  for (guint i = 3; self->formats[i] != NULL && section->payload < 0; i++) {
    guint64 format;

    if (duo_sdp_parse_number (self->formats[i], 0, DUO_CODEC_READER_PAYLOADS - 1, &format) &&
        self->payloads[format].codec == DUO_CODEC_WANTED)
      section->payload = (int) format;
  }
  if (section->payload < 0)
    return duo_sdp_refuse (error, section->kind == DUO_SECTION_AUDIO ? "no Opus" : "no VP8");

  section->feedback = self->feedback | self->payloads[section->payload].feedback;

  for (guint i = 3; self->formats[i] != NULL && section->rtx_payload < 0; i++) {
    guint64 format;

    if (duo_sdp_parse_number (self->formats[i], 0, DUO_CODEC_READER_PAYLOADS - 1, &format) &&
        self->payloads[format].codec == DUO_CODEC_RTX &&
        self->payloads[format].apt == section->payload)
      section->rtx_payload = (int) format;
  }

  return TRUE;
}
