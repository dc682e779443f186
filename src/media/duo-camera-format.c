/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-camera-format.h"

#include <math.h>

#define WIDTH 1280
#define HEIGHT 720
#define RATE 30

static gboolean
is_known (GstCaps *caps, guint index)
{
  GstStructure *structure = gst_caps_get_structure (caps, index);
  GstCapsFeatures *features = gst_caps_get_features (caps, index);

  if (features != NULL &&
      !gst_caps_features_is_equal (features, GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY))
    return FALSE;
  return gst_structure_has_name (structure, "video/x-raw") ||
         gst_structure_has_name (structure, "image/jpeg");
}

/* The point of what a camera offers that is nearest to what a call wants. */
static GstStructure *
fixate (const GstStructure *offered)
{
  static const char *const fields[] = { "format", "width", "height", "framerate" };
  GstStructure *structure = gst_structure_new_empty (gst_structure_get_name (offered));

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    const GValue *value = gst_structure_get_value (offered, fields[i]);

    if (value != NULL)
      gst_structure_set_value (structure, fields[i], value);
  }
  if (gst_structure_has_field (structure, "format"))
    gst_structure_fixate_field_string (structure, "format", "YUY2");
  if (gst_structure_has_field (structure, "width"))
    gst_structure_fixate_field_nearest_int (structure, "width", WIDTH);
  if (gst_structure_has_field (structure, "height"))
    gst_structure_fixate_field_nearest_int (structure, "height", HEIGHT);
  if (gst_structure_has_field (structure, "framerate"))
    gst_structure_fixate_field_nearest_fraction (structure, "framerate", RATE, 1);
  gst_structure_fixate (structure);
  return structure;
}

/* The unit is what one frame a second less is worth: half the area is as bad as ten. */
static double
badness (const GstStructure *structure)
{
  int width = WIDTH, height = HEIGHT, numerator = RATE, denominator = 1;
  double result = 0;

  gst_structure_get_int (structure, "width", &width);
  gst_structure_get_int (structure, "height", &height);
  gst_structure_get_fraction (structure, "framerate", &numerator, &denominator);

  result += 10 * fabs (log2 ((double) width * height / (WIDTH * HEIGHT)));
  /* 0/1 is a rate that varies. */
  if (numerator > 0)
    result += MAX (0, RATE - (double) numerator / denominator);
  /* Decoding costs time, and so does converting from RGB. */
  if (gst_structure_has_name (structure, "image/jpeg"))
    result += 2;
  else if (g_strrstr (gst_structure_get_string (structure, "format") ?: "", "RGB") != NULL)
    result += 0.5;
  return result;
}

/**
 * duo_camera_format_choose:
 * @offered: (nullable): what a camera has
 *
 * Picks what is nearest to 1280x720 at 30 frames a second: many cameras give that only as JPEG, or
 * give raw pictures of that size but five a second.
 *
 * Returns: (transfer full): caps with one structure, fixed as far as @offered allows
 */
GstCaps *
duo_camera_format_choose (GstCaps *offered)
{
  guint size = offered != NULL && !gst_caps_is_any (offered) ? gst_caps_get_size (offered) : 0;
  GstStructure *best = NULL;

  for (guint i = 0; i < size; i++) {
    if (!is_known (offered, i))
      continue;

    g_autoptr (GstStructure) candidate = fixate (gst_caps_get_structure (offered, i));
    if (best != NULL && badness (candidate) >= badness (best))
      continue;
    g_clear_pointer (&best, gst_structure_free);
    best = g_steal_pointer (&candidate);
  }

  GstCaps *format = gst_caps_new_empty ();
  gst_caps_append_structure (format, best != NULL ? best : gst_structure_new_empty ("video/x-raw"));
  return format;
}

/**
 * duo_camera_format_is_compressed:
 * @format: what duo_camera_format_choose() returned
 *
 * Returns: whether pictures of it have to be decoded
 */
gboolean
duo_camera_format_is_compressed (GstCaps *format)
{
  return gst_structure_has_name (gst_caps_get_structure (format, 0), "image/jpeg");
}
