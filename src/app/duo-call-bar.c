/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-bar.h"

#include <glib/gi18n.h>

/**
 * DuoCallBar:
 *
 * What one can do in a call: microphone, camera, full screen, hang up.
 */
struct _DuoCallBar {
  AdwBin parent_instance;

  /* Template */
  GtkWidget *microphone;
  GtkWidget *camera;
  GtkWidget *fullscreen;
  GtkWidget *hang_up;

  /* Owned */
  DuoCall *call;

  /* Borrowed */
  GtkWindow *window;
};

G_DEFINE_FINAL_TYPE (DuoCallBar, duo_call_bar, ADW_TYPE_BIN)

/* The label says the state in words as well, since what "pressed" means on a microphone is
 * anybody's guess. */
static void
describe (GtkWidget *button, const char *icon_name, const char *label, const char *tooltip)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon_name);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

static void
update_microphone (DuoCallBar *self)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->microphone)))
    describe (self->microphone,
              "duo-microphone-symbolic",
              _ ("Microphone on"),
              _ ("Turn Microphone Off (Ctrl+D)"));
  else
    describe (self->microphone,
              "duo-microphone-off-symbolic",
              _ ("Microphone off"),
              _ ("Turn Microphone On (Ctrl+D)"));
}

static void
update_camera (DuoCallBar *self)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->camera)))
    describe (self->camera, "duo-camera-symbolic", _ ("Camera on"), _ ("Turn Camera Off (Ctrl+E)"));
  else
    describe (self->camera,
              "duo-camera-off-symbolic",
              _ ("Camera off"),
              _ ("Turn Camera On (Ctrl+E)"));
}

static void
update_fullscreen (DuoCallBar *self)
{
  gboolean is_full = self->window != NULL && gtk_window_is_fullscreen (self->window);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->fullscreen), is_full);
  describe (self->fullscreen,
            is_full ? "view-restore-symbolic" : "view-fullscreen-symbolic",
            _ ("Full screen"),
            is_full ? _ ("Leave Full Screen (F11)") : _ ("Full Screen (F11)"));
}

static void
fullscreen_clicked_cb (DuoCallBar *self)
{
  if (self->window == NULL)
    return;

  if (gtk_window_is_fullscreen (self->window))
    gtk_window_unfullscreen (self->window);
  else
    gtk_window_fullscreen (self->window);
}

static void
hang_up_clicked_cb (DuoCallBar *self)
{
  duo_call_hang_up (self->call);
}

static void
duo_call_bar_root (GtkWidget *widget)
{
  DuoCallBar *self = DUO_CALL_BAR (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (duo_call_bar_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root)) {
    self->window = GTK_WINDOW (root);
    g_signal_connect_object (root,
                             "notify::fullscreened",
                             G_CALLBACK (update_fullscreen),
                             self,
                             G_CONNECT_SWAPPED);
  }
  update_fullscreen (self);
}

static void
duo_call_bar_unroot (GtkWidget *widget)
{
  DuoCallBar *self = DUO_CALL_BAR (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;

  GTK_WIDGET_CLASS (duo_call_bar_parent_class)->unroot (widget);
}

static void
duo_call_bar_dispose (GObject *object)
{
  DuoCallBar *self = DUO_CALL_BAR (object);

  g_clear_object (&self->call);
  gtk_widget_dispose_template (GTK_WIDGET (self), DUO_TYPE_CALL_BAR);

  G_OBJECT_CLASS (duo_call_bar_parent_class)->dispose (object);
}

static void
duo_call_bar_class_init (DuoCallBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_call_bar_dispose;
  widget_class->root = duo_call_bar_root;
  widget_class->unroot = duo_call_bar_unroot;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-call-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoCallBar, microphone);
  gtk_widget_class_bind_template_child (widget_class, DuoCallBar, camera);
  gtk_widget_class_bind_template_child (widget_class, DuoCallBar, fullscreen);
  gtk_widget_class_bind_template_child (widget_class, DuoCallBar, hang_up);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, hang_up_clicked_cb);
}

static void
duo_call_bar_init (DuoCallBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_call_bar_set_call:
 * @self: the bar, without a call so far
 * @call: the call to control
 */
void
duo_call_bar_set_call (DuoCallBar *self, DuoCall *call)
{
  GBindingFlags both_ways = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_return_if_fail (DUO_IS_CALL_BAR (self));
  g_return_if_fail (DUO_IS_CALL (call));
  g_return_if_fail (self->call == NULL);

  self->call = g_object_ref (call);
  g_object_bind_property (call, "microphone-enabled", self->microphone, "active", both_ways);
  g_object_bind_property (call, "camera-enabled", self->camera, "active", both_ways);
  g_signal_connect_object (self->microphone,
                           "notify::active",
                           G_CALLBACK (update_microphone),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera,
                           "notify::active",
                           G_CALLBACK (update_camera),
                           self,
                           G_CONNECT_SWAPPED);
  update_microphone (self);
  update_camera (self);
}
