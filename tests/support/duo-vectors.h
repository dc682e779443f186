/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef void (*DuoVectorFunc) (JsonObject *vector, gpointer user_data);

JsonObject *duo_vectors_load (const char *file);
void
duo_vectors_foreach (JsonObject *file, const char *list, DuoVectorFunc func, gpointer user_data);
const char *duo_vector_get (JsonObject *vector, const char *name);
GBytes *duo_vector_get_base64 (JsonObject *vector, const char *name);
GBytes *duo_vector_get_hex (JsonObject *vector, const char *name);
void duo_vector_fail (JsonObject *vector, const char *format, ...) G_GNUC_PRINTF (2, 3);
void duo_vector_check_string (JsonObject *vector, const char *name, const char *found);
void duo_vector_check_refusal (JsonObject *vector, const GError *error);
JsonObject *duo_vector_get_message (JsonObject *vector);
void duo_vector_check_written (JsonObject *vector, JsonObject *message, JsonObject *written);

G_END_DECLS
