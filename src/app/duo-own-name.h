/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *duo_own_name_get (GSettings *settings);

G_END_DECLS
