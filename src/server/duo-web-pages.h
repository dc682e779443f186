/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean duo_web_pages_exist (const char *path);
void duo_web_pages_send (SoupServerMessage *message, const char *path);

G_END_DECLS
