/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-link-box.h"

#include "duo-qr-paintable.h"

/**
 * DuoLinkBox:
 *
 * The link of a call, ready to be sent: to read, to copy (by `win.copy-link`) and as a QR code.
 */
struct _DuoLinkBox {
  AdwBin parent_instance;

  /* Template */
  GtkLabel *text;
  GtkWidget *qr_button;
  GtkPicture *qr;
};

G_DEFINE_FINAL_TYPE (DuoLinkBox, duo_link_box, ADW_TYPE_BIN)

static void
duo_link_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_LINK_BOX);

  G_OBJECT_CLASS (duo_link_box_parent_class)->dispose (object);
}

static void
duo_link_box_class_init (DuoLinkBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_link_box_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-link-box.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoLinkBox, text);
  gtk_widget_class_bind_template_child (widget_class, DuoLinkBox, qr_button);
  gtk_widget_class_bind_template_child (widget_class, DuoLinkBox, qr);
}

static void
duo_link_box_init (DuoLinkBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_link_box_new:
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
duo_link_box_new (void)
{
  return g_object_new (DUO_TYPE_LINK_BOX, NULL);
}

/**
 * duo_link_box_set_link:
 * @link: the link to show
 */
void
duo_link_box_set_link (DuoLinkBox *self, DuoJoinLink *link)
{
  g_autofree char *text = NULL;
  g_autoptr (GdkPaintable) qr = NULL;

  g_return_if_fail (DUO_IS_LINK_BOX (self));

  text = duo_join_link_to_string (link);
  qr = duo_qr_paintable_new (text);
  gtk_label_set_label (self->text, text);
  gtk_picture_set_paintable (self->qr, qr);
  gtk_widget_set_visible (self->qr_button, qr != NULL);
}
