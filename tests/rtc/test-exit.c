/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A process may end at any moment, also while the key of its connections is being made. */

#include "config.h"

#include "duo-rtc-thread.h"
#include "duo-warm-up.h"

#include <gst/gst.h>

#define MOMENTS 10

static void
test_exit (gconstpointer moment)
{
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }

  duo_warm_up ();
  g_usleep (GPOINTER_TO_UINT (moment) * 25 * 1000);
  duo_rtc_thread_settle ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  for (guint i = 0; i < MOMENTS; i++) {
    g_autofree char *path = g_strdup_printf ("/exit/while-the-key-is-made/%u", i);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_exit);
  }

  return g_test_run ();
}
