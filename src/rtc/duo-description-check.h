/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "duo-description.h"

G_BEGIN_DECLS

DuoDescription *duo_description_parse (const char *sdp, gboolean open_room, GError **error);
gboolean duo_description_check (const char *sdp, gboolean open_room, GError **error);
GBytes *duo_description_dup_fingerprint (const char *sdp, GError **error);

G_END_DECLS
