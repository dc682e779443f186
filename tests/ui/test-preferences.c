/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server in the preferences: what is typed is checked by asking it. */

#include "config.h"

#include "duo-preferences-window.h"
#include "duo-room-server.h"
#include "ui-page.h"

static GtkWidget *
find (GtkWidget *widget, GType type, const char *title)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
says (GtkWidget *window, const char *title)
{
  GtkWidget *note = find (window, ADW_TYPE_ACTION_ROW, title);

  return note != NULL && gtk_widget_get_visible (note);
}

static void
type_server (GtkWidget *window, const char *text)
{
  GtkWidget *row = find (window, ADW_TYPE_ENTRY_ROW, "Address");

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
}

static void
test_server (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (DuoDeviceMonitor) monitor = duo_device_monitor_new ();
  g_autoptr (DuoRoomServer) server = duo_room_server_new ();
  GtkWidget *window = GTK_WIDGET (duo_preferences_window_present (settings, monitor, NULL));
  GtkWidget *hosting = find (window, ADW_TYPE_COMBO_ROW, "New calls are hosted on");
  g_autofree char *answers = g_strdup_printf ("Room server %s answers", PACKAGE_VERSION);
  g_autofree char *address = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (duo_room_server_listen (server, TRUE, 0, NULL));
  address = g_strdup_printf ("http://127.0.0.1:%u", duo_room_server_get_port (server));
  g_assert_true (says (window, "For the same network"));

  adw_combo_row_set_selected (ADW_COMBO_ROW (hosting), 1);
  g_assert_false (says (window, "For the same network"));
  type_server (window, "ftp://nonsense");
  g_assert_true (says (window, "This is no server address"));
  kept = g_settings_get_string (settings, "server");
  g_assert_cmpstr (kept, ==, "");

  type_server (window, address);
  ui_wait_until (says (window, answers));
  g_free (kept);
  kept = g_settings_get_string (settings, "server");
  g_assert_cmpstr (kept, ==, address);

  duo_room_server_stop (server);
  type_server (window, address);
  ui_wait_until (says (window, "The server cannot be used"));

  adw_combo_row_set_selected (ADW_COMBO_ROW (hosting), 0);
  g_assert_true (says (window, "For the same network"));
  g_free (kept);
  kept = g_settings_get_string (settings, "server");
  g_assert_cmpstr (kept, ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_name (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (DuoDeviceMonitor) monitor = duo_device_monitor_new ();
  GtkWidget *window = GTK_WIDGET (duo_preferences_window_present (settings, monitor, NULL));
  GtkWidget *row = find (window, ADW_TYPE_ENTRY_ROW, "Your name");
  g_autofree char *untouched = g_settings_get_string (settings, "name");
  g_autofree char *name = NULL;

  /* Showing the account's name does not choose it. */
  g_assert_cmpstr (untouched, ==, "");
  gtk_editable_set_text (GTK_EDITABLE (row), "Ada Lovelace");
  name = g_settings_get_string (settings, "name");
  g_assert_cmpstr (name, ==, "Ada Lovelace");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  ui_page_init (&argc, &argv);
  gst_init (NULL, NULL);

  g_test_add_func ("/preferences/server", test_server);
  g_test_add_func ("/preferences/name", test_name);
  return g_test_run ();
}
