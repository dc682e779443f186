/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-preferences-window.h"

#include "duo-access-group.h"
#include "duo-device-choice.h"
#include "duo-device-row.h"
#include "duo-network-group.h"
#include "duo-own-name.h"
#include "duo-server-address.h"
#include "duo-server-probe.h"
#include "duo-text.h"

#include <glib/gi18n.h>

enum {
  HOSTED_HERE,
  HOSTED_ON_SERVER
};

/**
 * DuoPreferencesWindow:
 *
 * Name, server and devices. What is changed holds from the next call on.
 */
struct _DuoPreferencesWindow {
  AdwPreferencesWindow parent_instance;

  /* Template */
  AdwEntryRow *name_row;
  AdwComboRow *hosting_row;
  AdwEntryRow *server_row;
  AdwActionRow *server_note;
  DuoAccessGroup *access_group;
  DuoNetworkGroup *network_group;
  GtkSwitch *noise_suppression;
  GtkSwitch *mirror;
  DuoDeviceRow *device_rows[DUO_N_DEVICE_KINDS];

  /* Owned */
  GSettings *settings;
  GCancellable *cancellable;
  char *directory; /* nullable: of what is kept outside the settings */
};

G_DEFINE_FINAL_TYPE (DuoPreferencesWindow, duo_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
on_name_changed (DuoPreferencesWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  g_autofree char *name = duo_text_to_plain (text, DUO_NAME_MAX_CHARS);

  g_settings_set_string (self->settings, "name", name);
}

static void
show_note (DuoPreferencesWindow *self, const char *icon, const char *title, const char *detail)
{
  adw_action_row_set_icon_name (self->server_note, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->server_note), title);
  adw_action_row_set_subtitle (self->server_note, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->server_note), title != NULL && *title != '\0');
}

static void
set_wrong (DuoPreferencesWindow *self, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->server_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->server_row), "error");
}

static const char *
get_probe_problem (const GError *error)
{
  if (g_error_matches (error, DUO_SIGNALING_ERROR, DUO_SIGNALING_ERROR_UNTRUSTED))
    return _ ("Its certificate is not one to trust. Check the address, or ask who runs it.");
  if (g_error_matches (error, DUO_SIGNALING_ERROR, DUO_SIGNALING_ERROR_NOT_A_SERVER))
    return _ ("Something answers there, but it is no Duologue room server.");
  return _ ("Nobody answers there. Check the address and whether this computer is online.");
}

static void
on_health (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoPreferencesWindow) self = DUO_PREFERENCES_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *version = duo_server_probe_health_finish (result, &error);
  g_autofree char *title = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL) {
    show_note (self,
               "dialog-warning-symbolic",
               _ ("The server cannot be used"),
               get_probe_problem (error));
    return;
  }
  /* Translators: %s is a version number. */
  title = g_strdup_printf (_ ("Room server %s answers"), version);
  show_note (self, "emblem-ok-symbolic", title, _ ("Everything is ready for calls over it."));
}

static void
check_server (DuoPreferencesWindow *self, const char *server)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_note (self, "emblem-synchronizing-symbolic", _ ("Asking the server…"), "");
  duo_server_probe_health_async (server, self->cancellable, on_health, g_object_ref (self));
}

static void
on_server_applied (DuoPreferencesWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->server_row));
  g_autofree char *with_scheme =
    strstr (text, "://") == NULL ? g_strconcat ("https://", text, NULL) : g_strdup (text);
  g_autofree char *server = duo_server_address_normalize (g_strstrip (with_scheme), NULL);

  set_wrong (self, server == NULL);
  if (server == NULL) {
    show_note (self,
               "dialog-warning-symbolic",
               _ ("This is no server address"),
               _ ("It looks like https://calls.example.org."));
    return;
  }
  gtk_editable_set_text (GTK_EDITABLE (self->server_row), server);
  g_settings_set_string (self->settings, "server", server);
  duo_access_group_set_server (self->access_group, server, self->directory);
  check_server (self, server);
}

static void
on_picked (DuoPreferencesWindow *self, DuoDevice *device)
{
  duo_device_choice_remember (self->settings, device);
}

static void
on_hosting_changed (DuoPreferencesWindow *self)
{
  gboolean on_server = adw_combo_row_get_selected (self->hosting_row) == HOSTED_ON_SERVER;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->server_row));

  gtk_widget_set_visible (GTK_WIDGET (self->server_row), on_server);
  set_wrong (self, FALSE);
  g_cancellable_cancel (self->cancellable);
  duo_access_group_set_server (self->access_group, NULL, self->directory);
  if (!on_server) {
    g_settings_set_string (self->settings, "server", "");
    show_note (self,
               "dialog-information-symbolic",
               _ ("For the same network"),
               _ ("Links work while Duologue runs, for people with Duologue on this network."));
  } else {
    show_note (self, NULL, "", "");
    if (*text != '\0')
      on_server_applied (self);
    else
      gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
  }
}

static void
duo_preferences_window_dispose (GObject *object)
{
  DuoPreferencesWindow *self = DUO_PREFERENCES_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_PREFERENCES_WINDOW);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->directory, g_free);

  G_OBJECT_CLASS (duo_preferences_window_parent_class)->dispose (object);
}

static void
duo_preferences_window_class_init (DuoPreferencesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const row_names[] = { "camera_row", "microphone_row", "speaker_row" };

  object_class->dispose = duo_preferences_window_dispose;
  g_type_ensure (DUO_TYPE_ACCESS_GROUP);
  g_type_ensure (DUO_TYPE_DEVICE_ROW);
  g_type_ensure (DUO_TYPE_NETWORK_GROUP);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/duologue/Duologue/duo-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, hosting_row);
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, server_row);
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, server_note);
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, access_group);
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, network_group);
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, noise_suppression);
  gtk_widget_class_bind_template_child (widget_class, DuoPreferencesWindow, mirror);
  for (guint kind = 0; kind < DUO_N_DEVICE_KINDS; kind++)
    gtk_widget_class_bind_template_child_full (widget_class,
                                               row_names[kind],
                                               FALSE,
                                               G_STRUCT_OFFSET (DuoPreferencesWindow, device_rows) +
                                                 kind * sizeof (DuoDeviceRow *));
  gtk_widget_class_bind_template_callback (widget_class, on_server_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
}

static void
duo_preferences_window_init (DuoPreferencesWindow *self)
{
  GtkEditable *text = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  text = gtk_editable_get_delegate (GTK_EDITABLE (self->name_row));
  gtk_text_set_max_length (GTK_TEXT (text), DUO_NAME_MAX_CHARS);
}

static void
follow_settings (DuoPreferencesWindow *self, GSettings *settings)
{
  g_autofree char *name = duo_own_name_get (settings);
  g_autofree char *server = g_settings_get_string (settings, "server");

  self->settings = g_object_ref (settings);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  gtk_editable_set_text (GTK_EDITABLE (self->server_row), server);
  adw_combo_row_set_selected (self->hosting_row, *server != '\0' ? HOSTED_ON_SERVER : HOSTED_HERE);
  on_hosting_changed (self);
  /* Connected only now: showing what is set is not a change. */
  g_signal_connect_swapped (self->name_row, "changed", G_CALLBACK (on_name_changed), self);
  g_signal_connect_swapped (self->hosting_row,
                            "notify::selected",
                            G_CALLBACK (on_hosting_changed),
                            self);
  g_settings_bind (settings,
                   "noise-suppression",
                   self->noise_suppression,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
  duo_network_group_follow (self->network_group, settings, self->directory);
  g_settings_bind (settings, "mirror", self->mirror, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
show_devices (DuoPreferencesWindow *self, DuoDeviceMonitor *monitor)
{
  for (guint kind = 0; kind < DUO_N_DEVICE_KINDS; kind++) {
    GListModel *devices = duo_device_monitor_get_devices (monitor, (DuoDeviceKind) kind);
    g_autofree char *id = duo_device_choice_find (self->settings, (DuoDeviceKind) kind, devices);

    duo_device_row_set_devices (self->device_rows[kind], devices);
    duo_device_row_set_active_id (self->device_rows[kind], id);
  }
}

/**
 * duo_preferences_window_present:
 * @settings: what is changed
 * @monitor: the devices to choose from
 * @directory: (nullable): where access tokens and the like are kept, %NULL for the user's state
 *   directory
 * @parent: (nullable): the window it belongs to
 *
 * Shows the preferences.
 *
 * Returns: (transfer none): their window
 */
DuoPreferencesWindow *
duo_preferences_window_present (GSettings *settings,
                                DuoDeviceMonitor *monitor,
                                const char *directory,
                                GtkWindow *parent)
{
  DuoPreferencesWindow *self =
    g_object_new (DUO_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  self->directory = g_strdup (directory);
  follow_settings (self, settings);
  show_devices (self, monitor);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/* The page scrolls to what gets the focus, but only once it knows how long it is. */
static gboolean
edit_access_cb (GtkWidget *group, GdkFrameClock *clock, gpointer user_data)
{
  if (gtk_widget_get_height (group) == 0)
    return G_SOURCE_CONTINUE;

  duo_access_group_edit (DUO_ACCESS_GROUP (group));
  return G_SOURCE_REMOVE;
}

static gboolean
edit_network_cb (GtkWidget *group, GdkFrameClock *clock, gpointer user_data)
{
  if (gtk_widget_get_height (group) == 0)
    return G_SOURCE_CONTINUE;

  duo_network_group_edit (DUO_NETWORK_GROUP (group));
  return G_SOURCE_REMOVE;
}

/**
 * duo_preferences_window_show_access:
 * @self: the window
 * @server: `http[s]://HOST[:PORT]`
 *
 * Asks for the access token for a server, which need not be the one of the preferences.
 */
void
duo_preferences_window_show_access (DuoPreferencesWindow *self, const char *server)
{
  g_return_if_fail (DUO_IS_PREFERENCES_WINDOW (self));

  duo_access_group_set_server (self->access_group, server, self->directory);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->access_group), edit_access_cb, NULL, NULL);
}

/**
 * duo_preferences_window_show_connection:
 * @self: the window
 *
 * Goes to the servers of one's own, and to whether only a relay will do.
 */
void
duo_preferences_window_show_connection (DuoPreferencesWindow *self)
{
  g_return_if_fail (DUO_IS_PREFERENCES_WINDOW (self));

  gtk_widget_add_tick_callback (GTK_WIDGET (self->network_group), edit_network_cb, NULL, NULL);
}
