/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said about who is at the other end. */

#include "config.h"

#include "duo-safety-text.h"

#define EMOJI DUO_CALL_SAFETY_EMOJI
#define UNVERIFIABLE DUO_CALL_SAFETY_UNVERIFIABLE

#define PLAIN "duo-shield-symbolic"
#define WARNING "duo-shield-warning-symbolic"
#define CHECKED "duo-shield-verified-symbolic"

typedef struct {
  DuoSafetyFacts facts;
  const char *title;
  const char *body; /* how it begins */
  const char *shield;
  const char *icon;
  const char *notice; /* how it begins */
} Case;

static const Case cases[] = {
  { { .safety = DUO_CALL_SAFETY_NONE },
    "Not Verified Yet",
    "As soon as",
    "Safety pictures: not compared yet",
    PLAIN,
    NULL },
  { { .safety = EMOJI },
    "Compare These Pictures",
    "Tell each other",
    "Safety pictures: not compared yet",
    PLAIN,
    NULL },
  { { .safety = EMOJI, .verified = TRUE, .name = "Ada" },
    "Verified",
    "You have compared these pictures with Ada",
    "Safety pictures: verified",
    CHECKED,
    NULL },
  { { .safety = EMOJI, .lost = TRUE },
    "Compare Again",
    "The connection was made anew",
    "Safety pictures: no longer verified",
    WARNING,
    "No longer verified: compare" },
  { { .safety = UNVERIFIABLE },
    "Cannot Be Verified",
    "The call is encrypted",
    "Safety pictures: cannot be verified",
    WARNING,
    NULL },
  { { .safety = UNVERIFIABLE, .lost = TRUE },
    "Cannot Be Verified",
    "The call is encrypted",
    "Safety pictures: no longer verified",
    WARNING,
    "No longer verified: this may" },
  /* A server that can read the introduction is told of until there is nothing more to fear. */
  { { .safety = DUO_CALL_SAFETY_NONE, .open_room = TRUE },
    "Not Verified Yet",
    "As soon as",
    "Safety pictures: not compared yet",
    WARNING,
    "Open room: its server can read the introduction, and nobody has" },
  { { .safety = EMOJI, .open_room = TRUE },
    "Compare These Pictures",
    "This is an open room",
    "Safety pictures: not compared yet",
    WARNING,
    "Open room: its server can read the introduction, and nobody has" },
  { { .safety = UNVERIFIABLE, .open_room = TRUE },
    "Cannot Be Verified",
    "The call is encrypted",
    "Safety pictures: cannot be verified",
    WARNING,
    "Open room: its server can read the introduction, and nobody can" },
  { { .safety = EMOJI, .open_room = TRUE, .verified = TRUE },
    "Verified",
    "You have compared these pictures with The other person",
    "Safety pictures: verified",
    CHECKED,
    NULL },
  /* A browser outweighs whatever the pictures seem to say. */
  { { .safety = EMOJI, .browser = TRUE },
    "As trustworthy as a.example",
    "The other person is using a web page that a.example sends",
    "Safety pictures: as trustworthy as a.example",
    WARNING,
    NULL },
  { { .safety = EMOJI, .browser = TRUE, .verified = TRUE },
    "As trustworthy as a.example",
    "The other person is using a web page that a.example sends",
    "Safety pictures: as trustworthy as a.example",
    WARNING,
    NULL },
};

static void
assert_begins (const char *text, const char *beginning)
{
  if (beginning == NULL)
    g_assert_null (text);
  else if (text == NULL || !g_str_has_prefix (text, beginning))
    g_error ("“%s” does not begin with “%s”", text, beginning);
}

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    DuoSafetyFacts facts = cases[i].facts;
    g_autofree char *title = NULL;
    g_autofree char *body = NULL;
    g_autofree char *shield = NULL;

    g_test_message ("case %" G_GSIZE_FORMAT, i);
    facts.host = "a.example";
    title = duo_safety_text_dup_title (&facts);
    body = duo_safety_text_dup_body (&facts);
    shield = duo_safety_text_dup_shield (&facts);
    g_assert_cmpstr (title, ==, cases[i].title);
    assert_begins (body, cases[i].body);
    g_assert_cmpstr (shield, ==, cases[i].shield);
    g_assert_cmpstr (duo_safety_text_get_icon (&facts), ==, cases[i].icon);
    assert_begins (duo_safety_text_get_notice (&facts), cases[i].notice);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safety-text/texts", test_texts);

  return g_test_run ();
}
