/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUO_TYPE_LOCAL_HOST (duo_local_host_get_type ())
G_DECLARE_FINAL_TYPE (DuoLocalHost, duo_local_host, DUO, LOCAL_HOST, GObject)

DuoLocalHost *duo_local_host_new (GSettings *settings);
char *duo_local_host_open (DuoLocalHost *self, GError **error);

G_END_DECLS
