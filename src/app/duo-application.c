/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-application.h"

#include "duo-window.h"

#include <glib/gi18n.h>

/**
 * DuoApplication:
 *
 * The one process behind the windows: command line, application-wide actions and what lives as
 * long as the program.
 */
struct _DuoApplication {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (DuoApplication, duo_application, ADW_TYPE_APPLICATION)

static DuoWindow *
present_window (DuoApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (duo_window_new (self));
  gtk_window_present (window);
  return DUO_WINDOW (window);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DuoApplication *self = DUO_APPLICATION (user_data);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL)
    gtk_window_close (window);
}

static void
duo_application_activate (GApplication *application)
{
  present_window (DUO_APPLICATION (application));
}

static void
duo_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", on_quit },
  };
  static const struct {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.quit", { "<Control>q" } },       { "app.preferences", { "<Control>comma" } },
    { "win.new-call", { "<Control>n" } },   { "win.join", { "<Control>l" } },
    { "win.microphone", { "<Control>d" } }, { "win.camera", { "<Control>e" } },
    { "win.fullscreen", { "F11" } },        { "window.close", { "<Control>w" } },
  };

  G_APPLICATION_CLASS (duo_application_parent_class)->startup (application);

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
duo_application_class_init (DuoApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = duo_application_activate;
  application_class->startup = duo_application_startup;
}

static void
duo_application_init (DuoApplication *self)
{
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
                       NULL);
}
