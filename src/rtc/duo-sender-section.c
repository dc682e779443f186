/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-sender-section.h"

/* The numbers that Chromium uses. */
#define OPUS_PAYLOAD 111
#define VP8_PAYLOAD 96
#define TWCC_ID 3

static guint32
random_ssrc (void)
{
  guint32 ssrc;

  do
    ssrc = g_random_int ();
  while (ssrc == 0);

  return ssrc;
}

/**
 * duo_sender_section_to_offer:
 * @kind: audio or video
 *
 * Returns: what is sent in a section of our own offer; without a mid, which webrtcbin chooses
 */
DuoSection
duo_sender_section_to_offer (DuoSectionKind kind)
{
  gboolean video = kind == DUO_SECTION_VIDEO;
  DuoSection section = { .kind = kind,
                         .payload = video ? VP8_PAYLOAD : OPUS_PAYLOAD,
                         .rtx_payload = -1,
                         .twcc_id = TWCC_ID,
                         .feedback = DUO_FEEDBACK_TRANSPORT_CC,
                         .ssrcs = { random_ssrc () },
                         .n_ssrcs = 1 };

  if (video)
    section.feedback |= DUO_FEEDBACK_NACK | DUO_FEEDBACK_NACK_PLI | DUO_FEEDBACK_CCM_FIR;

  return section;
}

/**
 * duo_sender_section_to_answer:
 * @offered: a section of the peer's offer
 *
 * Payload types and extension ids are the offerer's to choose; the source is our own.
 *
 * Returns: what is sent in the answer to it; its mid belongs to @offered
 */
DuoSection
duo_sender_section_to_answer (const DuoSection *offered)
{
  DuoSection section = *offered;

  if (section.kind == DUO_SECTION_AUDIO)
    section.feedback &= DUO_FEEDBACK_TRANSPORT_CC;
  if (section.rtx_payload < 0)
    section.feedback &= ~(guint) DUO_FEEDBACK_NACK;
  section.ssrcs[0] = random_ssrc ();
  section.n_ssrcs = 1;

  return section;
}
