/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-backoff.h"
#include "duo-close-policy.h"

G_BEGIN_DECLS

/**
 * DuoRetryPlan:
 * @backoff: the delays while the server or the network is gone
 * @full_timeout: how long a full room is tried again, in milliseconds
 * @known: whether a connection has been open before
 * @full_since: when the room was first found full, monotonic µs, or 0 if it was not full last time
 * @not_started: whether nobody had started the room last time
 *
 * When to connect again after a connection has ended. A plain value; time and chance are handed in.
 */
typedef struct {
  DuoBackoff backoff;
  guint full_timeout;
  gint64 full_since;
  gboolean known;
  gboolean not_started;
} DuoRetryPlan;

void duo_retry_plan_init (DuoRetryPlan *self);
int duo_retry_plan_next (DuoRetryPlan *self,
                         guint code,
                         gint64 lasted,
                         gint64 now,
                         double random,
                         DuoRoomCloseReason *reason);
DuoRoomObstacle duo_retry_plan_get_obstacle (const DuoRetryPlan *self);
void duo_retry_plan_note_welcome (DuoRetryPlan *self);
void duo_retry_plan_hurry (DuoRetryPlan *self);

G_END_DECLS
