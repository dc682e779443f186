/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-retry-plan.h"

#define FULL_TIMEOUT 60000   /* ms */
#define FULL_INTERVAL 2000   /* ms */
#define LATER_INTERVAL 5000  /* ms */
#define STEADY_AFTER 5000000 /* µs */

/* A full room is tried every so often, and a last time when the patience is over. */
static int
get_full_delay (DuoRetryPlan *self, gint64 now)
{
  gint64 left;

  if (self->full_since == 0)
    self->full_since = now;

  left = self->full_timeout - (now - self->full_since) / 1000;

  return left > 0 ? (int) MIN (left, FULL_INTERVAL) : -1;
}

/**
 * duo_retry_plan_init:
 * @self: the plan
 *
 * Starts with short delays and a minute's patience with a full room.
 */
void
duo_retry_plan_init (DuoRetryPlan *self)
{
  g_return_if_fail (self != NULL);

  *self = (DuoRetryPlan){ .full_timeout = FULL_TIMEOUT };
}

/**
 * duo_retry_plan_next:
 * @self: the plan
 * @code: the close code of the connection, 1006 if it just ended or never began
 * @lasted: how long it was open, in µs
 * @now: the present monotonic time in µs, not 0
 * @random: a number from 0 to 1
 * @reason: (out): why there is to be no further attempt
 *
 * Plans the next attempt. The delays start short again only after a connection that held for a
 * while: a server that lets everybody in and throws them out at once must not be hammered.
 *
 * Returns: the delay in milliseconds; negative if there is to be no further attempt
 */
int
duo_retry_plan_next (DuoRetryPlan *self,
                     guint code,
                     gint64 lasted,
                     gint64 now,
                     double random,
                     DuoRoomCloseReason *reason)
{
  g_return_val_if_fail (self != NULL && reason != NULL, -1);

  if (lasted >= STEADY_AFTER)
    duo_backoff_reset (&self->backoff);
  self->known |= lasted > 0;

  switch (duo_close_policy_decide (code, reason)) {
  case DUO_CLOSE_ACTION_STOP_UNLESS_KNOWN:
    if (!self->known)
      return -1;
    G_GNUC_FALLTHROUGH;
  case DUO_CLOSE_ACTION_RETRY:
    return (int) duo_backoff_next (&self->backoff, random);
  case DUO_CLOSE_ACTION_RETRY_LATER:
    self->full_since = 0;
    self->not_started = TRUE;
    return LATER_INTERVAL;
  case DUO_CLOSE_ACTION_RETRY_FULL:
    self->not_started = FALSE;
    return get_full_delay (self, now);
  case DUO_CLOSE_ACTION_STOP:
  default:
    return -1;
  }
}

/**
 * duo_retry_plan_get_obstacle:
 * @self: the plan
 *
 * Returns: what the room has kept us out for, until we have been in it
 */
DuoRoomObstacle
duo_retry_plan_get_obstacle (const DuoRetryPlan *self)
{
  g_return_val_if_fail (self != NULL, DUO_ROOM_OBSTACLE_NONE);

  if (self->not_started)
    return DUO_ROOM_OBSTACLE_NOT_STARTED;

  return self->full_since != 0 ? DUO_ROOM_OBSTACLE_FULL : DUO_ROOM_OBSTACLE_NONE;
}

/**
 * duo_retry_plan_note_welcome:
 * @self: the plan
 *
 * The room has taken us in: there is no obstacle any more.
 */
void
duo_retry_plan_note_welcome (DuoRetryPlan *self)
{
  g_return_if_fail (self != NULL);

  self->full_since = 0;
  self->not_started = FALSE;
}

/**
 * duo_retry_plan_hurry:
 * @self: the plan
 *
 * Starts again with short delays, as the network is a new one.
 */
void
duo_retry_plan_hurry (DuoRetryPlan *self)
{
  g_return_if_fail (self != NULL);

  duo_backoff_reset (&self->backoff);
}
