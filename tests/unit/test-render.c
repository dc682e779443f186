/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "duo-picture-maker.h"
#include "duo-render-device.h"

static void
test_device (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("duologue-XXXXXX", &error);
  g_autofree char *missing = NULL;
  g_autofree char *node = NULL;

  g_assert_no_error (error);
  missing = g_build_filename (directory, "missing", NULL);
  node = g_build_filename (directory, "renderD128", NULL);
  g_assert_false (duo_render_device_is_present (missing));
  g_assert_false (duo_render_device_is_present (directory));

  /* Something of that name that is no graphics processor. */
  g_assert_true (g_file_set_contents (node, "", 0, &error));
  g_assert_no_error (error);
  g_assert_false (duo_render_device_is_present (directory));

  g_assert_cmpint (g_remove (node), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

typedef struct {
  int frame[2];
  int drawn[2];
  int expected[2];
} Size;

static void
test_size (void)
{
  static const Size cases[] = {
    /* Not drawn yet */
    { { 1280, 720 }, { 0, 0 }, { 1280, 720 } },
    { { 1280, 720 }, { 0, 10 }, { 1280, 720 } },
    { { 1280, 720 }, { 10, 0 }, { 1280, 720 } },
    /* Half of the area or less */
    { { 1280, 720 }, { 640, 360 }, { 640, 360 } },
    { { 1280, 720 }, { 1280, 360 }, { 1280, 360 } },
    { { 3840, 2160 }, { 1920, 1080 }, { 1920, 1080 } },
    { { 641, 361 }, { 1, 1 }, { 1, 1 } },
    /* More */
    { { 1280, 720 }, { 1280, 361 }, { 1280, 720 } },
    { { 1280, 720 }, { 1000, 562 }, { 1280, 720 } },
    { { 640, 360 }, { 1920, 1080 }, { 640, 360 } },
    { { 1, 1 }, { 1, 1 }, { 1, 1 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Size *size = &cases[i];
    GstVideoInfo info;
    int columns;
    int rows;

    g_assert_true (
      gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, size->frame[0], size->frame[1]));
    duo_picture_maker_choose_size (&info, size->drawn[0], size->drawn[1], &columns, &rows);
    g_assert_cmpint (columns, ==, size->expected[0]);
    g_assert_cmpint (rows, ==, size->expected[1]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/device", test_device);
  g_test_add_func ("/render/size", test_size);

  return g_test_run ();
}
