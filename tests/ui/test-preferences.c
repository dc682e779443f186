/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preferences: what is typed is checked, and kept where it belongs. */

#include "config.h"

#include <glib/gstdio.h>

#include "duo-ice-row.h"
#include "duo-ice-store.h"
#include "duo-preferences-window.h"
#include "duo-room-server.h"
#include "duo-token-store.h"
#include "ui-page.h"

#define SERVER "https://calls.example.org"

static char *folder;

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

static GtkWidget *
find_button (GtkWidget *widget, const char *icon_name)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon_name) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, icon_name);

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
  GtkWidget *window = GTK_WIDGET (duo_preferences_window_present (settings, monitor, folder, NULL));
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
  GtkWidget *window = GTK_WIDGET (duo_preferences_window_present (settings, monitor, folder, NULL));
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

static void
type (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static GtkWidget *
present (GSettings *settings, DuoDeviceMonitor *monitor)
{
  return GTK_WIDGET (duo_preferences_window_present (settings, monitor, folder, NULL));
}

static GtkWidget *
find_token_row (GtkWidget *window, const char *title)
{
  GtkWidget *row = find (window, ADW_TYPE_PASSWORD_ENTRY_ROW, title);

  g_assert_nonnull (row);
  return row;
}

/* A token is kept for its server, said to be there, never shown, and forgotten on demand. */
static void
test_token (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (DuoDeviceMonitor) monitor = duo_device_monitor_new ();
  GtkWidget *window = present (settings, monitor);
  GtkWidget *kept = find (window, ADW_TYPE_ACTION_ROW, "An access token is kept for");
  GtkWidget *row = find_token_row (window, "Access token");
  g_autofree char *token = NULL;

  /* This computer wants none. */
  g_assert_false (gtk_widget_get_mapped (row));
  duo_preferences_window_show_access (DUO_PREFERENCES_WINDOW (window), SERVER);
  ui_wait_until (gtk_widget_get_mapped (row));
  g_assert_false (gtk_widget_get_visible (kept));

  type (row, "not a token");
  g_assert_true (says (window, "This is no access token"));
  g_signal_emit_by_name (row, "apply");
  g_assert_null (duo_token_store_load (folder, SERVER));

  type (row, " aaa.bbb.ccc ");
  g_assert_false (says (window, "This is no access token"));
  g_signal_emit_by_name (row, "apply");
  token = duo_token_store_load (folder, SERVER);
  g_assert_cmpstr (token, ==, "aaa.bbb.ccc");
  g_assert_true (gtk_widget_get_visible (kept));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (kept)), ==, SERVER);
  row = find_token_row (window, "Another access token");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");

  g_signal_emit_by_name (find_button (kept, "user-trash-symbolic"), "clicked");
  g_assert_null (duo_token_store_load (folder, SERVER));
  g_assert_false (gtk_widget_get_visible (kept));
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_kept (void)
{
  g_auto (GStrv) uris = duo_ice_store_load_uris (folder);

  return g_strv_length (uris);
}

/* What is not right yet is said and not kept; what is right is kept, even if the window goes. */
static void
test_ice_servers (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (DuoDeviceMonitor) monitor = duo_device_monitor_new ();
  GtkWidget *window = present (settings, monitor);
  GtkWidget *add = find (window, ADW_TYPE_ACTION_ROW, "Add a STUN or TURN Server");
  GtkWidget *row = NULL;

  g_signal_emit_by_name (add, "activated");
  row = find (window, DUO_TYPE_ICE_ROW, "New Server");
  g_assert_nonnull (row);
  type (find (row, ADW_TYPE_ENTRY_ROW, "Address"), "turns:turn.example.org");
  g_assert_true (g_str_has_prefix (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)),
                                   "TURN over TLS is not spoken"));
  type (find (row, ADW_TYPE_ENTRY_ROW, "Address"), "turn:turn.example.org");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)),
                   ==,
                   "A TURN server wants a user name and a password");
  type (find (row, ADW_TYPE_ENTRY_ROW, "User name"), "ada");
  g_assert_cmpuint (count_kept (), ==, 0);
  type (find (row, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password"), "secret");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, "");
  ui_wait_until (count_kept () == 1);

  g_signal_emit_by_name (add, "activated");
  row = find (window, DUO_TYPE_ICE_ROW, "New Server");
  type (find (row, ADW_TYPE_ENTRY_ROW, "Address"), "stun:stun.example.org");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_wait_until (count_kept () == 2);

  window = present (settings, monitor);
  row = find (window, DUO_TYPE_ICE_ROW, "turn:turn.example.org");
  g_signal_emit_by_name (find_button (row, "user-trash-symbolic"), "clicked");
  g_assert_null (find (window, DUO_TYPE_ICE_ROW, "turn:turn.example.org"));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_wait_until (count_kept () == 1);
}

static void
forget (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  ui_page_init (&argc, &argv);
  gst_init (NULL, NULL);
  folder = g_dir_make_tmp (NULL, NULL);

  g_test_add_func ("/preferences/server", test_server);
  g_test_add_func ("/preferences/name", test_name);
  g_test_add_func ("/preferences/token", test_token);
  g_test_add_func ("/preferences/ice-servers", test_ice_servers);
  status = g_test_run ();

  forget ("tokens");
  forget ("ice-servers");
  forget (NULL);
  g_free (folder);
  return status;
}
