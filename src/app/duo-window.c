/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-window.h"

/**
 * DuoWindow:
 *
 * The window: one page at a time out of home, lobby, call and ended.
 */
struct _DuoWindow {
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay *toasts;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (DuoWindow, duo_window, ADW_TYPE_APPLICATION_WINDOW)

static void
duo_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_WINDOW);

  G_OBJECT_CLASS (duo_window_parent_class)->dispose (object);
}

static void
duo_window_class_init (DuoWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DuoWindow, stack);
  gtk_widget_class_install_property_action (widget_class, "win.fullscreen", "fullscreened");
}

static void
duo_window_init (DuoWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_window_new:
 *
 * Returns: (transfer none): a new window on its first page, not yet shown
 */
DuoWindow *
duo_window_new (DuoApplication *application)
{
  return g_object_new (DUO_TYPE_WINDOW, "application", application, NULL);
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
