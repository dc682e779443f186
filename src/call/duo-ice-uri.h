/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More servers only make gathering slow. */
#define DUO_ICE_URIS_MAX 8

char *duo_ice_uri_from_url (const char *url, const char *username, const char *credential);
GStrv duo_ice_uris_from_servers (GPtrArray *servers);
GStrv duo_ice_uris_join (const char *const *own, const char *const *offered);
gboolean duo_ice_uris_check_relay (const char *const *uris, gint64 now, GError **error);

G_END_DECLS
