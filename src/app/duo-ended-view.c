/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ended-view.h"

#include "duo-end-text.h"

#include <glib/gi18n.h>

/**
 * DuoEndedView:
 *
 * The page after a call: why it ended, how long it was, and where to go from here. Its buttons
 * activate `win.rejoin`, `win.new-call`, `win.home` and `app.access`.
 */
struct _DuoEndedView {
  AdwBin parent_instance;

  /* Template */
  AdwStatusPage *status;
  GtkWidget *duration;
  GtkLabel *duration_label;
  GtkWidget *preferences;
  GtkWidget *rejoin;
  GtkWidget *new_call;
};

G_DEFINE_FINAL_TYPE (DuoEndedView, duo_ended_view, ADW_TYPE_BIN)

static void
duo_ended_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_ENDED_VIEW);

  G_OBJECT_CLASS (duo_ended_view_parent_class)->dispose (object);
}

static void
duo_ended_view_class_init (DuoEndedViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_ended_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-ended-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoEndedView, status);
  gtk_widget_class_bind_template_child (widget_class, DuoEndedView, duration);
  gtk_widget_class_bind_template_child (widget_class, DuoEndedView, duration_label);
  gtk_widget_class_bind_template_child (widget_class, DuoEndedView, rejoin);
  gtk_widget_class_bind_template_child (widget_class, DuoEndedView, preferences);
  gtk_widget_class_bind_template_child (widget_class, DuoEndedView, new_call);
}

static void
duo_ended_view_init (DuoEndedView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_ended_view_new:
 *
 * Returns: (transfer floating): the page, to be filled by duo_ended_view_show()
 */
GtkWidget *
duo_ended_view_new (void)
{
  return g_object_new (DUO_TYPE_ENDED_VIEW, NULL);
}

static void
set_prominent (GtkWidget *widget, gboolean prominent)
{
  if (prominent)
    gtk_widget_add_css_class (widget, "suggested-action");
  else
    gtk_widget_remove_css_class (widget, "suggested-action");
}

/**
 * duo_ended_view_show:
 * @reason: why the call ended
 * @remote_name: (nullable): the other's name, if there was one
 * @link: the call
 * @detail: (nullable): what exactly failed
 * @duration: how long the two saw each other, in microseconds; 0 if they never did
 *
 * Says how the call ended. Where rejoining makes no sense, a new call is what is offered first; and
 * the preferences where they are to blame.
 */
void
duo_ended_view_show (DuoEndedView *self,
                     DuoCallEndReason reason,
                     const char *remote_name,
                     DuoJoinLink *link,
                     const char *detail,
                     gint64 duration)
{
  gboolean may_rejoin = reason != DUO_CALL_END_EXPIRED && !duo_end_text_is_alarming (reason);
  gboolean may_mend = duo_end_text_is_mended_by_preferences (reason);
  g_autofree char *body = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (DUO_IS_ENDED_VIEW (self));

  body = duo_end_text_dup_body (reason, remote_name, duo_join_link_get_host (link), detail);
  escaped = g_markup_escape_text (body, -1);
  adw_status_page_set_title (self->status, duo_end_text_get_title (reason));
  adw_status_page_set_description (self->status, escaped);
  adw_status_page_set_icon_name (self->status, duo_end_text_get_icon (reason));
  if (duo_end_text_is_alarming (reason))
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "alarming");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "alarming");

  if (duration > 0) {
    g_autofree char *length = duo_end_text_dup_duration (duration);

    gtk_label_set_label (self->duration_label, length);
  }
  gtk_widget_set_visible (self->duration, duration > 0);
  gtk_widget_set_visible (self->rejoin, may_rejoin);
  gtk_widget_set_visible (self->preferences, may_mend);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->preferences),
                                    "s",
                                    reason == DUO_CALL_END_NOT_ALLOWED
                                      ? duo_join_link_get_server (link)
                                      : "");
  set_prominent (self->preferences, may_mend);
  set_prominent (self->rejoin, may_rejoin && !may_mend);
  set_prominent (self->new_call, !may_rejoin);
  if (may_mend)
    gtk_widget_grab_focus (self->preferences);
  else
    gtk_widget_grab_focus (may_rejoin ? self->rejoin : self->new_call);
}
