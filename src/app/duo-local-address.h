/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GInetAddress *duo_local_address_find (void);

G_END_DECLS
