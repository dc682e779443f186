/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean duo_ice_text_is_turn (const char *url);
const char *duo_ice_text_get_problem (const char *url, const char *username, const char *password);

G_END_DECLS
