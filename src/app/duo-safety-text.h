/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

G_BEGIN_DECLS

/**
 * DuoSafetyFacts:
 * @safety: whether there is something to compare
 * @browser: whether the other uses the guest page
 * @open_room: whether the server can read the signaling
 * @verified: whether the person says that the pictures are the same
 * @lost: whether that was so, but holds no more
 * @name: (nullable): the other's name
 * @host: the server of the call
 *
 * What is known about who is at the other end. Strings are borrowed.
 */
typedef struct {
  DuoCallSafety safety;
  gboolean browser;
  gboolean open_room;
  gboolean verified;
  gboolean lost;
  const char *name;
  const char *host;
} DuoSafetyFacts;

DuoSafetyFacts duo_safety_facts_of (DuoCall *call, const char *name);
char *duo_safety_text_dup_title (const DuoSafetyFacts *facts);
char *duo_safety_text_dup_body (const DuoSafetyFacts *facts);
char *duo_safety_text_dup_shield (const DuoSafetyFacts *facts);
const char *duo_safety_text_get_icon (const DuoSafetyFacts *facts);
const char *duo_safety_text_get_notice (const DuoSafetyFacts *facts);

G_END_DECLS
