/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-window.h"

#include "duo-call-flow.h"
#include "duo-home-view.h"
#include "duo-leave-dialog.h"

#include <glib/gi18n.h>

/**
 * DuoWindow:
 *
 * The window: the home page or the pages of one call, one at a time.
 */
struct _DuoWindow {
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay *toasts;

  /* Owned */
  DuoHomeView *home;
  GSettings *settings;
  DuoCallFlow *flow;
  char *server;

  gboolean test_media;
};

G_DEFINE_FINAL_TYPE (DuoWindow, duo_window, ADW_TYPE_APPLICATION_WINDOW)

static DuoCall *
get_running_call (DuoWindow *self)
{
  return self->flow != NULL ? duo_call_flow_get_running_call (self->flow) : NULL;
}

static void
update_actions (DuoWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean in_call = get_running_call (self) != NULL;
  gboolean in_lobby = self->flow != NULL && duo_call_flow_is_in_lobby (self->flow);

  if (in_call)
    gtk_widget_add_css_class (GTK_WIDGET (self->toasts), "in-call");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->toasts), "in-call");
  gtk_widget_action_set_enabled (widget, "win.join", !in_call);
  gtk_widget_action_set_enabled (widget, "win.home", !in_call);
  gtk_widget_action_set_enabled (widget, "win.join-call", in_lobby);
  gtk_widget_action_set_enabled (widget, "win.chime", in_lobby);
  gtk_widget_action_set_enabled (widget, "win.hang-up", in_call);
  gtk_widget_action_set_enabled (widget, "win.copy-link", in_lobby || in_call);
  gtk_widget_action_set_enabled (widget, "win.rejoin", self->flow != NULL && !in_call);
}

static void
on_page (DuoWindow *self, GtkWidget *page)
{
  /* First the actions: a page takes the focus to its main button as it is mapped. */
  update_actions (self);
  adw_toast_overlay_set_child (self->toasts, page);
  if (get_running_call (self) == NULL)
    gtk_window_unfullscreen (GTK_WINDOW (self));
}

/* The switches of a call are actions too, for their shortcuts. */
static void
add_switch (DuoWindow *self, const char *name, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, self->flow, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
close_flow (DuoWindow *self)
{
  g_action_map_remove_action (G_ACTION_MAP (self), "microphone");
  g_action_map_remove_action (G_ACTION_MAP (self), "camera");
  if (self->flow != NULL) {
    g_signal_handlers_disconnect_by_data (self->flow, self);
    duo_call_flow_close (self->flow);
  }
  g_clear_object (&self->flow);
}

static void
go_home (DuoWindow *self)
{
  close_flow (self);
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->home));
  update_actions (self);
}

static void
open_now (DuoWindow *self, const DuoCallRequest *request)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (DuoCallController) controller = NULL;

  close_flow (self);
  controller = duo_call_controller_new (request,
                                        duo_application_get_monitor (DUO_APPLICATION (application)),
                                        self->settings);
  self->flow = duo_call_flow_new (controller, self->settings, GTK_WINDOW (self));
  add_switch (self, "microphone", "microphone-enabled");
  add_switch (self, "camera", "camera-enabled");
  g_signal_connect_object (self->flow, "page", G_CALLBACK (on_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow,
                           "toast",
                           G_CALLBACK (duo_window_add_toast),
                           self,
                           G_CONNECT_SWAPPED);
  duo_call_flow_start (self->flow);
}

/* A call that waits for the answer whether to leave another. */
typedef struct {
  /* Owned */
  DuoWindow *window;
  DuoCallRequest *request;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->window);
  duo_call_request_free (opening->request);
  g_free (opening);
}

static void
on_left_to_open (gpointer user_data)
{
  Opening *opening = user_data;

  open_now (opening->window, opening->request);
}

static void
on_left_to_close (gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (user_data));
}

static void
new_call (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DuoWindow *self = DUO_WINDOW (widget);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoCallRequest) request =
    duo_application_new_call (DUO_APPLICATION (application), self->server, &error);

  if (request == NULL) {
    duo_window_show_problem (self, _ ("No Call Was Made"), error->message);
    return;
  }
  request->test_media = self->test_media;
  request->name = duo_home_view_dup_given_name (self->home);
  duo_window_open (self, request);
}

static void
focus_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DuoWindow *self = DUO_WINDOW (widget);

  go_home (self);
  duo_link_entry_focus (duo_home_view_get_link_entry (self->home));
}

static void
home (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_home (DUO_WINDOW (widget));
}

static void
join_call (GtkWidget *widget, const char *action, GVariant *parameter)
{
  duo_call_flow_join (DUO_WINDOW (widget)->flow);
}

static void
rejoin (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DuoWindow *self = DUO_WINDOW (widget);
  g_autoptr (DuoCallRequest) request = duo_call_flow_dup_rejoin_request (self->flow);

  open_now (self, request);
}

static void
hang_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  duo_call_flow_hang_up (DUO_WINDOW (widget)->flow);
}

static void
play_chime (GtkWidget *widget, const char *action, GVariant *parameter)
{
  duo_call_flow_play_chime (DUO_WINDOW (widget)->flow);
}

static void
copy_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DuoWindow *self = DUO_WINDOW (widget);
  g_autofree char *text = duo_join_link_to_string (duo_call_flow_get_request (self->flow)->link);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  duo_link_entry_ignore (duo_home_view_get_link_entry (self->home), text);
  duo_window_add_toast (self, adw_toast_new (_ ("Link copied")));
}

static void
on_join (DuoWindow *self, DuoJoinLink *link)
{
  g_autoptr (DuoCallRequest) request = duo_call_request_new (link);

  request->test_media = self->test_media;
  request->name = duo_home_view_dup_given_name (self->home);
  duo_window_open (self, request);
}

static gboolean
duo_window_close_request (GtkWindow *window)
{
  if (get_running_call (DUO_WINDOW (window)) == NULL)
    return GTK_WINDOW_CLASS (duo_window_parent_class)->close_request (window);
  duo_leave_dialog_present (window,
                            _ ("Closing the window ends it."),
                            _ ("_Hang Up"),
                            on_left_to_close,
                            g_object_ref (window),
                            g_object_unref);
  return GDK_EVENT_STOP;
}

static void
duo_window_unrealize (GtkWidget *widget)
{
  DuoWindow *self = DUO_WINDOW (widget);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings,
                          "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);

  GTK_WIDGET_CLASS (duo_window_parent_class)->unrealize (widget);
}

static void
duo_window_dispose (GObject *object)
{
  DuoWindow *self = DUO_WINDOW (object);

  close_flow (self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->server, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_WINDOW);
  g_clear_object (&self->home);

  G_OBJECT_CLASS (duo_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-call", NULL, new_call);
  gtk_widget_class_install_action (widget_class, "win.join", NULL, focus_link);
  gtk_widget_class_install_action (widget_class, "win.home", NULL, home);
  gtk_widget_class_install_action (widget_class, "win.join-call", NULL, join_call);
  gtk_widget_class_install_action (widget_class, "win.rejoin", NULL, rejoin);
  gtk_widget_class_install_action (widget_class, "win.hang-up", NULL, hang_up);
  gtk_widget_class_install_action (widget_class, "win.chime", NULL, play_chime);
  gtk_widget_class_install_action (widget_class, "win.copy-link", NULL, copy_link);
  gtk_widget_class_install_property_action (widget_class, "win.fullscreen", "fullscreened");
}

static void
duo_window_class_init (DuoWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_window_dispose;
  widget_class->unrealize = duo_window_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = duo_window_close_request;
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoWindow, toasts);
}

static void
duo_window_init (DuoWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->home = DUO_HOME_VIEW (g_object_ref_sink (duo_home_view_new ()));
  g_signal_connect_object (self->home, "join", G_CALLBACK (on_join), self, G_CONNECT_SWAPPED);
}

/**
 * duo_window_new:
 *
 * Returns: (transfer none): a new window on its first page, not yet shown
 */
DuoWindow *
duo_window_new (DuoApplication *application)
{
  DuoWindow *self = g_object_new (DUO_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (duo_application_get_settings (application));
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  duo_home_view_follow_settings (self->home, self->settings);
  go_home (self);
  return self;
}

/**
 * duo_window_open:
 * @request: a call
 *
 * Goes to a call's lobby, or into the call if that is what is asked for. If there is a call
 * already, asks whether to leave it.
 */
void
duo_window_open (DuoWindow *self, const DuoCallRequest *request)
{
  Opening *opening = NULL;

  g_return_if_fail (DUO_IS_WINDOW (self));

  if (get_running_call (self) == NULL) {
    open_now (self, request);
    return;
  }
  if (duo_join_link_equal (duo_call_flow_get_request (self->flow)->link, request->link))
    return;
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->request = duo_call_request_copy (request);
  duo_leave_dialog_present (GTK_WINDOW (self),
                            _ ("The other call can only begin when this one is over."),
                            _ ("_Leave"),
                            on_left_to_open,
                            opening,
                            opening_free);
}

/**
 * duo_window_set_defaults:
 * @server: (nullable): the server of new calls instead of the one of the preferences
 * @name: (nullable): the person's name in calls to come instead of the one of the preferences
 * @test_media: whether calls have a test picture and a tone instead of devices
 *
 * Takes over what the command line said for this run of the program.
 */
void
duo_window_set_defaults (DuoWindow *self, const char *server, const char *name, gboolean test_media)
{
  g_return_if_fail (DUO_IS_WINDOW (self));

  if (server != NULL) {
    g_settings_unbind (self->home, "server");
    g_object_set (self->home, "server", server, NULL);
    g_free (self->server);
    self->server = g_strdup (server);
  }
  if (name != NULL)
    duo_home_view_use_name (self->home, name);
  self->test_media |= test_media;
}

/**
 * duo_window_show_problem:
 * @heading: what went wrong
 * @body: what to do about it
 *
 * Shows a dialog.
 */
void
duo_window_show_problem (DuoWindow *self, const char *heading, const char *body)
{
  GtkWidget *dialog = NULL;

  g_return_if_fail (DUO_IS_WINDOW (self));

  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * duo_window_add_toast:
 * @toast: (transfer full): what to say over the page that is open
 */
void
duo_window_add_toast (DuoWindow *self, AdwToast *toast)
{
  g_return_if_fail (DUO_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toasts, toast);
}
