/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-candidate.h"

#include <gio/gio.h>
#include <string.h>

#include "duo-rtc-error.h"

enum {
  FIELD_FOUNDATION,
  FIELD_COMPONENT,
  FIELD_TRANSPORT,
  FIELD_PRIORITY,
  FIELD_ADDRESS,
  FIELD_PORT,
  FIELD_TYP,
  FIELD_TYPE,
  N_FIELDS
};

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE, "Not an ICE candidate: %s", what);
  return FALSE;
}

static gboolean
is_ice_text (const char *text, gsize max)
{
  gsize length = strlen (text);

  if (length == 0 || length > max)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;

  return TRUE;
}

static gboolean
is_printable (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isprint (*text))
      return FALSE;

  return TRUE;
}

static gboolean
is_number (const char *text, guint64 min, guint64 max)
{
  return g_ascii_string_to_unsigned (text, 10, min, max, NULL, NULL);
}

/* The address, when it is one that packets can be sent to. */
static gboolean
check_address (const char *text, gboolean *ignore, GError **error)
{
  g_autoptr (GInetAddress) address = NULL;

  /* Multicast names: looking them up would cost a thread and, on 1.22, a use after free. Calls on
   * the same network work without them, through the peer-reflexive candidates. */
  if (g_str_has_suffix (text, ".local")) {
    *ignore = TRUE;
    return TRUE;
  }

  address = g_inet_address_new_from_string (text);
  if (address == NULL)
    return refuse (error, "the address is no IP address");

  if (g_inet_address_get_is_any (address) || g_inet_address_get_is_multicast (address))
    *ignore = TRUE;

  return TRUE;
}

static gboolean
check_extensions (char **fields, GError **error)
{
  guint n = g_strv_length (fields);

  if (n % 2 != 0)
    return refuse (error, "an attribute without a value");

  for (guint i = 0; i < n; i += 2) {
    if (g_str_equal (fields[i], "raddr")) {
      gboolean ignore;

      if (!check_address (fields[i + 1], &ignore, error))
        return FALSE;
    } else if (g_str_equal (fields[i], "rport")) {
      if (!is_number (fields[i + 1], 0, G_MAXUINT16))
        return refuse (error, "the related port is no port");
    }
  }

  return TRUE;
}

/**
 * duo_candidate_check:
 * @candidate: the value of a candidate attribute, with or without `a=`
 * @ignore: (out): whether it is well formed, but of no use here: multicast names (`.local`), TCP,
 *   the RTCP component, addresses that no packet can be sent to
 * @error: return location for a #GError
 *
 * Checks the grammar of an ICE candidate (RFC 8839, section 5.1) before it gets near the ICE agent.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_CANDIDATE when it is none
 */
gboolean
duo_candidate_check (const char *candidate, gboolean *ignore, GError **error)
{
  static const char *const types[] = { "host", "srflx", "prflx", "relay", NULL };
  g_auto (GStrv) fields = NULL;

  g_return_val_if_fail (candidate != NULL, FALSE);
  g_return_val_if_fail (ignore != NULL, FALSE);

  *ignore = FALSE;

  if (strlen (candidate) > DUO_CANDIDATE_MAX_LENGTH)
    return refuse (error, "too long");
  if (!is_printable (candidate))
    return refuse (error, "control characters");

  if (g_str_has_prefix (candidate, "a="))
    candidate += strlen ("a=");
  if (!g_str_has_prefix (candidate, "candidate:"))
    return refuse (error, "no “candidate:” in front");

  fields = g_strsplit (candidate + strlen ("candidate:"), " ", -1);
  if (g_strv_length (fields) < N_FIELDS)
    return refuse (error, "too few fields");
  for (guint i = 0; fields[i] != NULL; i++)
    if (fields[i][0] == '\0')
      return refuse (error, "an empty field");

  if (!is_ice_text (fields[FIELD_FOUNDATION], 32))
    return refuse (error, "the foundation");
  if (!is_number (fields[FIELD_COMPONENT], 1, 256))
    return refuse (error, "the component");
  if (!is_number (fields[FIELD_PRIORITY], 0, G_MAXUINT32))
    return refuse (error, "the priority");
  if (!is_number (fields[FIELD_PORT], 0, G_MAXUINT16))
    return refuse (error, "the port");
  if (!g_str_equal (fields[FIELD_TYP], "typ") || !g_strv_contains (types, fields[FIELD_TYPE]))
    return refuse (error, "the type");
  if (!check_address (fields[FIELD_ADDRESS], ignore, error))
    return FALSE;
  if (!check_extensions (fields + N_FIELDS, error))
    return FALSE;

  if (g_ascii_strcasecmp (fields[FIELD_TRANSPORT], "udp") != 0 ||
      !g_str_equal (fields[FIELD_COMPONENT], "1") || g_str_equal (fields[FIELD_PORT], "0"))
    *ignore = TRUE;

  return TRUE;
}
