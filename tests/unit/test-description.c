/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "duo-description-check.h"
#include "duo-rtc-error.h"

/* One line of a description after the other, as far as they fit. */
/* clang-format off */
#define FP_1 \
  "sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:" \
  "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"
#define FP_2 \
  "sha-256 01:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:" \
  "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"
#define ICE "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n"
#define COMMON ICE "a=fingerprint:" FP_1 "\r\na=setup:actpass\r\n"
#define SESSION "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
#define HEAD SESSION "a=group:BUNDLE a v d\r\n"
#define AUDIO_MORE(more) \
  "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:a\r\na=sendrecv\r\na=rtcp-mux\r\n" \
  "a=rtpmap:111 opus/48000/2\r\n" COMMON more
#define VIDEO_MORE(more) \
  "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\na=mid:v\r\na=sendrecv\r\n" \
  "a=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\n" \
  "a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n" COMMON more
#define DATA_MORE(more) \
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:d\r\n" \
  "a=sctp-port:5000\r\n" COMMON more
#define REJECTED_AUDIO "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\n"
#define REJECTED_VIDEO "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\n"
#define AUDIO AUDIO_MORE ("")
#define VIDEO VIDEO_MORE ("")
#define DATA DATA_MORE ("")
#define GOOD HEAD AUDIO VIDEO DATA

typedef enum {
  TAKEN,   /* everywhere */
  OPEN,    /* in open rooms only */
  REFUSED, /* everywhere */
} Outcome;

static const struct {
  const char *name;
  const char *sdp;
  Outcome outcome;
} cases[] = {
  { "good", GOOD, TAKEN },
  { "bundle-only", HEAD AUDIO "m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:v\r\na=bundle-only\r\n"
                              "a=rtpmap:96 vp8/90000\r\n" COMMON DATA, TAKEN },
  { "unknown-attributes", HEAD "a=x\r\na=msid-semantic: WMS *\r\n"
                          AUDIO_MORE ("a=y:z\r\na=fmtp:111 clock-rate=x;ssrc=1;media=2\r\n")
                          VIDEO_MORE ("a=rid:1 send\r\na=framesize:96 1-1\r\na=k:\r\n") DATA,
    TAKEN },
  { "candidates-inside",
    HEAD AUDIO_MORE ("a=candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host\r\n") VIDEO DATA,
    TAKEN },
  { "same-ssrc-twice", HEAD AUDIO VIDEO_MORE ("a=ssrc:7 cname:x\r\na=ssrc:7 msid:a b\r\n") DATA,
    TAKEN },
  { "extmap-two-bytes", HEAD AUDIO VIDEO_MORE ("a=extmap:200 " DUO_TWCC_URI "\r\n") DATA, TAKEN },
  { "session-level-fingerprint", HEAD "a=fingerprint:" FP_1 "\r\n" AUDIO VIDEO DATA, TAKEN },
  { "no-video", SESSION "a=group:BUNDLE a d\r\n" AUDIO DATA, OPEN },
  { "no-data", SESSION "a=group:BUNDLE a v\r\n" AUDIO VIDEO, OPEN },
  { "video-first", SESSION "a=group:BUNDLE v a d\r\n" VIDEO AUDIO DATA, OPEN },

  { "empty", "", REFUSED },
  { "blank", "\r\n", REFUSED },
  { "version-only", "v=0\r\n", REFUSED },
  { "no-version", AUDIO VIDEO DATA, REFUSED },
  { "no-sections", HEAD, REFUSED },
  { "data-only", SESSION "a=group:BUNDLE d\r\n" DATA, REFUSED },
  { "data-first", SESSION "a=group:BUNDLE d a v\r\n" DATA AUDIO VIDEO, REFUSED },
  { "two-audios", SESSION "a=group:BUNDLE a b\r\n" AUDIO
                  "m=audio 9 UDP/TLS/RTP/SAVPF 112\r\na=mid:b\r\na=rtpmap:112 opus/48000/2\r\n" COMMON,
    REFUSED },
  { "four-sections", SESSION "a=group:BUNDLE a v d\r\n" AUDIO VIDEO DATA DATA, REFUSED },
  { "removed-audio", HEAD "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=mid:a\r\n"
                          "a=rtpmap:111 opus/48000/2\r\n" COMMON VIDEO DATA, REFUSED },
  { "rejected-audio", SESSION "a=group:BUNDLE v d\r\n" REJECTED_AUDIO "a=mid:a\r\n" VIDEO DATA,
    OPEN },
  { "rejected-audio-without-mid", SESSION "a=group:BUNDLE v d\r\n" REJECTED_AUDIO VIDEO DATA,
    OPEN },
  { "rejected-data", SESSION "a=group:BUNDLE a v\r\n" AUDIO VIDEO
                     "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:d\r\n", OPEN },
  { "rejected-but-bundled", HEAD REJECTED_AUDIO "a=mid:a\r\n" VIDEO DATA, REFUSED },
  { "all-media-rejected", SESSION "a=group:BUNDLE d\r\n" REJECTED_AUDIO REJECTED_VIDEO DATA,
    REFUSED },
  { "all-rejected", SESSION "a=group:BUNDLE\r\n" REJECTED_AUDIO REJECTED_VIDEO, REFUSED },
  { "unknown-kind", HEAD "m=text 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:a\r\n" COMMON VIDEO DATA,
    REFUSED },
  { "plain-rtp", HEAD "m=audio 9 RTP/AVP 111\r\na=mid:a\r\na=rtpmap:111 opus/48000/2\r\n" COMMON
                      VIDEO DATA, REFUSED },
  { "old-sctp", SESSION "a=group:BUNDLE a v d\r\n" AUDIO VIDEO
                "m=application 9 DTLS/SCTP 5000\r\na=mid:d\r\na=sctpmap:5000 webrtc-datachannel 256\r\n"
                COMMON, REFUSED },
  { "no-sctp-port", HEAD AUDIO VIDEO "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:d\r\n"
                    COMMON, REFUSED },
  { "sctp-port-zero", HEAD AUDIO VIDEO "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:d\r\n"
                      "a=sctp-port:0\r\n" COMMON, REFUSED },

  { "no-mid", HEAD "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n" COMMON VIDEO
              DATA, REFUSED },
  { "mid-twice-in-section", HEAD AUDIO_MORE ("a=mid:a\r\n") VIDEO DATA, REFUSED },
  { "mid-in-two-sections", SESSION "a=group:BUNDLE a a d\r\n" AUDIO
                           "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:a\r\na=rtpmap:96 VP8/90000\r\n"
                           COMMON DATA, REFUSED },
  { "mid-empty", SESSION "a=group:BUNDLE  v d\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:\r\n"
                 "a=rtpmap:111 opus/48000/2\r\n" COMMON VIDEO DATA, REFUSED },
  { "mid-space", SESSION "a=group:BUNDLE a b v d\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:a b\r\n"
                 "a=rtpmap:111 opus/48000/2\r\n" COMMON VIDEO DATA, REFUSED },

  { "no-bundle", SESSION AUDIO VIDEO DATA, REFUSED },
  { "bundle-partial", SESSION "a=group:BUNDLE a v\r\n" AUDIO VIDEO DATA, REFUSED },
  { "bundle-more", SESSION "a=group:BUNDLE a v d e\r\n" AUDIO VIDEO DATA, REFUSED },
  { "bundle-other-order", SESSION "a=group:BUNDLE v a d\r\n" AUDIO VIDEO DATA, REFUSED },
  { "bundle-twice", HEAD "a=group:BUNDLE a v d\r\n" AUDIO VIDEO DATA, REFUSED },
  { "bundle-bare", SESSION "a=group:BUNDLE\r\n" AUDIO VIDEO DATA, REFUSED },

  { "no-fingerprint", SESSION "a=group:BUNDLE a\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:a\r\n"
                      "a=rtpmap:111 opus/48000/2\r\na=setup:actpass\r\n" ICE, REFUSED },
  { "two-fingerprints", HEAD AUDIO VIDEO_MORE ("a=fingerprint:" FP_2 "\r\n") DATA, REFUSED },
  { "session-fingerprint-differs", HEAD "a=fingerprint:" FP_2 "\r\n" AUDIO VIDEO DATA, REFUSED },
  { "sha-1", HEAD AUDIO VIDEO
             DATA_MORE ("a=fingerprint:sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33\r\n"),
    REFUSED },
  { "short-fingerprint", HEAD AUDIO VIDEO DATA_MORE ("a=fingerprint:sha-256 00:11\r\n"), REFUSED },
  { "fingerprint-not-hex", HEAD AUDIO VIDEO
                           DATA_MORE ("a=fingerprint:sha-256 0G:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
                                      "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n"), REFUSED },

  { "ufrag-twice", HEAD "a=ice-ufrag:abcd\r\na=ice-ufrag:abcd\r\n" AUDIO VIDEO DATA, REFUSED },
  { "ufrag-twice-in-section", HEAD AUDIO_MORE ("a=ice-ufrag:abcd\r\n") VIDEO DATA, REFUSED },
  { "no-credentials", SESSION "a=group:BUNDLE a\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:a\r\n"
                      "a=rtpmap:111 opus/48000/2\r\na=setup:actpass\r\na=fingerprint:" FP_1 "\r\n",
    REFUSED },
  { "short-password", SESSION "a=group:BUNDLE a\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:a\r\n"
                      "a=rtpmap:111 opus/48000/2\r\na=setup:actpass\r\na=fingerprint:" FP_1 "\r\n"
                      "a=ice-ufrag:abcd\r\na=ice-pwd:short\r\n", REFUSED },
  { "credentials-differ", HEAD AUDIO VIDEO "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                          "a=mid:d\r\na=sctp-port:5000\r\na=ice-ufrag:efgh\r\n"
                          "a=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=setup:actpass\r\n", REFUSED },
  { "no-setup", SESSION "a=group:BUNDLE a\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:a\r\n"
                "a=rtpmap:111 opus/48000/2\r\na=fingerprint:" FP_1 "\r\n" ICE, REFUSED },
  { "setup-unknown", HEAD AUDIO VIDEO "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:d\r\n"
                     "a=sctp-port:5000\r\na=setup:holdconn\r\n" ICE, REFUSED },
  { "setup-differs", HEAD AUDIO VIDEO "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:d\r\n"
                     "a=sctp-port:5000\r\na=setup:active\r\n" ICE, REFUSED },
  { "setup-twice", HEAD AUDIO_MORE ("a=setup:active\r\n") VIDEO DATA, REFUSED },
  { "two-directions", HEAD AUDIO_MORE ("a=inactive\r\n") VIDEO DATA, REFUSED },

  { "no-opus", HEAD "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:a\r\na=rtpmap:0 PCMU/8000\r\n" COMMON
               VIDEO DATA, REFUSED },
  { "no-vp8", HEAD AUDIO "m=video 9 UDP/TLS/RTP/SAVPF 98\r\na=mid:v\r\na=rtpmap:98 VP9/90000\r\n"
              COMMON DATA, REFUSED },
  { "vp8-not-in-formats", HEAD AUDIO "m=video 9 UDP/TLS/RTP/SAVPF 98\r\na=mid:v\r\n"
                          "a=rtpmap:96 VP8/90000\r\n" COMMON DATA, REFUSED },
  { "payload-large", HEAD AUDIO "m=video 9 UDP/TLS/RTP/SAVPF 128\r\na=mid:v\r\n"
                     "a=rtpmap:128 VP8/90000\r\n" COMMON DATA, REFUSED },
  { "payload-shared", HEAD AUDIO "m=video 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:v\r\n"
                      "a=rtpmap:111 VP8/90000\r\n" COMMON DATA, REFUSED },
  { "ssrc-in-two-sections", HEAD AUDIO_MORE ("a=ssrc:7 cname:x\r\n")
                            VIDEO_MORE ("a=ssrc:7 cname:x\r\n") DATA, REFUSED },
  { "ssrc-malformed", HEAD AUDIO_MORE ("a=ssrc:x cname:x\r\n") VIDEO DATA, REFUSED },

  { "no-formats", HEAD "m=audio 9 UDP/TLS/RTP/SAVPF\r\n" COMMON VIDEO DATA, REFUSED },
  { "bare-section", HEAD "m=\r\n", REFUSED },
  { "port-text", HEAD "m=audio x UDP/TLS/RTP/SAVPF 111\r\n" COMMON VIDEO DATA, REFUSED },
  { "port-large", HEAD "m=audio 65536 UDP/TLS/RTP/SAVPF 111\r\n" COMMON VIDEO DATA, REFUSED },
  { "not-a-line", HEAD "hello\r\n" AUDIO VIDEO DATA, REFUSED },
  { "blank-line", HEAD "\r\n" AUDIO VIDEO DATA, REFUSED },
  { "carriage-return", HEAD "a=x\ra=y\r\n" AUDIO VIDEO DATA, REFUSED },
  { "control-character", HEAD "a=x\001\r\n" AUDIO VIDEO DATA, REFUSED },
  { "not-utf-8", HEAD "a=x\xff\r\n" AUDIO VIDEO DATA, REFUSED },
  { "key-line", HEAD "k=clear:secret\r\n" AUDIO VIDEO DATA, REFUSED },
};
/* clang-format on */

static void
check (const char *sdp, gboolean open_room, gboolean good)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (duo_description_check (sdp, open_room, &error), ==, good);
  if (good)
    g_assert_no_error (error);
  else
    g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION);
}

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  check (cases[i].sdp, FALSE, cases[i].outcome == TAKEN);
  check (cases[i].sdp, TRUE, cases[i].outcome != REFUSED);
}

static void
test_bad_candidate (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
    duo_description_check (HEAD AUDIO_MORE ("a=candidate:nonsense\r\n") VIDEO DATA, FALSE, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE);
}

static void
test_long (void)
{
  g_autoptr (GString) sdp = g_string_new (GOOD);
  g_autoptr (GString) line = g_string_new (GOOD "a=");

  while (sdp->len <= DUO_DESCRIPTION_MAX_LENGTH) {
    check (sdp->str, FALSE, TRUE);
    g_string_append (sdp, "a=x-filler:0123456789012345678901234567890123456789\r\n");
  }
  check (sdp->str, FALSE, FALSE);

  while (line->len < 10000)
    g_string_append_c (line, 'x');
  g_string_append (line, "\r\n");
  check (line->str, FALSE, FALSE);
}

/* No description can be cut anywhere so that the rest is taken, but right behind its last line. */
static void
test_truncated (void)
{
  gsize length = strlen (GOOD);

  for (gsize i = 0; i < length - strlen ("a=setup:actpass\r\n"); i++) {
    g_autofree char *cut = g_strndup (GOOD, i);

    g_assert_false (duo_description_check (cut, FALSE, NULL));
  }
}

/* What is written anew reads as the same, and contains nothing of what was not understood. */
static void
test_round_trip (void)
{
  const char *sdp = HEAD "a=evil:1\r\n" AUDIO_MORE ("a=ssrc:5 cname:evil\r\n")
    VIDEO_MORE ("a=extmap:7 " DUO_TWCC_URI "\r\na=rtpmap:98 H264/90000\r\na=evil:2\r\n") DATA;
  g_autoptr (DuoDescription) first = duo_description_parse (sdp, FALSE, NULL);
  g_autofree char *text = duo_description_to_string (first);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoDescription) second = duo_description_parse (text, FALSE, &error);
  g_autofree char *again = NULL;
  const DuoSection *video;

  g_assert_no_error (error);
  again = duo_description_to_string (second);
  g_assert_cmpstr (text, ==, again);
  g_assert_null (strstr (text, "evil"));
  g_assert_null (strstr (text, "H264"));

  video = duo_description_find (second, DUO_SECTION_VIDEO, NULL);
  g_assert_cmpint (video->payload, ==, 96);
  g_assert_cmpint (video->rtx_payload, ==, 97);
  g_assert_cmpuint (video->twcc_id, ==, 7);
  g_assert_cmpuint (video->feedback, ==, DUO_FEEDBACK_NACK | DUO_FEEDBACK_NACK_PLI);
  g_assert_cmpuint (second->sections[0].ssrcs[0], ==, 5);
}

static DuoDescription *
parse_open (const char *sdp)
{
  g_autoptr (GError) error = NULL;
  DuoDescription *description = duo_description_parse (sdp, TRUE, &error);

  g_assert_no_error (error);

  return description;
}

/* An offer may not reject anything; an answer may, and is filled in from the offer then. */
static void
test_rejected (void)
{
  g_autoptr (DuoDescription) offer = parse_open (GOOD);
  g_autoptr (DuoDescription) answer =
    parse_open (SESSION "a=group:BUNDLE v\r\n" REJECTED_AUDIO
                        "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:v\r\na=rtpmap:96 VP8/90000\r\n" ICE
                        "a=fingerprint:" FP_2 "\r\na=setup:active\r\n"
                        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n");
  g_autoptr (DuoDescription) filled = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (duo_description_offers (offer, &error));
  g_assert_no_error (error);
  g_assert_false (duo_description_offers (answer, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION);
  g_clear_error (&error);

  g_assert_true (duo_description_answers (answer, offer, &error));
  g_assert_no_error (error);
  text = duo_description_to_string (answer);
  filled = duo_description_parse (text, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (filled->sections[0].direction, ==, "inactive");
  g_assert_cmpint (filled->sections[0].payload, ==, 111);
  g_assert_cmpstr (filled->sections[0].mid, ==, "a");
  g_assert_cmpstr (filled->sections[1].direction, ==, "sendrecv");
  g_assert_cmpuint (filled->sections[2].sctp_port, ==, 5000);
}

static void
test_fingerprint (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) fingerprint = duo_description_dup_fingerprint (GOOD, &error);
  const guint8 *bytes;
  gsize length;

  g_assert_no_error (error);
  bytes = g_bytes_get_data (fingerprint, &length);
  g_assert_cmpuint (length, ==, 32);
  g_assert_cmpuint (bytes[0], ==, 0x00);
  g_assert_cmpuint (bytes[31], ==, 0xff);

  g_assert_null (duo_description_dup_fingerprint ("v=0\r\n", &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/rtc/description/", cases[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/rtc/description/bad-candidate", test_bad_candidate);
  g_test_add_func ("/rtc/description/long", test_long);
  g_test_add_func ("/rtc/description/truncated", test_truncated);
  g_test_add_func ("/rtc/description/round-trip", test_round_trip);
  g_test_add_func ("/rtc/description/rejected", test_rejected);
  g_test_add_func ("/rtc/description/fingerprint", test_fingerprint);

  return g_test_run ();
}
