/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-safety-popover.h"

#include "duo-call-text.h"
#include "duo-join-link.h"
#include "duo-safety.h"

#include <glib/gi18n.h>

/**
 * DuoSafetyPopover:
 *
 * The four safety emoji with their words, and what they are worth in this call.
 */
struct _DuoSafetyPopover {
  GtkPopover parent_instance;

  /* Template */
  GtkLabel *title;
  GtkWidget *pictures;
  GtkLabel *body;

  /* Borrowed: children of the template */
  GtkLabel *emoji[DUO_SAFETY_N_EMOJI];
  GtkLabel *words[DUO_SAFETY_N_EMOJI];
};

G_DEFINE_FINAL_TYPE (DuoSafetyPopover, duo_safety_popover, GTK_TYPE_POPOVER)

static void
duo_safety_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_SAFETY_POPOVER);

  G_OBJECT_CLASS (duo_safety_popover_parent_class)->dispose (object);
}

static void
duo_safety_popover_class_init (DuoSafetyPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_safety_popover_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/duologue/Duologue/duo-safety-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoSafetyPopover, title);
  gtk_widget_class_bind_template_child (widget_class, DuoSafetyPopover, pictures);
  gtk_widget_class_bind_template_child (widget_class, DuoSafetyPopover, body);
}

static void
duo_safety_popover_init (DuoSafetyPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (int i = 0; i < DUO_SAFETY_N_EMOJI; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

    self->emoji[i] = GTK_LABEL (gtk_label_new (NULL));
    gtk_widget_add_css_class (GTK_WIDGET (self->emoji[i]), "safety-emoji");
    self->words[i] = GTK_LABEL (gtk_label_new (NULL));
    gtk_label_set_wrap (self->words[i], TRUE);
    gtk_label_set_justify (self->words[i], GTK_JUSTIFY_CENTER);
    gtk_widget_add_css_class (GTK_WIDGET (self->words[i]), "caption");
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->emoji[i]));
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words[i]));
    gtk_box_append (GTK_BOX (self->pictures), box);
  }
}

static void
show_pictures (DuoSafetyPopover *self, const guint indices[DUO_SAFETY_N_EMOJI])
{
  for (int i = 0; i < DUO_SAFETY_N_EMOJI; i++) {
    gtk_label_set_label (self->emoji[i], duo_safety_emoji_picture (indices[i]));
    gtk_label_set_label (self->words[i], _ (duo_safety_emoji_word (indices[i])));
  }
}

/**
 * duo_safety_popover_update:
 * @self: the popover
 * @call: the call it is about
 *
 * Shows what is known by now.
 */
void
duo_safety_popover_update (DuoSafetyPopover *self, DuoCall *call)
{
  DuoCallSafety safety = duo_call_get_safety (call);
  gboolean browser = duo_call_get_flag (call, "remote-browser");
  gboolean open_room = duo_call_get_flag (call, "open-room");
  const char *host = duo_join_link_get_host (duo_call_get_link (call));
  g_autofree char *name = duo_call_dup_remote_name (call);
  g_autofree char *title = duo_call_text_safety_title (safety, browser, host);
  g_autofree char *body = duo_call_text_safety_body (safety, browser, open_room, name, host);
  guint indices[DUO_SAFETY_N_EMOJI];
  gboolean has_pictures = duo_call_get_safety_emoji (call, indices);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->body, body);
  gtk_widget_set_visible (self->pictures, has_pictures);
  if (has_pictures)
    show_pictures (self, indices);
}
