/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *duo_token_store_load (const char *directory, const char *server);
gboolean
duo_token_store_save (const char *directory, const char *server, const char *token, GError **error);
void duo_token_store_remove (const char *directory, const char *server);

G_END_DECLS
