/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "duo-peer-counters.h"
#include "duo-peer-stats.h"

G_BEGIN_DECLS

/**
 * DuoStatsCollector:
 *
 * What has to be remembered from one round of statistics to the next. All zero at first.
 */
typedef struct {
  /*< private >*/
  gint64 time;
  guint64 frames_decoded;
  guint64 octets[2][2];
} DuoStatsCollector;

DuoPeerStats *duo_stats_collector_collect (DuoStatsCollector *self,
                                           const GstStructure *session,
                                           const GstStructure *webrtc,
                                           const DuoPeerCounters *counters,
                                           gint64 now);

G_END_DECLS
