/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void duo_http_pages_send_health (SoupServerMessage *message,
                                 guint rooms,
                                 guint connections,
                                 gint64 uptime);
void duo_http_pages_send_metrics (SoupServerMessage *message, const char *text);
void duo_http_pages_send_participants (SoupServerMessage *message, guint participants);
void duo_http_pages_send_file (SoupServerMessage *message, const char *path);
void duo_http_pages_send_not_found (SoupServerMessage *message);

G_END_DECLS
