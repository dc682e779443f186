/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-candidate.h"
#include "duo-description-check.h"
#include "fuzz-target.h"

#include <string.h>

/* What an answer may be one to. */
static const char own_offer[] =
  "v=0\r\n"
  "o=- 1 1 IN IP4 0.0.0.0\r\n"
  "s=-\r\n"
  "t=0 0\r\n"
  "a=ice-options:trickle\r\n"
  "a=group:BUNDLE 0 1 2\r\n"
  "a=ice-ufrag:ours\r\n"
  "a=ice-pwd:0123456789abcdef012345\r\n"
  "a=fingerprint:sha-256 AA:15:59:31:7F:D9:17:00:57:3A:09:56:AF:3E:3E:"
  "E4:36:E0:C3:25:BD:DF:56:BE:5A:28:60:80:F1:B3:04:31\r\n"
  "a=setup:actpass\r\n"
  "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
  "a=mid:0\r\n"
  "a=rtcp-mux\r\n"
  "a=rtpmap:111 OPUS/48000/2\r\n"
  "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
  "a=mid:1\r\n"
  "a=rtcp-mux\r\n"
  "a=rtpmap:96 VP8/90000\r\n"
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
  "a=mid:2\r\n"
  "a=sctp-port:5000\r\n";

/* Whether it is taken for what it would be. Only an answer may reject something. */
static gboolean
is_taken (DuoDescription *description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoDescription) offer = duo_description_parse (own_offer, FALSE, &error);

  g_assert_no_error (error);

  return duo_description_offers (description, NULL) ||
         duo_description_answers (description, offer, NULL);
}

/* A description that is taken is written so that it reads the same, here and for webrtcbin, and has
 * nothing in it but lines of our own making. */
static void
try_description (const char *text, gboolean open_room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoDescription) description = duo_description_parse (text, open_room, &error);
  g_autoptr (DuoDescription) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *rewritten = NULL;

  g_assert_true ((description == NULL) == (error != NULL));
  if (description == NULL || !is_taken (description))
    return;

  written = duo_description_to_string (description);
  g_assert_true (g_str_is_ascii (written));
  again = duo_description_parse (written, open_room, &error);
  g_assert_no_error (error);
  rewritten = duo_description_to_string (again);
  g_assert_cmpstr (written, ==, rewritten);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  gboolean ignore;

  try_description (text, FALSE);
  try_description (text, TRUE);
  duo_candidate_check (text, &ignore, NULL);

  return 0;
}
