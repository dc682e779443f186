/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-description-check.h"

#include <string.h>

#include "duo-candidate.h"
#include "duo-codec-reader.h"
#include "duo-description-sections.h"
#include "duo-fingerprint.h"
#include "duo-sdp-text.h"

#define MAX_LINE 1024
#define MAX_LINES 2000
#define MAX_CANDIDATES 64

typedef struct {
  /* Owned */
  DuoDescription *description;
  char *group;
  char *session_ufrag;
  char *session_pwd;

  gboolean open_room;
  const char *session_setup;
  const char *session_direction;

  /* The section being read */
  DuoSection *section;
  DuoCodecReader codecs;
  char *ufrag;
  char *pwd;
  const char *setup;
  gboolean bundle_only;
  gboolean removed;
} Parser;

static gboolean
read_fingerprint (Parser *self, const char *value, GError **error)
{
  g_autoptr (GBytes) fingerprint = duo_fingerprint_parse (value, error);

  if (fingerprint == NULL)
    return FALSE;
  if (self->description->fingerprint == NULL)
    self->description->fingerprint = g_steal_pointer (&fingerprint);
  else if (!g_bytes_equal (fingerprint, self->description->fingerprint))
    return duo_sdp_refuse (error, "more than one fingerprint");
  return TRUE;
}

static gboolean
read_candidate (Parser *self, const char *value, GError **error)
{
  g_autofree char *candidate = g_strconcat ("candidate:", value, NULL);
  gboolean ignore;

  if (!duo_candidate_check (candidate, &ignore, error))
    return FALSE;
  if (self->description->candidates->len >= MAX_CANDIDATES)
    return duo_sdp_refuse (error, "too many candidates");
  if (!ignore)
    g_ptr_array_add (self->description->candidates, g_steal_pointer (&candidate));
  return TRUE;
}

static gboolean
read_ssrc (Parser *self, const char *value, GError **error)
{
  DuoDescription *description = self->description;
  const char *space = strchr (value, ' ');
  g_autofree char *head = space != NULL ? g_strndup (value, space - value) : NULL;
  guint64 ssrc;

  if (head == NULL || !duo_sdp_parse_number (head, 0, G_MAXUINT32, &ssrc))
    return duo_sdp_refuse (error, "a malformed ssrc");

  for (guint i = 0; i < description->n_sections; i++) {
    const DuoSection *section = &description->sections[i];

    for (guint j = 0; j < section->n_ssrcs; j++) {
      if (section->ssrcs[j] != (guint32) ssrc)
        continue;
      if (section == self->section)
        return TRUE;
      return duo_sdp_refuse (error, "an ssrc in two sections");
    }
  }

  if (ssrc != 0 && self->section->n_ssrcs < DUO_DESCRIPTION_MAX_SSRCS)
    self->section->ssrcs[self->section->n_ssrcs++] = (guint32) ssrc;
  return TRUE;
}

/* Attributes that may stand at either level. */
static gboolean
read_common_attribute (
  Parser *self, const char *key, const char *value, gboolean *known, GError **error)
{
  static const char *const setups[] = { "actpass", "active", "passive", NULL };
  static const char *const directions[] = { "sendrecv", "sendonly", "recvonly", "inactive", NULL };
  gboolean session = self->section == NULL;

  *known = TRUE;
  if (g_str_equal (key, "ice-ufrag"))
    return duo_sdp_set_once (session ? &self->session_ufrag : &self->ufrag, value, error);
  if (g_str_equal (key, "ice-pwd"))
    return duo_sdp_set_once (session ? &self->session_pwd : &self->pwd, value, error);
  if (g_str_equal (key, "fingerprint"))
    return read_fingerprint (self, value, error);
  if (g_str_equal (key, "setup"))
    return duo_sdp_set_choice (session ? &self->session_setup : &self->setup, setups, value, error);
  if (g_strv_contains (directions, key))
    return duo_sdp_set_choice (session ? &self->session_direction : &self->section->direction,
                               directions,
                               key,
                               error);

  *known = FALSE;
  return TRUE;
}

static gboolean
read_attribute (Parser *self, const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *key = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);
  const char *value = colon != NULL ? colon + 1 : "";
  gboolean known;

  if (!read_common_attribute (self, key, value, &known, error))
    return FALSE;
  if (known)
    return TRUE;

  if (self->section == NULL) {
    if (g_str_equal (key, "group") && g_str_has_prefix (value, "BUNDLE "))
      return duo_sdp_set_once (&self->group, value, error);
    return TRUE;
  }

  if (g_str_equal (key, "mid"))
    return duo_sdp_set_once (&self->section->mid, value, error);
  if (g_str_equal (key, "candidate"))
    return read_candidate (self, value, error);
  if (g_str_equal (key, "bundle-only"))
    self->bundle_only = TRUE;

  if (self->section->kind == DUO_SECTION_APPLICATION) {
    guint64 number;

    if (g_str_equal (key, "sctp-port") && duo_sdp_parse_number (value, 1, G_MAXUINT16, &number))
      self->section->sctp_port = (guint) number;
    else if (g_str_equal (key, "max-message-size") &&
             duo_sdp_parse_number (value, 1, G_MAXINT32, &number))
      self->section->max_message_size = (guint) number;
    return TRUE;
  }

  if (g_str_equal (key, "ssrc"))
    return read_ssrc (self, value, error);

  duo_codec_reader_read (&self->codecs, self->section, key, value);
  return TRUE;
}

static gboolean
share (char **where, const char *value, gboolean first, GError **error)
{
  if (value == NULL)
    return duo_sdp_refuse (error, "no ICE credentials");
  if (first)
    *where = g_strdup (value);
  else if (!g_str_equal (*where, value))
    return duo_sdp_refuse (error, "sections with ICE credentials of their own");
  return TRUE;
}

static gboolean
finish_section (Parser *self, GError **error)
{
  DuoDescription *description = self->description;
  DuoSection *section = self->section;
  const char *setup = self->setup != NULL ? self->setup : self->session_setup;
  gboolean first = description->ufrag == NULL;

  if (section == NULL)
    return TRUE;

  section->rejected = self->removed && !self->bundle_only;
  if (section->rejected && section->mid == NULL) /* RFC 8829, section 5.3.1 */
    return self->open_room || duo_sdp_refuse (error, "a removed section");
  if (section->mid == NULL || !duo_sdp_is_token (section->mid, "-_.", 1, 32))
    return duo_sdp_refuse (error, "a section without a proper mid");
  for (guint i = 0; i + 1 < description->n_sections; i++)
    if (g_strcmp0 (description->sections[i].mid, section->mid) == 0)
      return duo_sdp_refuse (error, "a mid twice");

  if (section->rejected)
    return self->open_room || duo_sdp_refuse (error, "a removed section");
  if (!share (&description->ufrag,
              self->ufrag != NULL ? self->ufrag : self->session_ufrag,
              first,
              error) ||
      !share (&description->pwd, self->pwd != NULL ? self->pwd : self->session_pwd, first, error))
    return FALSE;

  if (setup == NULL)
    return duo_sdp_refuse (error, "no setup");
  if (!first && !g_str_equal (setup, description->setup))
    return duo_sdp_refuse (error, "sections that differ in setup");
  description->setup = setup;

  if (section->direction == NULL)
    section->direction = self->session_direction != NULL ? self->session_direction : "sendrecv";

  if (section->kind == DUO_SECTION_APPLICATION)
    return section->sctp_port != 0 || duo_sdp_refuse (error, "no SCTP port");
  return duo_codec_reader_choose (&self->codecs, section, error);
}

static void
clear_section (Parser *self)
{
  self->section = NULL;
  self->setup = NULL;
  self->bundle_only = FALSE;
  self->removed = FALSE;
  duo_codec_reader_clear (&self->codecs);
  g_clear_pointer (&self->ufrag, g_free);
  g_clear_pointer (&self->pwd, g_free);
}

static gboolean
start_section (Parser *self, const char *text, GError **error)
{
  DuoDescription *description = self->description;
  DuoSection *section;
  guint64 port;
  gboolean application;
  int kind = -1;
  g_auto (GStrv) fields = NULL;

  if (!finish_section (self, error))
    return FALSE;
  clear_section (self);

  if (description->n_sections == DUO_DESCRIPTION_MAX_SECTIONS)
    return duo_sdp_refuse (error, "too many sections");

  fields = g_strsplit (text, " ", -1);
  if (g_strv_length (fields) < 4 || !duo_sdp_parse_number (fields[1], 0, G_MAXUINT16, &port))
    return duo_sdp_refuse (error, "a malformed section");

  for (int i = DUO_SECTION_AUDIO; i <= DUO_SECTION_APPLICATION; i++)
    if (g_str_equal (fields[0], duo_section_kind_to_string ((DuoSectionKind) i)))
      kind = i;
  if (kind < 0)
    return duo_sdp_refuse (error, "a section of unknown kind");
  if (duo_description_find (description, (DuoSectionKind) kind, NULL) != NULL)
    return duo_sdp_refuse (error, "two sections of one kind");

  application = kind == DUO_SECTION_APPLICATION;
  if (!g_str_equal (fields[2], application ? "UDP/DTLS/SCTP" : "UDP/TLS/RTP/SAVPF") ||
      (application && !g_str_equal (fields[3], "webrtc-datachannel")))
    return duo_sdp_refuse (error, "a section with an unknown protocol");

  section = &description->sections[description->n_sections++];
  section->kind = (DuoSectionKind) kind;
  section->payload = -1;
  section->rtx_payload = -1;
  section->max_message_size = application ? 65536 : 0;
  self->section = section;
  duo_codec_reader_start (&self->codecs, (const char *const *) fields);
  self->removed = port == 0;
  return TRUE;
}

static gboolean
is_clean (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text) && *text != '\r' && *text != '\n' && *text != '\t')
      return FALSE;
  return TRUE;
}

static gboolean
read_lines (Parser *self, const char *sdp, GError **error)
{
  g_auto (GStrv) lines = NULL;

  if (strlen (sdp) > DUO_DESCRIPTION_MAX_LENGTH)
    return duo_sdp_refuse (error, "too long");
  if (!is_clean (sdp))
    return duo_sdp_refuse (error, "control characters");

  lines = g_strsplit (sdp, "\n", MAX_LINES);
  if (lines[0] == NULL || !g_str_has_prefix (lines[0], "v=0"))
    return duo_sdp_refuse (error, "no version");

  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = lines[i];
    gsize length = strlen (line);

    if (length > 0 && line[length - 1] == '\r')
      line[--length] = '\0';
    if (length == 0 && lines[i + 1] == NULL)
      break;
    if (length < 2 || length > MAX_LINE || line[1] != '=' || strchr (line, '\r') != NULL)
      return duo_sdp_refuse (error, "a malformed line");

    if (line[0] == 'm' && !start_section (self, line + 2, error))
      return FALSE;
    if (line[0] == 'a' && !read_attribute (self, line + 2, error))
      return FALSE;
    if (line[0] == 'k')
      return duo_sdp_refuse (error, "a key in clear text");
  }

  return finish_section (self, error) &&
         duo_description_check_sections (self->description, self->group, self->open_room, error);
}

/**
 * duo_description_parse:
 * @sdp: a session description from the peer
 * @open_room: whether sections may be missing, be rejected and stand in another order
 * @error: return location for a #GError
 *
 * Checks a session description (RFC 8866) and takes from it what matters: webrtcbin asserts on
 * several things that a peer could write.
 *
 * Refused are: more than %DUO_DESCRIPTION_MAX_LENGTH bytes, control characters, sections other than
 * audio, video and application in this order (any order and not all of them in an open room),
 * removed ones (an answer in an open room may have them), missing or doubled mids, sections that
 * are not bundled, other than exactly one distinct SHA-256 fingerprint, differing ICE credentials
 * or roles, malformed candidates, and offers without Opus or VP8. Codecs, header extensions and
 * attributes that are not spoken here are left out.
 *
 * Returns: (transfer full): the description, or %NULL with %DUO_RTC_ERROR_DESCRIPTION or
 *   %DUO_RTC_ERROR_CANDIDATE
 */
DuoDescription *
duo_description_parse (const char *sdp, gboolean open_room, GError **error)
{
  g_autoptr (DuoDescription) description = duo_description_new ();
  Parser parser = { .description = description, .open_room = open_room };
  gboolean good;

  g_return_val_if_fail (sdp != NULL, NULL);

  good = read_lines (&parser, sdp, error);

  clear_section (&parser);
  g_free (parser.group);
  g_free (parser.session_ufrag);
  g_free (parser.session_pwd);

  return good ? g_steal_pointer (&description) : NULL;
}

/**
 * duo_description_check:
 * @sdp: a session description from the peer
 * @open_room: see duo_description_parse()
 * @error: return location for a #GError
 *
 * Returns: whether duo_description_parse() takes it
 */
gboolean
duo_description_check (const char *sdp, gboolean open_room, GError **error)
{
  g_autoptr (DuoDescription) description = duo_description_parse (sdp, open_room, error);

  return description != NULL;
}

/**
 * duo_description_dup_fingerprint:
 * @sdp: a session description
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the %DUO_FINGERPRINT_LENGTH bytes of the one fingerprint in @sdp, or
 *   %NULL when duo_description_parse() refuses it
 */
GBytes *
duo_description_dup_fingerprint (const char *sdp, GError **error)
{
  g_autoptr (DuoDescription) description = duo_description_parse (sdp, TRUE, error);

  return description != NULL ? g_bytes_ref (description->fingerprint) : NULL;
}
