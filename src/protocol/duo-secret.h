/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *duo_secret_bytes_new (gconstpointer data, gsize length);
void duo_secret_string_free (char *text);

G_END_DECLS
