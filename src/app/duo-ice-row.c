/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ice-row.h"

#include "duo-ice-text.h"

#include <glib/gi18n.h>

/**
 * DuoIceRow:
 *
 * A STUN or TURN server of the person's own, checked while it is typed. What is not right yet is
 * said, and is no entry.
 */
struct _DuoIceRow {
  AdwExpanderRow parent_instance;

  /* Template */
  GtkEditable *address;
  GtkEditable *username;
  GtkEditable *password;
};

enum {
  CHANGED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoIceRow, duo_ice_row, ADW_TYPE_EXPANDER_ROW)

static char *
dup_address (DuoIceRow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->address)));
}

static void
set_wrong (GtkEditable *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
changed_cb (DuoIceRow *self)
{
  g_autofree char *address = dup_address (self);
  gboolean turn = duo_ice_text_is_turn (address);
  const char *problem = duo_ice_text_get_problem (address,
                                                  gtk_editable_get_text (self->username),
                                                  gtk_editable_get_text (self->password));
  g_autofree char *title = g_markup_escape_text (address, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 *address != '\0' ? title : _ ("New Server"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), problem != NULL ? problem : "");
  set_wrong (self->address,
             *address != '\0' && duo_ice_text_get_problem (address, "user", "password") != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->username), turn);
  gtk_widget_set_visible (GTK_WIDGET (self->password), turn);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
removed_cb (DuoIceRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
duo_ice_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_ICE_ROW);

  G_OBJECT_CLASS (duo_ice_row_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name,
                       DUO_TYPE_ICE_ROW,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       0);
}

static void
duo_ice_row_class_init (DuoIceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_ice_row_dispose;

  /**
   * DuoIceRow::changed:
   *
   * What duo_ice_row_dup_entry() gives may be another.
   */
  signals[CHANGED] = add_signal ("changed");
  /**
   * DuoIceRow::removed:
   *
   * The person wants it gone.
   */
  signals[REMOVED] = add_signal ("removed");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-ice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoIceRow, address);
  gtk_widget_class_bind_template_child (widget_class, DuoIceRow, username);
  gtk_widget_class_bind_template_child (widget_class, DuoIceRow, password);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
}

static void
duo_ice_row_init (DuoIceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (GtkEditable *row, const char *text)
{
  gtk_editable_set_text (row, text != NULL ? text : "");
}

/**
 * duo_ice_row_new:
 * @entry: (nullable): a server, %NULL for one that is yet to be typed
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
duo_ice_row_new (const DuoIceEntry *entry)
{
  DuoIceRow *self = g_object_new (DUO_TYPE_ICE_ROW, NULL);

  if (entry != NULL) {
    show_text (self->address, entry->url);
    show_text (self->username, entry->username);
    show_text (self->password, entry->password);
  }
  changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * duo_ice_row_dup_entry:
 * @self: the row
 *
 * Returns: (transfer full) (nullable): the server, %NULL while what is typed is not right
 */
DuoIceEntry *
duo_ice_row_dup_entry (DuoIceRow *self)
{
  const char *username, *password;
  g_autofree char *address = NULL;
  gboolean turn;

  g_return_val_if_fail (DUO_IS_ICE_ROW (self), NULL);

  address = dup_address (self);
  turn = duo_ice_text_is_turn (address);
  username = gtk_editable_get_text (self->username);
  password = gtk_editable_get_text (self->password);
  if (duo_ice_text_get_problem (address, username, password) != NULL)
    return NULL;

  return duo_ice_entry_new (address, turn ? username : NULL, turn ? password : NULL);
}

/**
 * duo_ice_row_edit:
 * @self: the row
 *
 * Opens it, for its address to be typed.
 */
void
duo_ice_row_edit (DuoIceRow *self)
{
  g_return_if_fail (DUO_IS_ICE_ROW (self));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}
