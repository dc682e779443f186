/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-keeper.h"

#include <glib/gi18n.h>

#define ARRIVAL "arrival"

/**
 * DuoCallKeeper:
 *
 * What a call asks of the desktop while it lasts: that the computer does not go to sleep, and that
 * the person is called back to the window when the other arrives.
 */
struct _DuoCallKeeper {
  GObject parent_instance;

  /* Owned */
  DuoCall *call;

  /* Borrowed; the window outlives its call */
  GtkWindow *window;
  GtkApplication *application;

  guint inhibit_cookie;
  gboolean arrived;
};

enum {
  SIGNAL_ARRIVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallKeeper, duo_call_keeper, G_TYPE_OBJECT)

static void
notify_of_arrival (DuoCallKeeper *self)
{
  g_autofree char *name = duo_call_dup_remote_name (self->call);
  g_autofree char *title = NULL;
  g_autoptr (GNotification) notification = NULL;

  if (name != NULL && *name != '\0')
    /* Translators: %s is the name of the other person in the call. */
    title = g_strdup_printf (_ ("%s is here"), name);
  else
    title = g_strdup (_ ("The other person is here"));
  notification = g_notification_new (title);
  g_notification_set_body (notification, _ ("Your call has begun."));
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action (notification, "app.present");
  g_application_send_notification (G_APPLICATION (self->application), ARRIVAL, notification);
}

static void
on_state (DuoCallKeeper *self)
{
  /* Once only: a rebuilt connection is no arrival. */
  if (self->arrived || duo_call_get_state (self->call) != DUO_CALL_STATE_CONNECTED)
    return;
  self->arrived = TRUE;
  g_signal_emit (self, signals[SIGNAL_ARRIVED], 0);
  if (!gtk_window_is_active (self->window))
    notify_of_arrival (self);
}

static void
on_active (DuoCallKeeper *self)
{
  if (gtk_window_is_active (self->window))
    g_application_withdraw_notification (G_APPLICATION (self->application), ARRIVAL);
}

static void
duo_call_keeper_dispose (GObject *object)
{
  DuoCallKeeper *self = DUO_CALL_KEEPER (object);

  if (self->inhibit_cookie != 0)
    gtk_application_uninhibit (self->application, self->inhibit_cookie);
  self->inhibit_cookie = 0;
  if (self->application != NULL)
    g_application_withdraw_notification (G_APPLICATION (self->application), ARRIVAL);
  self->application = NULL;
  g_clear_object (&self->call);

  G_OBJECT_CLASS (duo_call_keeper_parent_class)->dispose (object);
}

static void
duo_call_keeper_class_init (DuoCallKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = duo_call_keeper_dispose;

  /**
   * DuoCallKeeper::arrived:
   * @self: the keeper
   *
   * The two see each other for the first time.
   */
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived",
                                          DUO_TYPE_CALL_KEEPER,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
duo_call_keeper_init (DuoCallKeeper *self)
{
}

/**
 * duo_call_keeper_new:
 * @call: the call
 * @window: the window it is in, which belongs to an application
 *
 * Returns: (transfer full): a keeper; it lets go when it is disposed of
 */
DuoCallKeeper *
duo_call_keeper_new (DuoCall *call, GtkWindow *window)
{
  DuoCallKeeper *self = g_object_new (DUO_TYPE_CALL_KEEPER, NULL);

  self->call = g_object_ref (call);
  self->window = window;
  self->application = gtk_window_get_application (window);
  self->inhibit_cookie =
    gtk_application_inhibit (self->application,
                             window,
                             GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND,
                             _ ("A call is going on"));
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window,
                           "notify::is-active",
                           G_CALLBACK (on_active),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}
