/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices that come and go while one of them is shown; only people pick. */

#include "config.h"

#include "duo-device-row.h"
#include "ui-page.h"

static guint n_picked;

static void
on_picked (DuoDeviceRow *row, DuoDevice *device, char **id)
{
  g_free (*id);
  *id = g_strdup (duo_device_get_id (device));
  n_picked++;
}

static DuoDevice *
append (GListStore *store, const char *id)
{
  DuoDevice *device = duo_device_new (DUO_DEVICE_CAMERA, id, id, NULL);

  g_list_store_append (store, device);
  g_object_unref (device);
  return device;
}

static const char *
get_shown (DuoDeviceRow *row)
{
  DuoDevice *device = adw_combo_row_get_selected_item (ADW_COMBO_ROW (row));

  return device != NULL ? duo_device_get_id (device) : NULL;
}

static void
test_hotplug (void)
{
  g_autoptr (GListStore) store = g_list_store_new (DUO_TYPE_DEVICE);
  DuoDeviceRow *row = g_object_ref_sink (g_object_new (DUO_TYPE_DEVICE_ROW, NULL));
  g_autofree char *picked = NULL;
  DuoDevice *second = NULL;

  n_picked = 0;
  g_signal_connect (row, "picked", G_CALLBACK (on_picked), &picked);
  duo_device_row_set_devices (row, G_LIST_MODEL (store));
  ui_settle ();
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (row)));

  append (store, "first");
  second = append (store, "second");
  append (store, "third");
  duo_device_row_set_active (row, second);
  ui_settle ();
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (row)));
  g_assert_cmpstr (get_shown (row), ==, "second");

  /* Unplugged, plugged in again, and others before it. */
  g_list_store_remove (store, 1);
  ui_settle ();
  g_assert_cmpstr (get_shown (row), !=, "second");
  append (store, "second");
  ui_settle ();
  g_assert_cmpstr (get_shown (row), ==, "second");
  g_list_store_remove (store, 0);
  ui_settle ();
  g_assert_cmpstr (get_shown (row), ==, "second");
  g_list_store_remove_all (store);
  ui_settle ();
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (row)));
  g_assert_cmpuint (n_picked, ==, 0);

  append (store, "fourth");
  append (store, "second");
  ui_settle ();
  g_assert_cmpstr (get_shown (row), ==, "second");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  g_assert_cmpstr (picked, ==, "fourth");
  g_assert_cmpuint (n_picked, ==, 1);

  duo_device_row_set_devices (row, NULL);
  g_assert_finalize_object (row);
}

static void
use_last (GListModel *devices, guint position, guint removed, guint added, DuoDeviceRow *row)
{
  guint n_devices = g_list_model_get_n_items (devices);
  g_autoptr (DuoDevice) last =
    n_devices > 0 ? g_list_model_get_item (devices, n_devices - 1) : NULL;

  duo_device_row_set_active (row, last);
}

/* As with real devices: what is in use changes while the list still tells of its change. */
static void
test_reentrance (void)
{
  g_autoptr (GListStore) store = g_list_store_new (DUO_TYPE_DEVICE);
  GtkWidget *list = gtk_list_box_new ();
  DuoDeviceRow *row = g_object_new (DUO_TYPE_DEVICE_ROW, NULL);
  GtkWindow *window = NULL;

  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (row));
  window = ui_page_present (list, 360, 200);
  append (store, "first");
  g_signal_connect (store, "items-changed", G_CALLBACK (use_last), row);
  duo_device_row_set_devices (row, G_LIST_MODEL (store));
  for (guint i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf ("device-%u", i);

    append (store, id);
    ui_settle ();
    g_assert_cmpstr (get_shown (row), ==, id);
  }
  while (g_list_model_get_n_items (G_LIST_MODEL (store)) > 0) {
    g_list_store_remove (store, 0);
    ui_settle ();
  }
  append (store, "again");
  ui_settle ();
  g_assert_cmpstr (get_shown (row), ==, "again");
  gtk_window_destroy (window);
  g_signal_handlers_disconnect_by_func (store, use_last, row);
}

int
main (int argc, char *argv[])
{
  ui_page_init (&argc, &argv);

  g_test_add_func ("/device-row/hotplug", test_hotplug);
  g_test_add_func ("/device-row/reentrance", test_reentrance);
  return g_test_run ();
}
