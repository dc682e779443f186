/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "duo-call.h"

G_BEGIN_DECLS

/**
 * DuoCliReport:
 * @started_at: when the program began to join, monotonic µs
 * @first_frame_at: when the other's first picture had been decoded, 0 if none has
 * @frames_decoded: the other's pictures, over all connections
 * @frames_sent: pictures of one's own that were encoded, over all connections
 * @microphone_level: loudness of one's own sound, 0 to 1
 * @remote_level: loudness of the other's, 0 to 1
 * @microphone_peak: the highest so far
 * @remote_peak: the highest so far
 *
 * What is counted outside the call.
 */
typedef struct {
  gint64 started_at;
  gint64 first_frame_at;
  guint64 frames_decoded;
  guint64 frames_sent;
  double microphone_level;
  double remote_level;
  double microphone_peak;
  double remote_peak;
} DuoCliReport;

char *duo_cli_report_to_json (const DuoCliReport *self, DuoCall *call, const char *type);
gboolean duo_cli_report_is_good (const DuoCliReport *self);

G_END_DECLS
