/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-media-problem.h"

#include "duo-media-error.h"

#include <gst/gst.h>

/**
 * duo_media_problem_from_error:
 * @error: from a device, a pipeline or the portal
 *
 * Returns: what it means for the person who calls
 */
DuoMediaProblem
duo_media_problem_from_error (const GError *error)
{
  static const struct {
    GQuark (*domain) (void);
    int code;
    DuoMediaProblem problem;
  } known[] = {
    { duo_media_error_quark, DUO_MEDIA_ERROR_NO_DEVICE, DUO_MEDIA_PROBLEM_MISSING },
    { duo_media_error_quark, DUO_MEDIA_ERROR_BUSY, DUO_MEDIA_PROBLEM_BUSY },
    { duo_media_error_quark, DUO_MEDIA_ERROR_DENIED, DUO_MEDIA_PROBLEM_DENIED },
    { gst_resource_error_quark, GST_RESOURCE_ERROR_NOT_FOUND, DUO_MEDIA_PROBLEM_MISSING },
    { gst_resource_error_quark, GST_RESOURCE_ERROR_BUSY, DUO_MEDIA_PROBLEM_BUSY },
    { gst_resource_error_quark, GST_RESOURCE_ERROR_NOT_AUTHORIZED, DUO_MEDIA_PROBLEM_DENIED },
  };

  g_return_val_if_fail (error != NULL, DUO_MEDIA_PROBLEM_FAILED);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    if (g_error_matches (error, known[i].domain (), known[i].code))
      return known[i].problem;
  }
  return DUO_MEDIA_PROBLEM_FAILED;
}
