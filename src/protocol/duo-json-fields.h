/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean duo_json_has (JsonObject *object, const char *name);
gboolean duo_json_get_string (
  JsonObject *object, const char *name, gsize max_bytes, const char **out, GError **error);
gboolean duo_json_get_plain_text (
  JsonObject *object, const char *name, gsize max_chars, const char **out, GError **error);
gboolean duo_json_get_ascii (
  JsonObject *object, const char *name, gsize max_chars, const char **out, GError **error);
gboolean duo_json_get_id (
  JsonObject *object, const char *name, gsize min_chars, const char **out, GError **error);
gboolean duo_json_get_integer (
  JsonObject *object, const char *name, gint64 min, gint64 max, gint64 *out, GError **error);
gboolean duo_json_get_boolean (JsonObject *object, const char *name, gboolean *out, GError **error);
gboolean duo_json_get_bytes (JsonObject *object,
                             const char *name,
                             gsize min_bytes,
                             gsize max_bytes,
                             GBytes **out,
                             GError **error);
gboolean
duo_json_get_object (JsonObject *object, const char *name, JsonObject **out, GError **error);
gboolean duo_json_get_array (
  JsonObject *object, const char *name, guint max_elements, JsonArray **out, GError **error);
void duo_json_set_bytes (JsonObject *object, const char *name, GBytes *bytes);

G_END_DECLS
