/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-network-group.h"

#include "duo-ice-row.h"
#include "duo-ice-uri.h"

#include <glib/gi18n.h>

/* Typing is over for now. */
#define SAVE_DELAY 700 /* ms */

/**
 * DuoNetworkGroup:
 *
 * The preferences for the way from one person to the other: STUN and TURN servers of one's own, and
 * whether only a relay will do. They hold from the next call on.
 */
struct _DuoNetworkGroup {
  AdwPreferencesGroup parent_instance;

  /* Template */
  GtkSwitch *relay_only;
  GtkWidget *problem;
  GtkWidget *add;

  /* Owned */
  GPtrArray *rows;
  char *directory; /* nullable */

  guint save_id;
};

G_DEFINE_FINAL_TYPE (DuoNetworkGroup, duo_network_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
save_cb (gpointer user_data)
{
  DuoNetworkGroup *self = user_data;

  self->save_id = 0;
  duo_network_group_save (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (DuoNetworkGroup *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_DELAY, save_cb, self);
}

static void
update_add (DuoNetworkGroup *self)
{
  gtk_widget_set_visible (self->add, self->rows->len < DUO_ICE_URIS_MAX);
}

static void
removed_cb (DuoNetworkGroup *self, DuoIceRow *row)
{
  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
  update_add (self);
  gtk_widget_grab_focus (self->add);
  changed_cb (self);
}

static DuoIceRow *
add_row (DuoNetworkGroup *self, const DuoIceEntry *entry)
{
  GtkWidget *row = duo_ice_row_new (entry);

  g_ptr_array_add (self->rows, g_object_ref_sink (row));
  /* The row for another one stays the last. */
  g_object_ref (self->add);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->add);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add);
  g_object_unref (self->add);
  update_add (self);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  return DUO_ICE_ROW (row);
}

static void
add_cb (DuoNetworkGroup *self)
{
  duo_ice_row_edit (add_row (self, NULL));
}

static void
duo_network_group_dispose (GObject *object)
{
  DuoNetworkGroup *self = DUO_NETWORK_GROUP (object);

  /* What was typed last is not lost with the window. */
  if (self->save_id != 0)
    duo_network_group_save (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->directory, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_NETWORK_GROUP);

  G_OBJECT_CLASS (duo_network_group_parent_class)->dispose (object);
}

static void
duo_network_group_class_init (DuoNetworkGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_network_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-network-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoNetworkGroup, relay_only);
  gtk_widget_class_bind_template_child (widget_class, DuoNetworkGroup, problem);
  gtk_widget_class_bind_template_child (widget_class, DuoNetworkGroup, add);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
duo_network_group_init (DuoNetworkGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * duo_network_group_follow:
 * @self: the group
 * @settings: the settings of the program
 * @directory: (nullable): where the servers are kept, %NULL for the user's state directory
 *
 * Shows what is set, and sets what is changed. To be done once.
 */
void
duo_network_group_follow (DuoNetworkGroup *self, GSettings *settings, const char *directory)
{
  g_autoptr (GPtrArray) entries = NULL;

  g_return_if_fail (DUO_IS_NETWORK_GROUP (self));
  g_return_if_fail (self->rows->len == 0);

  self->directory = g_strdup (directory);
  entries = duo_ice_store_load (directory);
  for (guint i = 0; i < entries->len; i++)
    add_row (self, g_ptr_array_index (entries, i));
  g_settings_bind (settings, "relay-only", self->relay_only, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * duo_network_group_edit:
 * @self: the group
 *
 * Puts the focus on the switch that comes first.
 */
void
duo_network_group_edit (DuoNetworkGroup *self)
{
  g_return_if_fail (DUO_IS_NETWORK_GROUP (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->relay_only));
}

/**
 * duo_network_group_save:
 * @self: the group
 *
 * Keeps the servers that are right as they are typed now, rather than in a moment.
 */
void
duo_network_group_save (DuoNetworkGroup *self)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) duo_ice_entry_free);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DUO_IS_NETWORK_GROUP (self));

  g_clear_handle_id (&self->save_id, g_source_remove);
  for (guint i = 0; i < self->rows->len; i++) {
    DuoIceEntry *entry = duo_ice_row_dup_entry (g_ptr_array_index (self->rows, i));

    if (entry != NULL)
      g_ptr_array_add (entries, entry);
  }
  duo_ice_store_save (self->directory, entries, &error);
  gtk_widget_set_visible (self->problem, error != NULL);
  if (error != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem), error->message);
}
