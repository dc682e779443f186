/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean duo_random_bytes (guint8 *out, gsize length, GError **error);
char *duo_random_id (GError **error);

G_END_DECLS
