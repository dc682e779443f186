/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DUO_SEAL_IV_BYTES 12
#define DUO_SEAL_TAG_BYTES 16

char *duo_seal_context (const char *room, const char *from, const char *to);
GBytes *duo_seal_close (
  GBytes *key, GBytes *iv, const char *context, const char *plain_text, GError **error);
char *duo_seal_open (
  GBytes *key, GBytes *iv, const char *context, GBytes *data, gsize *length, GError **error);

G_END_DECLS
