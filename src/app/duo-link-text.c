/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-link-text.h"

#include "duo-protocol-error.h"
#include "duo-room-code.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * duo_link_text_get_problem:
 * @error: what duo_join_link_parse() said
 *
 * Returns: (transfer none): the same as a sentence for people, with what to do about it
 */
const char *
duo_link_text_get_problem (const GError *error)
{
  g_return_val_if_fail (error != NULL, "");

  if (error->domain != DUO_PROTOCOL_ERROR)
    return _ ("This link cannot be opened. Ask for it again.");

  switch ((DuoProtocolError) error->code) {
  case DUO_PROTOCOL_ERROR_CODE_MISTYPED:
    return _ ("The code has a typing mistake. Compare it with the one that was sent to you.");
  case DUO_PROTOCOL_ERROR_CODE:
    return _ ("The code is not complete or has a wrong sign in it. "
              "A code is 12 letters and digits, such as k7qm-4xwp-93h3.");
  case DUO_PROTOCOL_ERROR_CODE_NEEDS_SERVER:
    return _ ("A code alone needs a server. Paste the whole link, or set a server in Preferences.");
  case DUO_PROTOCOL_ERROR_LINK_TOO_LONG:
    return _ ("The link is too long to be one of Duologue’s. Ask for it again.");
  case DUO_PROTOCOL_ERROR_LINK_CONTROL:
    return _ ("The link has characters in it that do not belong there. Copy it once more.");
  case DUO_PROTOCOL_ERROR_LINK_USER_INFO:
    return _ ("The link has a user name in it. Duologue does not open such links.");
  case DUO_PROTOCOL_ERROR_LINK_PATH:
    return _ ("The link does not lead to a call. A call’s link looks like "
              "https://example.org/call#k7qm-4xwp-93h3.");
  case DUO_PROTOCOL_ERROR_LINK_FRAGMENT:
    return _ ("The link has a second “#” in it. Copy it once more.");
  case DUO_PROTOCOL_ERROR_LINK_HOST:
    return _ ("The link’s server address makes no sense. Copy it once more.");
  case DUO_PROTOCOL_ERROR_RANDOM:
    return _ ("The system gave no random numbers to make a link of. Try again.");
  case DUO_PROTOCOL_ERROR_LINK:
  case DUO_PROTOCOL_ERROR_JSON:
  case DUO_PROTOCOL_ERROR_MESSAGE:
  case DUO_PROTOCOL_ERROR_UNKNOWN_TYPE:
  case DUO_PROTOCOL_ERROR_SEAL:
  default:
    return _ ("This is no link to a call. A call’s link looks like "
              "https://example.org/call#k7qm-4xwp-93h3.");
  }
}

static guint
count_alphanumeric (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += g_ascii_isalnum (*p) ? 1 : 0;
  return n;
}

/* What follows HOST, with the slash; NULL while the host is still being typed. */
static const char *
find_path (const char *text)
{
  const char *host = strstr (text, "://");

  return strchr (host != NULL ? host + 3 : text, '/');
}

/**
 * duo_link_text_may_grow:
 * @text: what stands in an entry
 * @error: why it is no link
 *
 * Somebody who is still typing is not to be told that what they type is wrong.
 *
 * Returns: whether @text may become a link by typing on
 */
gboolean
duo_link_text_may_grow (const char *text, const GError *error)
{
  const char *fragment = strchr (text, '#');
  const char *path = NULL;

  g_return_val_if_fail (error != NULL, FALSE);

  if (!g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK) &&
      !g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_CODE) &&
      !g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK_PATH) &&
      !g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK_HOST))
    return FALSE;

  if (fragment != NULL)
    return count_alphanumeric (fragment + 1) < DUO_ROOM_CODE_SYMBOLS &&
           !g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK_PATH) &&
           !g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_LINK_HOST);

  if (strpbrk (text, ":/?@.") == NULL)
    return count_alphanumeric (text) < DUO_ROOM_CODE_SYMBOLS;

  path = find_path (text);
  return path == NULL || g_str_has_prefix ("/call", path) || g_str_has_prefix ("/parties/", path) ||
         g_str_has_prefix (path, "/parties/");
}
