/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-types.h"

#include <glib.h>

G_BEGIN_DECLS

const char *duo_end_text_get_title (DuoCallEndReason reason);
char *duo_end_text_dup_body (DuoCallEndReason reason,
                             const char *remote_name,
                             const char *host,
                             const char *detail);
const char *duo_end_text_get_icon (DuoCallEndReason reason);
gboolean duo_end_text_is_mended_by_preferences (DuoCallEndReason reason);
gboolean duo_end_text_is_alarming (DuoCallEndReason reason);
char *duo_end_text_dup_duration (gint64 duration);

G_END_DECLS
