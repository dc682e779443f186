/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *duo_link_text_get_problem (const GError *error);
gboolean duo_link_text_may_grow (const char *text, const GError *error);

G_END_DECLS
