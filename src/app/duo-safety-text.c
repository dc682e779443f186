/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-safety-text.h"

#include "duo-join-link.h"

#include <glib/gi18n.h>

/**
 * duo_safety_facts_of:
 * @call: a call
 * @name: (nullable): the other's name, which has to outlive the facts
 *
 * Returns: what is known by now
 */
DuoSafetyFacts
duo_safety_facts_of (DuoCall *call, const char *name)
{
  return (DuoSafetyFacts){
    .safety = duo_call_get_safety (call),
    .browser = duo_call_get_flag (call, "remote-browser"),
    .open_room = duo_call_get_flag (call, "open-room"),
    .verified = duo_call_get_flag (call, "verified"),
    /* Nobody there is nobody to be wrong about. */
    .lost = name != NULL && duo_call_get_flag (call, "verification-lost"),
    .name = name,
    .host = duo_join_link_get_host (duo_call_get_link (call)),
  };
}

/* What the guest page shows is up to whoever sends it, so nothing compared with it counts fully. */
static gboolean
is_safe (const DuoSafetyFacts *facts)
{
  return facts->verified && !facts->browser;
}

/**
 * duo_safety_text_dup_title:
 * @facts: what is known
 *
 * Returns: (transfer full): the one line that matters
 */
char *
duo_safety_text_dup_title (const DuoSafetyFacts *facts)
{
  /* Translators: %s is a host, such as calls.example.org */
  if (facts->browser)
    return g_strdup_printf (_ ("As trustworthy as %s"), facts->host);

  switch (facts->safety) {
  case DUO_CALL_SAFETY_EMOJI:
    if (facts->verified)
      return g_strdup (_ ("Verified"));
    return g_strdup (facts->lost ? _ ("Compare Again") : _ ("Compare These Pictures"));
  case DUO_CALL_SAFETY_UNVERIFIABLE:
    return g_strdup (_ ("Cannot Be Verified"));
  case DUO_CALL_SAFETY_NONE:
  default:
    return g_strdup (facts->lost ? _ ("No Longer Verified") : _ ("Not Verified Yet"));
  }
}

static char *
dup_emoji_body (const DuoSafetyFacts *facts, const char *name)
{
  if (facts->verified)
    /* Translators: %s is somebody's name */
    return g_strdup_printf (_ ("You have compared these pictures with %s: nobody sits between you "
                               "in this call."),
                            name);
  if (facts->lost)
    return g_strdup (_ ("The connection was made anew, and who is there now has not proved to be "
                        "the same as before. Tell each other again what you see. If the pictures "
                        "differ, hang up."));
  if (facts->open_room)
    return g_strdup (_ ("This is an open room, so its server could put itself between you. Tell "
                        "each other what you see: if both see the same four pictures, in the same "
                        "order, it has not. If they differ, hang up."));
  return g_strdup (_ ("Tell each other what you see. If both see the same four pictures, in the "
                      "same order, nobody sits between you. If they differ, hang up."));
}

/**
 * duo_safety_text_dup_body:
 * @facts: what is known
 *
 * Returns: (transfer full): what that means and what to do
 */
char *
duo_safety_text_dup_body (const DuoSafetyFacts *facts)
{
  const char *name =
    facts->name != NULL && *facts->name != '\0' ? facts->name : _ ("The other person");

  if (facts->browser)
    /* Translators: the first is somebody's name, the others a host */
    return g_strdup_printf (_ ("%s is using a web page that %s sends. Whoever runs %s could change "
                               "that page to see and hear this call, and no picture here would "
                               "tell. With Duologue at both ends nobody can."),
                            name,
                            facts->host,
                            facts->host);

  switch (facts->safety) {
  case DUO_CALL_SAFETY_EMOJI:
    return dup_emoji_body (facts, name);
  case DUO_CALL_SAFETY_UNVERIFIABLE:
    /* Translators: %s is somebody's name */
    return g_strdup_printf (_ ("The call is encrypted, but %s’s program takes no part in comparing "
                               "pictures. Whether somebody sits between you cannot be told."),
                            name);
  case DUO_CALL_SAFETY_NONE:
  default:
    return g_strdup (_ ("As soon as both sides have made themselves known there are four pictures "
                        "to compare here."));
  }
}

/**
 * duo_safety_text_dup_shield:
 * @facts: what is known
 *
 * Returns: (transfer full): what the shield says to those who do not see it
 */
char *
duo_safety_text_dup_shield (const DuoSafetyFacts *facts)
{
  if (facts->browser)
    /* Translators: %s is a host, such as calls.example.org */
    return g_strdup_printf (_ ("Safety pictures: as trustworthy as %s"), facts->host);
  if (facts->verified)
    return g_strdup (_ ("Safety pictures: verified"));
  if (facts->lost)
    return g_strdup (_ ("Safety pictures: no longer verified"));
  if (facts->safety == DUO_CALL_SAFETY_UNVERIFIABLE)
    return g_strdup (_ ("Safety pictures: cannot be verified"));
  return g_strdup (_ ("Safety pictures: not compared yet"));
}

/**
 * duo_safety_text_get_icon:
 * @facts: what is known
 *
 * Returns: (transfer none): a symbolic icon; it warns where something is to be known or done
 */
const char *
duo_safety_text_get_icon (const DuoSafetyFacts *facts)
{
  if (is_safe (facts))
    return "duo-shield-verified-symbolic";
  if (facts->browser || facts->open_room || facts->lost ||
      facts->safety == DUO_CALL_SAFETY_UNVERIFIABLE)
    return "duo-shield-warning-symbolic";
  return "duo-shield-symbolic";
}

/**
 * duo_safety_text_get_notice:
 * @facts: what is known
 *
 * Returns: (transfer none) (nullable): what has to be read in any case, over the picture
 */
const char *
duo_safety_text_get_notice (const DuoSafetyFacts *facts)
{
  if (facts->verified)
    return NULL;
  if (facts->lost)
    return facts->safety == DUO_CALL_SAFETY_UNVERIFIABLE
             ? _ ("No longer verified: this may be somebody else")
             : _ ("No longer verified: compare the pictures again");
  if (!facts->open_room)
    return NULL;
  if (facts->safety == DUO_CALL_SAFETY_UNVERIFIABLE)
    return _ ("Open room: its server can read the introduction, and nobody can be verified");
  return _ ("Open room: its server can read the introduction, and nobody has been verified yet");
}
