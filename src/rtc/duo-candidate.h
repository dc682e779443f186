/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_CANDIDATE_MAX_LENGTH:
 *
 * The longest candidate that is looked at, in bytes.
 */
#define DUO_CANDIDATE_MAX_LENGTH 512

gboolean duo_candidate_check (const char *candidate, gboolean *ignore, GError **error);

G_END_DECLS
