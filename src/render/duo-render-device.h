/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean duo_render_device_is_present (const char *directory);

G_END_DECLS
