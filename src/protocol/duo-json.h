/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DUO_JSON_MAX_INTEGER:
 *
 * 2^53 − 1, the largest integer that every side can hold.
 */
#define DUO_JSON_MAX_INTEGER G_GINT64_CONSTANT (9007199254740991)

JsonObject *duo_json_parse (const char *text, gssize length, GError **error);
char *duo_json_to_string (JsonObject *object);

G_END_DECLS
