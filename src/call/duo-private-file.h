/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean duo_private_file_write (const char *path, const char *text, GError **error);

G_END_DECLS
