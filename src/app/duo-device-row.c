/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-device-row.h"

#include <glib/gi18n.h>

/**
 * DuoDeviceRow:
 *
 * A list row to pick one of the devices of a kind. It follows devices that come and go; only what a
 * person picks is told, by #DuoDeviceRow::picked.
 */
struct _DuoDeviceRow {
  AdwComboRow parent_instance;

  /* Owned */
  GListModel *devices;
  char *active_id;

  guint show_source;

  /* The list is changing, or the active device is to be shown: nobody picks anything. */
  gboolean following;
};

enum {
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoDeviceRow, duo_device_row, ADW_TYPE_COMBO_ROW)

static gboolean
show_active (gpointer user_data)
{
  DuoDeviceRow *self = DUO_DEVICE_ROW (user_data);
  guint n_devices = self->devices != NULL ? g_list_model_get_n_items (self->devices) : 0;
  DuoDevice *selected;

  self->following = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self), n_devices > 0);
  for (guint i = 0; i < n_devices && self->active_id != NULL; i++) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (self->devices, i);

    if (g_str_equal (duo_device_get_id (device), self->active_id))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
  }

  /* The parent class does this when the choice changes, but not in every version when there is one
   * for the first time. */
  selected = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               selected != NULL ? duo_device_get_label (selected)
                                                : _ ("None found"));
  self->following = FALSE;
  self->show_source = 0;
  return G_SOURCE_REMOVE;
}

/* Not at once: word of another device may come while the list still tells of the change, and GTK's
 * selection crashes when it is set before it has heard of it itself. */
static void
queue_show_active (DuoDeviceRow *self)
{
  self->following = TRUE;
  if (self->show_source == 0)
    self->show_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_active, self, NULL);
}

static void
on_selected_item (DuoDeviceRow *self)
{
  DuoDevice *device = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  if (self->following || device == NULL ||
      g_strcmp0 (self->active_id, duo_device_get_id (device)) == 0)
    return;
  g_free (self->active_id);
  self->active_id = g_strdup (duo_device_get_id (device));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, device);
}

static void
duo_device_row_dispose (GObject *object)
{
  DuoDeviceRow *self = DUO_DEVICE_ROW (object);

  duo_device_row_set_devices (self, NULL);
  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_pointer (&self->active_id, g_free);

  G_OBJECT_CLASS (duo_device_row_parent_class)->dispose (object);
}

static void
duo_device_row_class_init (DuoDeviceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = duo_device_row_dispose;

  /**
   * DuoDeviceRow::picked:
   * @self: the row
   * @device: the device
   *
   * Somebody chose another device.
   */
  signals[SIGNAL_PICKED] = g_signal_new ("picked",
                                         DUO_TYPE_DEVICE_ROW,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         DUO_TYPE_DEVICE);
}

static void
duo_device_row_init (DuoDeviceRow *self)
{
  g_autoptr (GtkExpression) label = gtk_property_expression_new (DUO_TYPE_DEVICE, NULL, "label");

  adw_combo_row_set_expression (ADW_COMBO_ROW (self), label);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self), TRUE);
  g_signal_connect (self, "notify::selected-item", G_CALLBACK (on_selected_item), NULL);
  queue_show_active (self);
}

/**
 * duo_device_row_set_devices:
 * @devices: (nullable): a list of #DuoDevice of one kind
 *
 * Says what there is to pick from.
 */
void
duo_device_row_set_devices (DuoDeviceRow *self, GListModel *devices)
{
  g_return_if_fail (DUO_IS_DEVICE_ROW (self));

  if (self->devices == devices)
    return;
  self->following = TRUE;
  if (self->devices != NULL) {
    g_signal_handlers_disconnect_by_data (self->devices, self);
    adw_combo_row_set_model (ADW_COMBO_ROW (self), NULL);
  }
  g_set_object (&self->devices, devices);
  if (devices != NULL) {
    /* Before the handlers of the parent class, which choose another item when theirs goes away. */
    g_signal_connect_object (devices,
                             "items-changed",
                             G_CALLBACK (queue_show_active),
                             self,
                             G_CONNECT_SWAPPED);
    adw_combo_row_set_model (ADW_COMBO_ROW (self), devices);
  }
  queue_show_active (self);
}

/**
 * duo_device_row_set_active:
 * @device: (nullable): the device that is in use
 *
 * Shows which device is in use. It may come into the list later.
 */
void
duo_device_row_set_active (DuoDeviceRow *self, DuoDevice *device)
{
  duo_device_row_set_active_id (self, device != NULL ? duo_device_get_id (device) : NULL);
}

/**
 * duo_device_row_set_active_id:
 * @id: (nullable): the id of the device that is in use
 *
 * The same as duo_device_row_set_active() for a device that is perhaps not there.
 */
void
duo_device_row_set_active_id (DuoDeviceRow *self, const char *id)
{
  g_return_if_fail (DUO_IS_DEVICE_ROW (self));

  g_free (self->active_id);
  self->active_id = g_strdup (id);
  queue_show_active (self);
}
