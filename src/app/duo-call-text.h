/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"
#include "duo-peer-stats.h"

G_BEGIN_DECLS

char *duo_call_text_clock (gint64 duration);
const char *duo_call_text_quality (guint quality);
char *duo_call_text_connection (guint quality, const DuoPeerStats *stats);
char *duo_call_text_trouble (DuoCallTrouble trouble, const char *name, gboolean lost);

G_END_DECLS
