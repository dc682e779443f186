/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-sdp-text.h"

#include <string.h>

#include "duo-rtc-error.h"

/**
 * duo_sdp_refuse:
 * @error: return location for a #GError
 * @what: what is wrong, for people who look into it
 *
 * Returns: %FALSE, with %DUO_RTC_ERROR_DESCRIPTION
 */
gboolean
duo_sdp_refuse (GError **error, const char *what)
{
  g_set_error (error,
               DUO_RTC_ERROR,
               DUO_RTC_ERROR_DESCRIPTION,
               "Session description refused: %s",
               what);
  return FALSE;
}

/**
 * duo_sdp_is_token:
 * @text: a value
 * @extra: what may be in it besides letters and digits
 * @min: the least length
 * @max: the greatest length
 *
 * Returns: whether @text is such a token
 */
gboolean
duo_sdp_is_token (const char *text, const char *extra, gsize min, gsize max)
{
  gsize length = strlen (text);

  if (length < min || length > max)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (extra, text[i]) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * duo_sdp_parse_number:
 * @text: a value
 * @min: the least that is taken
 * @max: the most that is taken
 * @out: (out): the number
 *
 * Returns: whether @text is a decimal number within bounds, and nothing else
 */
gboolean
duo_sdp_parse_number (const char *text, guint64 min, guint64 max, guint64 *out)
{
  return g_ascii_string_to_unsigned (text, 10, min, max, out, NULL);
}

/**
 * duo_sdp_set_once:
 * @where: (inout): where the value goes
 * @value: a value
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_DESCRIPTION when there is one already
 */
gboolean
duo_sdp_set_once (char **where, const char *value, GError **error)
{
  if (*where != NULL)
    return duo_sdp_refuse (error, "an attribute twice");
  *where = g_strdup (value);
  return TRUE;
}

/**
 * duo_sdp_set_choice:
 * @where: (inout): where the value goes, as one of @choices
 * @choices: (array zero-terminated=1): what the value may be
 * @value: a value
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_DESCRIPTION when there is one already, or @value is no choice
 */
gboolean
duo_sdp_set_choice (const char **where,
                    const char *const *choices,
                    const char *value,
                    GError **error)
{
  if (*where != NULL)
    return duo_sdp_refuse (error, "an attribute twice");
  for (guint i = 0; choices[i] != NULL; i++)
    if (g_str_equal (choices[i], value))
      *where = choices[i];
  if (*where == NULL)
    return duo_sdp_refuse (error, "an attribute with an unknown value");
  return TRUE;
}
