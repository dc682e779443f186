/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean duo_sdp_refuse (GError **error, const char *what);
gboolean duo_sdp_is_token (const char *text, const char *extra, gsize min, gsize max);
gboolean duo_sdp_parse_number (const char *text, guint64 min, guint64 max, guint64 *out);
gboolean duo_sdp_set_once (char **where, const char *value, GError **error);
gboolean duo_sdp_set_choice (const char **where,
                             const char *const *choices,
                             const char *value,
                             GError **error);

G_END_DECLS
