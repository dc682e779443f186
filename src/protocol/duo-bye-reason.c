/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-bye-reason.h"

#include "duo-json-fields.h"
#include "duo-protocol-error.h"
#include "duo-text.h"

static const char *const reasons[] = {
  [DUO_BYE_LEFT] = "left",
  [DUO_BYE_BUSY] = "busy",
  [DUO_BYE_FAILED] = "failed",
};

/**
 * duo_bye_reason_to_string:
 * @reason: a reason
 *
 * Returns: its word on the wire
 */
const char *
duo_bye_reason_to_string (DuoByeReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reasons), NULL);

  return reasons[reason];
}

/**
 * duo_bye_reason_from_json:
 * @object: an object with a field `reason`
 * @reason: (out): the reason
 * @error: return location for an error
 *
 * Returns: %FALSE with %DUO_PROTOCOL_ERROR_MESSAGE if there is no known reason
 */
gboolean
duo_bye_reason_from_json (JsonObject *object, DuoByeReason *reason, GError **error)
{
  const char *word = NULL;

  if (!duo_json_get_string (object, "reason", DUO_ID_MAX_CHARS, &word, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++) {
    if (g_str_equal (word, reasons[i])) {
      *reason = i;
      return TRUE;
    }
  }
  g_set_error_literal (error,
                       DUO_PROTOCOL_ERROR,
                       DUO_PROTOCOL_ERROR_MESSAGE,
                       "Field \"reason\" is no known reason");

  return FALSE;
}
