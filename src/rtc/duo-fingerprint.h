/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_FINGERPRINT_LENGTH:
 *
 * The length of a certificate's SHA-256, in bytes.
 */
#define DUO_FINGERPRINT_LENGTH 32

GBytes *duo_fingerprint_parse (const char *text, GError **error);
char *duo_fingerprint_to_string (GBytes *fingerprint);
GBytes *duo_fingerprint_of_certificate (const char *pem, GError **error);

G_END_DECLS
