/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The name on the first page: whose it is, and where it goes. */

#include "config.h"

#include "duo-home-view.h"
#include "ui-page.h"

static void
assert_name (GtkWidget *home, GSettings *settings, const char *shown, const char *kept)
{
  g_autofree char *name = NULL;
  g_autofree char *setting = g_settings_get_string (settings, "name");

  g_object_get (home, "name", &name, NULL);
  g_assert_cmpstr (name, ==, shown);
  g_assert_cmpstr (setting, ==, kept);
}

/* A name of the command line holds until somebody edits it, and never gets into the settings. */
static void
test_given_name (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  GtkWidget *home = duo_home_view_new ();
  GtkWindow *window = NULL;
  g_autofree char *given = NULL;

  g_settings_set_string (settings, "name", "Ada");
  duo_home_view_follow_settings (DUO_HOME_VIEW (home), settings);
  assert_name (home, settings, "Ada", "Ada");
  g_assert_null (duo_home_view_dup_given_name (DUO_HOME_VIEW (home)));

  duo_home_view_use_name (DUO_HOME_VIEW (home), "Zoe");
  window = ui_page_present (home, 640, 480);
  assert_name (home, settings, "Zoe", "Ada");
  given = duo_home_view_dup_given_name (DUO_HOME_VIEW (home));
  g_assert_cmpstr (given, ==, "Zoe");

  g_object_set (home, "name", "Grace", NULL);
  assert_name (home, settings, "Grace", "Grace");
  g_assert_null (duo_home_view_dup_given_name (DUO_HOME_VIEW (home)));
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  ui_page_init (&argc, &argv);

  g_test_add_func ("/home/given-name", test_given_name);
  return g_test_run ();
}
