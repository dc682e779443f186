/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_DESCRIPTION_MAX_LENGTH:
 *
 * The longest session description that is looked at, in bytes.
 */
#define DUO_DESCRIPTION_MAX_LENGTH (32 * 1024)

/**
 * DUO_DESCRIPTION_MAX_SECTIONS:
 *
 * Audio, video, application.
 */
#define DUO_DESCRIPTION_MAX_SECTIONS 3

/**
 * DUO_DESCRIPTION_MAX_SSRCS:
 *
 * The stream and its retransmissions, with room for forward error correction.
 */
#define DUO_DESCRIPTION_MAX_SSRCS 4

/**
 * DUO_TWCC_URI:
 *
 * The header extension that numbers packets for the whole transport.
 */
#define DUO_TWCC_URI "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"

typedef enum {
  DUO_SECTION_AUDIO,
  DUO_SECTION_VIDEO,
  DUO_SECTION_APPLICATION,
} DuoSectionKind;

typedef enum {
  DUO_FEEDBACK_NACK = 1 << 0,
  DUO_FEEDBACK_NACK_PLI = 1 << 1,
  DUO_FEEDBACK_CCM_FIR = 1 << 2,
  DUO_FEEDBACK_TRANSPORT_CC = 1 << 3,
} DuoFeedback;

/**
 * DuoSection:
 * @kind: audio, video or application
 * @mid: the identification tag, unique in the description
 * @direction: `sendrecv`, `sendonly`, `recvonly` or `inactive`
 * @payload: the payload type of Opus or VP8; -1 in application sections
 * @rtx_payload: the payload type of its retransmissions, or -1
 * @twcc_id: the id of the %DUO_TWCC_URI header extension, or 0
 * @feedback: the RTCP feedback that is offered for @payload
 * @ssrcs: the synchronisation sources announced
 * @n_ssrcs: how many
 * @rtcp_rsize: whether reduced-size RTCP is understood
 * @sctp_port: the SCTP port; 0 in media sections
 * @max_message_size: the largest data channel message, in bytes
 * @rejected: whether an answer refuses it; nothing but @kind and @mid holds anything then
 *
 * What matters of one section of a session description.
 */
typedef struct {
  DuoSectionKind kind;
  char *mid;
  const char *direction;
  int payload;
  int rtx_payload;
  guint twcc_id;
  DuoFeedback feedback;
  guint32 ssrcs[DUO_DESCRIPTION_MAX_SSRCS];
  guint n_ssrcs;
  gboolean rtcp_rsize;
  guint sctp_port;
  guint max_message_size;
  gboolean rejected;
} DuoSection;

/**
 * DuoDescription:
 * @sections: the sections, in order
 * @n_sections: how many
 * @ufrag: the ICE user name fragment
 * @pwd: the ICE password
 * @setup: `actpass`, `active` or `passive`
 * @fingerprint: the SHA-256 of the certificate
 * @candidates: (element-type utf8): the ICE candidates that came inside, checked
 *
 * What matters of a session description (RFC 8866, RFC 9429).
 */
typedef struct {
  DuoSection sections[DUO_DESCRIPTION_MAX_SECTIONS];
  guint n_sections;
  char *ufrag;
  char *pwd;
  const char *setup;
  GBytes *fingerprint;
  GPtrArray *candidates;
} DuoDescription;

DuoDescription *duo_description_new (void);
void duo_description_free (DuoDescription *self);
const DuoSection *
duo_description_find (const DuoDescription *self, DuoSectionKind kind, guint *index);
gboolean duo_description_offers (const DuoDescription *self, GError **error);
gboolean
duo_description_answers (DuoDescription *self, const DuoDescription *offer, GError **error);
char *duo_description_to_string (const DuoDescription *self);
const char *duo_section_kind_to_string (DuoSectionKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoDescription, duo_description_free)

G_END_DECLS
