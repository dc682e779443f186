/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said about a link while it is typed. */

#include "config.h"

#include "duo-link-entry.h"
#include "ui-page.h"

#define LINK "https://calls.example.org/call#k7qm-4xwp-93h3"

typedef struct {
  GtkWindow *window;
  DuoLinkEntry *entry;
  DuoJoinLink *joined;
} Fixture;

static void
on_join (Fixture *fixture, DuoJoinLink *link)
{
  g_clear_pointer (&fixture->joined, duo_join_link_unref);
  fixture->joined = duo_join_link_ref (link);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->entry = DUO_LINK_ENTRY (duo_link_entry_new ());
  g_object_ref_sink (fixture->entry);
  fixture->window = ui_page_present (GTK_WIDGET (fixture->entry), 400, 200);
  g_signal_connect_swapped (fixture->entry, "join", G_CALLBACK (on_join), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->entry);
  g_clear_pointer (&fixture->joined, duo_join_link_unref);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_typing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *join = find (GTK_WIDGET (fixture->entry), GTK_TYPE_BUTTON);

  /* Nobody who is still typing is told that it is wrong. */
  for (gsize length = 0; length < strlen (LINK); length++) {
    g_autofree char *text = g_strndup (LINK, length);

    duo_link_entry_set_text (fixture->entry, text);
    g_assert_cmpstr (duo_link_entry_get_hint (fixture->entry), ==, "");
    g_assert_false (gtk_widget_get_sensitive (join));
  }
  duo_link_entry_set_text (fixture->entry, LINK);
  g_assert_nonnull (strstr (duo_link_entry_get_hint (fixture->entry), "calls.example.org"));
  g_assert_true (gtk_widget_get_sensitive (join));
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *hint;
  } cases[] = {
    { "https://calls.example.org/call#k7qm-4xwp-93h4", "typing mistake" },
    { "k7qm-4xwp-93h4", "typing mistake" },
    { "k7qm-4xwp-93h3", "needs a server" },
    { "https://calls.example.org/join#k7qm-4xwp-93h3", "does not lead" },
    { "https://ada@calls.example.org/call#k7qm-4xwp-93h3", "user name" },
    { "https://calls.example.org/call#k7qm-4xwp#93h3", "second" },
    { "see you tomorrow at the usual place", "letters and digits" },
  };
  GtkWidget *join = find (GTK_WIDGET (fixture->entry), GTK_TYPE_BUTTON);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    duo_link_entry_set_text (fixture->entry, cases[i].text);
    if (strstr (duo_link_entry_get_hint (fixture->entry), cases[i].hint) == NULL)
      g_error ("%s: %s", cases[i].text, duo_link_entry_get_hint (fixture->entry));
    g_assert_false (gtk_widget_get_sensitive (join));
  }
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  duo_link_entry_set_text (fixture->entry, "K7QM 4XWP 93H3");
  g_assert_nonnull (strstr (duo_link_entry_get_hint (fixture->entry), "server"));
  g_object_set (fixture->entry, "server", "https://calls.example.org", NULL);
  g_assert_nonnull (strstr (duo_link_entry_get_hint (fixture->entry), "calls.example.org"));
}

static void
test_join (Fixture *fixture, gconstpointer data)
{
  GtkWidget *join = find (GTK_WIDGET (fixture->entry), GTK_TYPE_BUTTON);
  g_autofree char *text = NULL;

  duo_link_entry_set_text (fixture->entry, LINK);
  g_signal_emit_by_name (join, "clicked");
  g_assert_nonnull (fixture->joined);
  text = duo_join_link_to_string (fixture->joined);
  g_assert_cmpstr (text, ==, LINK);

  g_clear_pointer (&fixture->joined, duo_join_link_unref);
  duo_link_entry_set_text (fixture->entry, "nothing");
  gtk_widget_activate (find (GTK_WIDGET (fixture->entry), GTK_TYPE_ENTRY));
  g_assert_null (fixture->joined);
}

static void
test_clipboard (Fixture *fixture, gconstpointer data)
{
  g_assert_false (duo_link_entry_offer (fixture->entry, "k7qm-4xwp-93h3"));
  g_assert_false (duo_link_entry_offer (fixture->entry, "some words"));
  g_assert_cmpstr (duo_link_entry_get_text (fixture->entry), ==, "");

  g_assert_true (duo_link_entry_offer (fixture->entry, "  " LINK "\n"));
  g_assert_cmpstr (duo_link_entry_get_text (fixture->entry), ==, LINK);
  g_assert_nonnull (strstr (duo_link_entry_get_hint (fixture->entry), "clipboard"));

  /* Deleted is deleted, and what is being typed is left alone. */
  duo_link_entry_set_text (fixture->entry, "");
  g_assert_false (duo_link_entry_offer (fixture->entry, LINK));
  duo_link_entry_set_text (fixture->entry, "k7");
  g_assert_false (duo_link_entry_offer (fixture->entry, "https://x.org/call#0000-0000-0000"));
  duo_link_entry_set_text (fixture->entry, "");

  duo_link_entry_ignore (fixture->entry, "https://x.org/call#0000-0000-0000");
  g_assert_false (duo_link_entry_offer (fixture->entry, "https://x.org/call#0000-0000-0000"));
}

int
main (int argc, char *argv[])
{
  ui_page_init (&argc, &argv);

#define ADD(name, function)                                                                        \
  g_test_add ("/link-entry/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("typing", test_typing);
  ADD ("wrong", test_wrong);
  ADD ("code", test_code);
  ADD ("join", test_join);
  ADD ("clipboard", test_clipboard);
#undef ADD
  return g_test_run ();
}
