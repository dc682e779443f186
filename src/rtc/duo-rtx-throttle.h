/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_RTX_THROTTLE_MEMORY:
 *
 * How many sequence numbers are remembered.
 */
#define DUO_RTX_THROTTLE_MEMORY 256

/**
 * DuoRtxThrottle:
 *
 * Decides which requests for a retransmission are answered. Not thread-safe.
 */
typedef struct {
  /*< private >*/
  guint bitrate;
  gint64 credit;
  gint64 last_refill;
  struct {
    gint64 time;
    guint16 seqnum;
    gboolean used;
  } answered[DUO_RTX_THROTTLE_MEMORY];
} DuoRtxThrottle;

void duo_rtx_throttle_init (DuoRtxThrottle *self, guint bitrate, gint64 now);
gboolean duo_rtx_throttle_allow (DuoRtxThrottle *self, guint16 seqnum, guint size, gint64 now);

G_END_DECLS
