/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-application.h"

#include "duo-about.h"
#include "duo-command-line.h"
#include "duo-link-text.h"
#include "duo-local-host.h"
#include "duo-preferences-window.h"
#include "duo-window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* What was asked for makes no sense, or could not be done. */
#define EXIT_USAGE 2
/* For GApplication: go on with the command line. */
#define CONTINUE (-1)

/* What the starting process tells the running one besides the options. */
#define FROM_DESKTOP "from-desktop"

/**
 * DuoApplication:
 *
 * The one process behind the window: command line, application-wide actions and what lives as long
 * as the program. A second start hands its command line to the first.
 */
struct _DuoApplication {
  AdwApplication parent_instance;

  /* Owned */
  GSettings *settings;
  DuoLocalHost *host;
  DuoDeviceMonitor *monitor;
};

G_DEFINE_FINAL_TYPE (DuoApplication, duo_application, ADW_TYPE_APPLICATION)

static DuoWindow *
present_window (DuoApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));
  GtkWindow *window = NULL;

  for (GList *l = windows; l != NULL && window == NULL; l = l->next)
    window = DUO_IS_WINDOW (l->data) ? l->data : NULL;
  if (window == NULL)
    window = GTK_WINDOW (duo_window_new (self));
  gtk_window_present (window);
  return DUO_WINDOW (window);
}

static char *
dup_default_server (DuoApplication *self)
{
  g_autofree char *server = g_settings_get_string (self->settings, "server");

  return *server != '\0' ? g_steal_pointer (&server) : NULL;
}

/* With a server as parameter: to the access token for it; with "": to what concerns no server. */
static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DuoApplication *self = DUO_APPLICATION (user_data);
  const char *server = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;
  DuoPreferencesWindow *window =
    duo_preferences_window_present (self->settings,
                                    duo_application_get_monitor (self),
                                    NULL,
                                    GTK_WINDOW (present_window (self)));

  if (server != NULL && *server != '\0')
    duo_preferences_window_show_access (window, server);
  else if (server != NULL)
    duo_preferences_window_show_connection (window);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  duo_about_present (GTK_WINDOW (present_window (DUO_APPLICATION (user_data))));
}

static void
on_present (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  present_window (DUO_APPLICATION (user_data));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  /* The window asks first if there is a call. */
  gtk_window_close (GTK_WINDOW (present_window (DUO_APPLICATION (user_data))));
}

/* Whoever ends the program from outside means it: hang up, say goodbye, do not ask. */
static gboolean
on_terminate (gpointer user_data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (user_data));
  g_autolist (GtkWindow) copy =
    g_list_copy_deep (windows, (GCopyFunc) (GCallback) g_object_ref, NULL);

  /* Dialogs first: they look at the window that they belong to. */
  for (GList *l = copy; l != NULL; l = l->next) {
    if (!DUO_IS_WINDOW (l->data))
      gtk_window_destroy (l->data);
  }
  for (GList *l = copy; l != NULL; l = l->next) {
    if (DUO_IS_WINDOW (l->data))
      gtk_window_destroy (l->data);
  }
  return G_SOURCE_CONTINUE;
}

static void
duo_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "preferences", on_preferences },
    { "access", on_preferences, "s" },
    { "about", on_about },
    { "present", on_present },
    { "quit", on_quit },
  };
  static const struct {
    const char *action;
    const char *accels[2];
  } accels[] = {
    { "app.quit", { "<Control>q" } },       { "app.preferences", { "<Control>comma" } },
    { "win.new-call", { "<Control>n" } },   { "win.join", { "<Control>l" } },
    { "win.microphone", { "<Control>d" } }, { "win.camera", { "<Control>e" } },
    { "win.fullscreen", { "F11" } },        { "window.close", { "<Control>w" } },
  };

  G_APPLICATION_CLASS (duo_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  g_unix_signal_add (SIGINT, on_terminate, application);
  g_unix_signal_add (SIGTERM, on_terminate, application);
  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   actions,
                                   G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                           accels[i].action,
                                           accels[i].accels);
}

static void
duo_application_activate (GApplication *application)
{
  present_window (DUO_APPLICATION (application));
}

static void
duo_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  DuoApplication *self = DUO_APPLICATION (application);
  g_autofree char *server = dup_default_server (self);
  DuoWindow *window = present_window (self);

  for (int i = 0; i < n_files; i++) {
    g_autofree char *uri = g_file_get_uri (files[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (DuoJoinLink) link = duo_join_link_parse (uri, server, &error);

    if (link != NULL) {
      g_autoptr (DuoCallRequest) request = duo_call_request_new (link);

      duo_window_open (window, request);
    } else {
      duo_window_show_problem (window,
                               _ ("This Link Cannot Be Opened"),
                               duo_link_text_get_problem (error));
    }
  }
}

static DuoCallRequest *
make_request (DuoApplication *self, const DuoCommandLine *line, GError **error)
{
  g_autoptr (DuoCallRequest) request = NULL;

  if (line->link != NULL)
    request = duo_call_request_new (line->link);
  else
    request = duo_application_new_call (self, line->server, error);
  if (request == NULL)
    return NULL;
  request->join = line->join;
  request->camera = line->camera;
  request->microphone = line->microphone;
  request->test_media = line->test_media;
  request->name = g_strdup (line->name);
  return g_steal_pointer (&request);
}

/* Says on the caller's terminal what is wrong, and in a dialog to those who have none. */
static int
refuse (DuoApplication *self, GApplicationCommandLine *command_line, const GError *error)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);

  g_application_command_line_printerr (command_line, "%s: %s\n", "duologue", error->message);
  if (g_variant_dict_contains (options, FROM_DESKTOP))
    duo_window_show_problem (present_window (self),
                             _ ("This Call Cannot Be Opened"),
                             error->message);
  return EXIT_USAGE;
}

static void
hand_out_link (DuoWindow *window, GApplicationCommandLine *command_line, DuoJoinLink *link)
{
  g_autofree char *text = duo_join_link_to_string (link);

  g_application_command_line_print (command_line, "%s\n", text);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), text);
}

static int
duo_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  DuoApplication *self = DUO_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree char *server = dup_default_server (self);
  g_autoptr (DuoCommandLine) line = NULL;
  g_autoptr (DuoCallRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  DuoWindow *window = NULL;

  line = duo_command_line_parse (options, server, &error);
  if (line == NULL)
    return refuse (self, command_line, error);
  if (line->link != NULL || line->new_call) {
    request = make_request (self, line, &error);
    if (request == NULL)
      return refuse (self, command_line, error);
  }

  window = present_window (self);
  /* A name that comes with a call is for that call. */
  duo_window_set_defaults (window,
                           line->server,
                           request == NULL ? line->name : NULL,
                           line->test_media);
  if (request == NULL)
    return EXIT_SUCCESS;
  if (line->copy_link)
    hand_out_link (window, command_line, request->link);
  duo_window_open (window, request);
  return EXIT_SUCCESS;
}

/* Started by a desktop, a browser or a mail program: nobody would read what is printed. Not from
 * getenv(), since GTK takes the tokens of a launch away before main() begins. */
static gboolean
is_from_desktop (void)
{
  static const char *const traces[] = {
    "XDG_ACTIVATION_TOKEN=", "DESKTOP_STARTUP_ID=", "GIO_LAUNCHED_DESKTOP_FILE="
  };
  g_autofree char *environment = NULL;
  gsize length = 0;

  if (isatty (STDIN_FILENO) || isatty (STDOUT_FILENO) || isatty (STDERR_FILENO) ||
      !g_file_get_contents ("/proc/self/environ", &environment, &length, NULL))
    return FALSE;
  for (const char *line = environment; line < environment + length; line += strlen (line) + 1) {
    for (gsize i = 0; i < G_N_ELEMENTS (traces); i++) {
      if (g_str_has_prefix (line, traces[i]))
        return TRUE;
    }
  }
  return FALSE;
}

static int
duo_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  DuoApplication *self = DUO_APPLICATION (application);
  g_autofree char *server = dup_default_server (self);
  g_autoptr (DuoCommandLine) line = NULL;
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("duologue %s\n", PACKAGE_VERSION);
    return EXIT_SUCCESS;
  }
  if (is_from_desktop ()) {
    g_variant_dict_insert (options, FROM_DESKTOP, "b", TRUE);
    return CONTINUE;
  }
  /* On a terminal what makes no sense is told here, without a display and a running program. */
  line = duo_command_line_parse (options, server, &error);
  if (line != NULL)
    return CONTINUE;
  g_printerr ("duologue: %s\n", error->message);
  return EXIT_USAGE;
}

static void
duo_application_shutdown (GApplication *application)
{
  DuoApplication *self = DUO_APPLICATION (application);

  g_clear_object (&self->host);

  G_APPLICATION_CLASS (duo_application_parent_class)->shutdown (application);
}

static void
duo_application_dispose (GObject *object)
{
  DuoApplication *self = DUO_APPLICATION (object);

  g_clear_object (&self->host);
  g_clear_object (&self->monitor);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (duo_application_parent_class)->dispose (object);
}

static void
duo_application_class_init (DuoApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = duo_application_dispose;
  application_class->startup = duo_application_startup;
  application_class->activate = duo_application_activate;
  application_class->open = duo_application_open;
  application_class->command_line = duo_application_command_line;
  application_class->handle_local_options = duo_application_handle_local_options;
  application_class->shutdown = duo_application_shutdown;
}

static void
duo_application_init (DuoApplication *self)
{
  self->settings = g_settings_new (APP_ID);
  self->host = duo_local_host_new (self->settings);
  g_application_add_main_option_entries (G_APPLICATION (self), duo_command_line_entries);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Video calls between two people."));
}

/**
 * duo_application_new:
 *
 * Returns: (transfer full): the application, not yet registered
 */
DuoApplication *
duo_application_new (void)
{
  return g_object_new (DUO_TYPE_APPLICATION,
                       "application-id",
                       APP_ID,
                       "resource-base-path",
                       "/io/github/duologue/Duologue",
                       "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/**
 * duo_application_get_settings:
 *
 * Returns: (transfer none): the settings of the program
 */
GSettings *
duo_application_get_settings (DuoApplication *self)
{
  g_return_val_if_fail (DUO_IS_APPLICATION (self), NULL);

  return self->settings;
}

/**
 * duo_application_get_monitor:
 *
 * The devices are only looked for when the first page that shows them asks, so that the window is
 * there at once.
 *
 * Returns: (transfer none): the devices that are there
 */
DuoDeviceMonitor *
duo_application_get_monitor (DuoApplication *self)
{
  g_return_val_if_fail (DUO_IS_APPLICATION (self), NULL);

  if (self->monitor == NULL) {
    self->monitor = duo_device_monitor_new ();
    duo_device_monitor_start (self->monitor);
  }
  return self->monitor;
}

/**
 * duo_application_new_call:
 * @server: (nullable): the server to use; %NULL for the one of the preferences, which may be this
 *   computer
 * @error: return location for an error whose message is a sentence for people
 *
 * Makes a call with a fresh link.
 *
 * Returns: (transfer full) (nullable): a request to join it
 */
DuoCallRequest *
duo_application_new_call (DuoApplication *self, const char *server, GError **error)
{
  g_autofree char *address = NULL;
  g_autoptr (DuoJoinLink) link = NULL;
  g_autoptr (GError) problem = NULL;
  DuoCallRequest *request = NULL;
  gboolean on_this_computer = FALSE;

  g_return_val_if_fail (DUO_IS_APPLICATION (self), NULL);

  address = server != NULL ? g_strdup (server) : dup_default_server (self);
  if (address == NULL) {
    on_this_computer = TRUE;
    address = duo_local_host_open (self->host, &problem);
  }
  if (address != NULL)
    link = duo_join_link_new (address, &problem);
  if (link == NULL) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_FAILED,
                 /* Translators: %s is a technical reason. */
                 _ ("The call could not be made: %s. Check the server in Preferences."),
                 problem->message);
    return NULL;
  }
  request = duo_call_request_new (link);
  request->own = TRUE;
  request->on_this_computer = on_this_computer;
  return request;
}
