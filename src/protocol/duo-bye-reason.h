/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DuoByeReason:
 * @DUO_BYE_LEFT: hung up
 * @DUO_BYE_BUSY: in a call with somebody else
 * @DUO_BYE_FAILED: the call could not go on
 *
 * Why somebody leaves.
 */
typedef enum {
  DUO_BYE_LEFT,
  DUO_BYE_BUSY,
  DUO_BYE_FAILED,
} DuoByeReason;

const char *duo_bye_reason_to_string (DuoByeReason reason);
gboolean duo_bye_reason_from_json (JsonObject *object, DuoByeReason *reason, GError **error);

G_END_DECLS
