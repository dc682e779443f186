/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

guint16 duo_listen_loopback (GSocketListener *listener, guint16 port, GError **error);
guint16 duo_listen_any (GSocketListener *listener, guint16 port, GError **error);
guint16
duo_listen_address (GSocketListener *listener, const char *address, guint16 port, GError **error);

guint16 duo_listen_inherited (GSocketListener *listener, int first, guint count, GError **error);
GPtrArray *duo_listen_addresses (gboolean loopback_only, const char *address);

G_END_DECLS
