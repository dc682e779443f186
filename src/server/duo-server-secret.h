/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *duo_server_secret_load (const char *file, gsize min_length, GError **error);

G_END_DECLS
