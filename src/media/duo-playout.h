/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * DuoPlayout:
 *
 * When the other's sound is played. Zero-initialise; all fields are private.
 */
typedef struct {
  gboolean started;
  GstClockTimeDiff delay;
  GstClockTime window_end;
  GstClockTimeDiff least_late;
} DuoPlayout;

GstClockTime duo_playout_schedule (DuoPlayout *self, GstClockTime due, GstClockTime now);

G_END_DECLS
