/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-safety-popover.h"

#include "duo-safety-text.h"
#include "duo-safety.h"

#include <glib/gi18n.h>

#define PICTURE_WIDTH 54

/**
 * DuoSafetyPopover:
 *
 * The four safety emoji with their words, what they are worth in this call, and a place to say that
 * they were compared.
 */
struct _DuoSafetyPopover {
  GtkPopover parent_instance;

  /* Template */
  GtkLabel *title;
  GtkWidget *pictures;
  GtkLabel *body;
  GtkCheckButton *verified;

  /* Owned */
  DuoCall *call;

  /* Borrowed: children of the template */
  GtkLabel *emoji[DUO_SAFETY_N_EMOJI];
  GtkLabel *words[DUO_SAFETY_N_EMOJI];
};

G_DEFINE_FINAL_TYPE (DuoSafetyPopover, duo_safety_popover, GTK_TYPE_POPOVER)

/* Only what the person does; what the call says is shown by update(). */
static void
toggled_cb (DuoSafetyPopover *self)
{
  gboolean verified = gtk_check_button_get_active (self->verified);

  if (self->call != NULL && duo_call_get_flag (self->call, "verified") != verified)
    g_object_set (self->call, "verified", verified, NULL);
}

static void
duo_safety_popover_dispose (GObject *object)
{
  DuoSafetyPopover *self = DUO_SAFETY_POPOVER (object);

  if (self->call != NULL)
    g_signal_handlers_disconnect_by_data (self->call, self);
  g_clear_object (&self->call);
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
  gtk_widget_class_bind_template_child (widget_class, DuoSafetyPopover, verified);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
duo_safety_popover_init (DuoSafetyPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (int i = 0; i < DUO_SAFETY_N_EMOJI; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

    /* As wide as a word needs: with the longest for all four a narrow window would not do. */
    gtk_widget_set_size_request (box, PICTURE_WIDTH, -1);
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

static void
update (DuoSafetyPopover *self)
{
  g_autofree char *name = duo_call_dup_remote_name (self->call);
  DuoSafetyFacts facts = duo_safety_facts_of (self->call, name);
  g_autofree char *title = duo_safety_text_dup_title (&facts);
  g_autofree char *body = duo_safety_text_dup_body (&facts);
  guint indices[DUO_SAFETY_N_EMOJI];
  gboolean has_pictures = duo_call_get_safety_emoji (self->call, indices);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->body, body);
  gtk_widget_set_visible (self->pictures, has_pictures);
  gtk_widget_set_visible (GTK_WIDGET (self->verified), has_pictures);
  gtk_check_button_set_active (self->verified, facts.verified);
  if (has_pictures)
    show_pictures (self, indices);
}

/**
 * duo_safety_popover_set_call:
 * @self: the popover, without a call so far
 * @call: the call it is about
 */
void
duo_safety_popover_set_call (DuoSafetyPopover *self, DuoCall *call)
{
  g_return_if_fail (DUO_IS_SAFETY_POPOVER (self));
  g_return_if_fail (DUO_IS_CALL (call));
  g_return_if_fail (self->call == NULL);

  self->call = g_object_ref (call);
  g_signal_connect_object (call, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
