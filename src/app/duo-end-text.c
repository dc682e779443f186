/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-end-text.h"

#include <glib/gi18n.h>

/**
 * duo_end_text_get_title:
 * @reason: why a call ended
 *
 * Returns: (transfer none): the headline of the page after the call
 */
const char *
duo_end_text_get_title (DuoCallEndReason reason)
{
  switch (reason) {
  case DUO_CALL_END_ROOM_FULL:
    return _ ("The Call Is Full");
  case DUO_CALL_END_CONNECTION_LOST:
    return _ ("Connection Lost");
  case DUO_CALL_END_EXPIRED:
    return _ ("The Call Has Expired");
  case DUO_CALL_END_NOT_ALLOWED:
    return _ ("Not Allowed");
  case DUO_CALL_END_UNTRUSTED:
    return _ ("Server Not Trusted");
  case DUO_CALL_END_TAKEN_OVER:
    return _ ("Continued Elsewhere");
  case DUO_CALL_END_BUSY:
    return _ ("Busy");
  case DUO_CALL_END_FINGERPRINT:
  case DUO_CALL_END_VERIFICATION:
    return _ ("Not Safe to Go On");
  case DUO_CALL_END_NO_RELAY:
    return _ ("No Relay");
  case DUO_CALL_END_RELAY:
    return _ ("The Relay Cannot Be Used");
  case DUO_CALL_END_PROTOCOL:
  case DUO_CALL_END_FAILED:
    return _ ("The Call Failed");
  case DUO_CALL_END_NONE:
  case DUO_CALL_END_LEFT:
  case DUO_CALL_END_REMOTE_LEFT:
  default:
    return _ ("Call Ended");
  }
}

/* Somebody without a name still has to be spoken of. */
static char *
with_name (const char *named, const char *unnamed, const char *name)
{
  if (name == NULL || *name == '\0')
    return g_strdup (unnamed);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (named, name);
#pragma GCC diagnostic pop
}

/**
 * duo_end_text_dup_body:
 * @reason: why a call ended
 * @remote_name: (nullable): the other's name, if there was one
 * @host: the server of the call, as in its link
 * @detail: (nullable): what exactly failed, for %DUO_CALL_END_FAILED and its like
 *
 * Says what happened and what can be done now, as plain text (not markup).
 *
 * Returns: (transfer full): one or two sentences
 */
char *
duo_end_text_dup_body (DuoCallEndReason reason,
                       const char *remote_name,
                       const char *host,
                       const char *detail)
{
  switch (reason) {
  case DUO_CALL_END_LEFT:
    return g_strdup (_ ("You left."));
  case DUO_CALL_END_REMOTE_LEFT:
    /* Translators: %s is the name of the other person in the call. */
    return with_name (_ ("%s left."), _ ("The other person left."), remote_name);
  case DUO_CALL_END_ROOM_FULL:
    return g_strdup (_ ("Two people are in this call already, and it is made for two. "
                        "Ask for a new link, or try again later."));
  case DUO_CALL_END_CONNECTION_LOST:
    return with_name (
      /* Translators: %s is the name of the other person in the call. */
      _ ("%s could not be reached for a minute. The link is still good: rejoin to try again."),
      _ ("The other person could not be reached for a minute. The link is still good: rejoin to "
         "try again."),
      remote_name);
  case DUO_CALL_END_EXPIRED:
    return g_strdup (_ ("A call’s link is good for one day. Make a new call and send its link."));
  case DUO_CALL_END_NOT_ALLOWED:
    return g_strdup_printf (
      /* Translators: %s is the name of a server, such as calls.example.org. */
      _ ("%s does not let you start this call: your access token for it may be wrong or have "
         "expired. Enter another one in Preferences, or ask the other person to join first."),
      host);
  case DUO_CALL_END_UNTRUSTED:
    return g_strdup_printf (
      /* Translators: %s is the name of a server, such as calls.example.org. */
      _ ("The certificate of %s is not one that this computer trusts: the server may be another "
         "one that took its place. Try again from another network, or ask whoever runs it."),
      host);
  case DUO_CALL_END_TAKEN_OVER:
    return g_strdup (_ ("You joined this call from another window or computer."));
  case DUO_CALL_END_BUSY:
    return with_name (
      /* Translators: %s is the name of the other person in the call. */
      _ ("%s is in a call with somebody else. Try again later."),
      _ ("The other person is in a call with somebody else. Try again later."),
      remote_name);
  case DUO_CALL_END_FINGERPRINT:
    return g_strdup (_ ("The encryption key at the other end is not the one that was announced. "
                        "Somebody may have tried to listen in, so no picture and no sound were "
                        "sent. Make a new call and send its link by a way you trust."));
  case DUO_CALL_END_VERIFICATION:
    return g_strdup (_ ("The proof of who is at the other end does not fit. Somebody may have "
                        "tried to listen in. Make a new call and send its link by a way you "
                        "trust."));
  case DUO_CALL_END_PROTOCOL:
    return g_strdup (_ ("The other end said something that Duologue does not understand. "
                        "It may be another version: update both, then try again."));
  case DUO_CALL_END_NO_RELAY:
    return g_strdup_printf (
      /* Translators: %s is the name of a server, such as calls.example.org. */
      _ ("Your preferences let calls go through a relay only, and %s offers none. Add a TURN "
         "server in Preferences, or turn “Relay only” off there."),
      host);
  case DUO_CALL_END_RELAY:
    return g_strdup (_ ("Your preferences let calls go through a relay only, and it cannot be "
                        "reached, or takes your user name and password no more. Check the TURN "
                        "server in Preferences, or turn “Relay only” off there."));
  case DUO_CALL_END_FAILED:
    if (detail != NULL)
      /* Translators: %s is a technical reason in one sentence. */
      return g_strdup_printf (_ ("Something went wrong: %s"), detail);
    return g_strdup (_ ("Something went wrong. Rejoin to try again."));
  case DUO_CALL_END_NONE:
  default:
    return g_strdup ("");
  }
}

/**
 * duo_end_text_is_alarming:
 * @reason: why a call ended
 *
 * Returns: whether the reason is one to be warned about, rather than told
 */
gboolean
duo_end_text_is_alarming (DuoCallEndReason reason)
{
  return reason == DUO_CALL_END_FINGERPRINT || reason == DUO_CALL_END_VERIFICATION;
}

/**
 * duo_end_text_is_mended_by_preferences:
 * @reason: why a call ended
 *
 * Returns: whether the preferences are where something can be done about it
 */
gboolean
duo_end_text_is_mended_by_preferences (DuoCallEndReason reason)
{
  return reason == DUO_CALL_END_NOT_ALLOWED || reason == DUO_CALL_END_NO_RELAY ||
         reason == DUO_CALL_END_RELAY;
}

/**
 * duo_end_text_get_icon:
 * @reason: why a call ended
 *
 * Returns: (transfer none): the name of a symbolic icon
 */
const char *
duo_end_text_get_icon (DuoCallEndReason reason)
{
  switch (reason) {
  case DUO_CALL_END_CONNECTION_LOST:
    return "network-error-symbolic";
  case DUO_CALL_END_ROOM_FULL:
  case DUO_CALL_END_BUSY:
    return "system-users-symbolic";
  case DUO_CALL_END_TAKEN_OVER:
    return "computer-symbolic";
  case DUO_CALL_END_NOT_ALLOWED:
    return "dialog-password-symbolic";
  case DUO_CALL_END_FINGERPRINT:
  case DUO_CALL_END_VERIFICATION:
  case DUO_CALL_END_UNTRUSTED:
    return "dialog-warning-symbolic";
  case DUO_CALL_END_PROTOCOL:
  case DUO_CALL_END_NO_RELAY:
  case DUO_CALL_END_RELAY:
  case DUO_CALL_END_FAILED:
    return "dialog-error-symbolic";
  case DUO_CALL_END_EXPIRED:
    return "preferences-system-time-symbolic";
  case DUO_CALL_END_NONE:
  case DUO_CALL_END_LEFT:
  case DUO_CALL_END_REMOTE_LEFT:
  default:
    return "call-stop-symbolic";
  }
}

/**
 * duo_end_text_dup_duration:
 * @duration: a length in microseconds
 *
 * Returns: (transfer full): the length in words, in one or two units
 */
char *
duo_end_text_dup_duration (gint64 duration)
{
  gint64 seconds = MAX (0, duration) / G_USEC_PER_SEC;
  int hours = (int) (seconds / 3600);
  int minutes = (int) (seconds / 60 % 60);
  g_autofree char *hour_text = NULL;
  g_autofree char *minute_text = NULL;
  g_autofree char *second_text = NULL;

  hour_text = g_strdup_printf (ngettext ("%d hour", "%d hours", hours), hours);
  minute_text = g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), minutes);
  second_text = g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) (seconds % 60)),
                                 (int) (seconds % 60));
  if (hours > 0)
    /* Translators: a length of time in two units, such as "2 hours, 5 minutes". */
    return g_strdup_printf (C_ ("duration", "%s, %s"), hour_text, minute_text);
  if (minutes > 0)
    /* Translators: a length of time in two units, such as "5 minutes, 3 seconds". */
    return g_strdup_printf (C_ ("duration", "%s, %s"), minute_text, second_text);
  return g_steal_pointer (&second_text);
}
