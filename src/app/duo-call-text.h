/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"
#include "duo-peer-stats.h"

G_BEGIN_DECLS

char *duo_call_text_clock (gint64 duration);
const char *duo_call_text_quality (guint quality);
char *duo_call_text_connection (guint quality, const DuoPeerStats *stats);
char *duo_call_text_trouble (DuoCallTrouble trouble, const char *name, gboolean lost);
char *duo_call_text_safety_title (DuoCallSafety safety, gboolean browser, const char *host);
char *duo_call_text_safety_body (
  DuoCallSafety safety, gboolean browser, gboolean open_room, const char *name, const char *host);

G_END_DECLS
