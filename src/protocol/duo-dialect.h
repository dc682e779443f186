/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean duo_dialect_read (JsonObject *frame);
void duo_dialect_write (JsonObject *frame, const char *room_id, const char *self_id);

G_END_DECLS
