/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gst/gst.h>

#include "duo-media-error.h"
#include "duo-media-problem.h"

/* What devices say, and what people are told of it. The second, third and fourth are what a camera
 * that another program holds, that is gone, or that is not allowed makes v4l2src say. */
static void
test_from_error (void)
{
  const struct {
    GQuark domain;
    int code;
    DuoMediaProblem problem;
  } cases[] = {
    { DUO_MEDIA_ERROR, DUO_MEDIA_ERROR_BUSY, DUO_MEDIA_PROBLEM_BUSY },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY, DUO_MEDIA_PROBLEM_BUSY },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, DUO_MEDIA_PROBLEM_MISSING },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED, DUO_MEDIA_PROBLEM_DENIED },
    { DUO_MEDIA_ERROR, DUO_MEDIA_ERROR_NO_DEVICE, DUO_MEDIA_PROBLEM_MISSING },
    { DUO_MEDIA_ERROR, DUO_MEDIA_ERROR_DENIED, DUO_MEDIA_PROBLEM_DENIED },
    { GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED, DUO_MEDIA_PROBLEM_FAILED },
    { GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, DUO_MEDIA_PROBLEM_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "");

    g_assert_cmpint (duo_media_problem_from_error (error), ==, cases[i].problem);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_func ("/media-problem/from-error", test_from_error);

  return g_test_run ();
}
