/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which device is used after others have been chosen before. */

#include "config.h"

#include "duo-device-choice.h"

static DuoDevice *
make_camera (const char *id)
{
  return duo_device_new (DUO_DEVICE_CAMERA, id, id, NULL);
}

static GListModel *
make_cameras (const char *first, const char *second)
{
  GListStore *store = g_list_store_new (DUO_TYPE_DEVICE);
  g_autoptr (DuoDevice) one = make_camera (first);
  g_autoptr (DuoDevice) two = make_camera (second);

  g_list_store_append (store, one);
  g_list_store_append (store, two);
  return G_LIST_MODEL (store);
}

static void
remember (GSettings *settings, const char *id)
{
  g_autoptr (DuoDevice) device = make_camera (id);

  duo_device_choice_remember (settings, device);
}

static void
assert_found (GSettings *settings, GListModel *cameras, const char *id)
{
  g_autofree char *found = duo_device_choice_find (settings, DUO_DEVICE_CAMERA, cameras);

  g_assert_cmpstr (found, ==, id);
}

static void
test_fallback (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autoptr (GListModel) home = make_cameras ("built-in", "desk");
  g_autoptr (GListModel) travel = make_cameras ("built-in", "tablet");
  g_autoptr (GListModel) away = make_cameras ("x", "y");

  assert_found (settings, home, NULL);
  remember (settings, "built-in");
  assert_found (settings, home, "built-in");
  remember (settings, "desk");
  assert_found (settings, home, "desk");
  assert_found (settings, travel, "built-in");
  /* It may be plugged in yet. */
  assert_found (settings, away, "desk");
  remember (settings, "built-in");
  assert_found (settings, home, "built-in");
}

static void
test_bounds (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_auto (GStrv) kept = NULL;

  for (int i = 0; i < 40; i++) {
    g_autofree char *id = g_strdup_printf ("camera-%d", i / 2);

    remember (settings, id);
  }
  kept = g_settings_get_strv (settings, duo_device_choice_get_key (DUO_DEVICE_CAMERA));
  g_assert_cmpuint (g_strv_length (kept), ==, 8);
  g_assert_cmpstr (kept[0], ==, "camera-19");
  g_assert_cmpstr (kept[7], ==, "camera-12");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/device-choice/fallback", test_fallback);
  g_test_add_func ("/device-choice/bounds", test_bounds);
  return g_test_run ();
}
