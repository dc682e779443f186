/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-epoch.h"

/* Nobody rebuilds a connection this often while the other does not; a larger leap is a mistake or
 * an attempt to use the numbers up. */
#define MAX_LEAP 1024

/* Whoever keeps to one restart in 2 s never gets here, whatever else goes wrong on the way. */
#define MAX_FOLLOWED 8
#define FOLLOWED_WINDOW (10 * G_USEC_PER_SEC)

static gboolean
in_bounds (const DuoEpoch *self, guint64 epoch)
{
  return epoch <= self->current + MAX_LEAP;
}

/**
 * duo_epoch_reset:
 * @self: the epochs
 * @now: monotonic µs
 *
 * Starts over for a new remote peer.
 */
void
duo_epoch_reset (DuoEpoch *self, gint64 now)
{
  *self = (DuoEpoch){ .started_at = now };
}

/**
 * duo_epoch_renew:
 * @self: the epochs
 * @now: monotonic µs
 *
 * Begins at the first again for a peer that knows of no other: each of its connections is one. How
 * often it may ask for that is still counted.
 */
void
duo_epoch_renew (DuoEpoch *self, gint64 now)
{
  const DuoEpoch before = *self;

  duo_epoch_reset (self, now);
  self->window_start = before.window_start;
  self->followed = before.followed;
}

/**
 * duo_epoch_hear:
 * @self: the epochs
 * @epoch: what the other said in a hello
 *
 * Remembers the other's newest epoch, so that the next one started here is above it.
 */
void
duo_epoch_hear (DuoEpoch *self, guint64 epoch)
{
  if (in_bounds (self, epoch))
    self->heard = MAX (self->heard, epoch);
}

/**
 * duo_epoch_judge:
 * @self: the epochs
 * @epoch: the epoch of a received message
 *
 * Returns: what to do with the message
 */
DuoEpochVerdict
duo_epoch_judge (const DuoEpoch *self, guint64 epoch)
{
  if (epoch < self->current || epoch == 0 || !in_bounds (self, epoch))
    return DUO_EPOCH_STALE;

  return epoch == self->current ? DUO_EPOCH_SAME : DUO_EPOCH_NEWER;
}

/**
 * duo_epoch_may_start:
 * @self: the epochs
 * @now: monotonic µs
 *
 * Returns: whether the newest epoch is old enough for another one to follow
 */
gboolean
duo_epoch_may_start (const DuoEpoch *self, gint64 now)
{
  return self->current == 0 || now - self->started_at >= DUO_EPOCH_RESTART_INTERVAL;
}

/**
 * duo_epoch_start:
 * @self: the epochs
 * @now: monotonic µs
 *
 * Goes to the next epoch: one above everything that either side has used.
 *
 * Returns: the new epoch
 */
guint64
duo_epoch_start (DuoEpoch *self, gint64 now)
{
  duo_epoch_move (self, MAX (self->current, self->heard) + 1, now);

  return self->current;
}

/**
 * duo_epoch_move:
 * @self: the epochs
 * @epoch: an epoch judged as newer
 * @now: monotonic µs
 *
 * Follows the other to an epoch.
 */
void
duo_epoch_move (DuoEpoch *self, guint64 epoch, gint64 now)
{
  self->current = epoch;
  self->heard = MAX (self->heard, epoch);
  self->started_at = now;
  self->due = FALSE;
  self->up = FALSE;
}

/**
 * duo_epoch_follow:
 * @self: the epochs
 * @epoch: the epoch of an offer
 * @now: monotonic µs
 *
 * Follows the other to a newer epoch, unless it asks for that too often: each costs a connection.
 *
 * Returns: whether to answer the offer
 */
gboolean
duo_epoch_follow (DuoEpoch *self, guint64 epoch, gint64 now)
{
  if (duo_epoch_judge (self, epoch) != DUO_EPOCH_NEWER)
    return FALSE;

  if (self->window_start == 0 || now - self->window_start >= FOLLOWED_WINDOW) {
    self->window_start = now;
    self->followed = 0;
  }
  if (self->followed >= MAX_FOLLOWED)
    return FALSE;

  self->followed++;
  duo_epoch_move (self, epoch, now);

  return TRUE;
}

/**
 * duo_epoch_want:
 * @self: the epochs
 * @link: what has become of the current one
 *
 * Notes that the next epoch is wanted as soon as it may start; if there is no connection, only
 * until there is one.
 */
void
duo_epoch_want (DuoEpoch *self, DuoEpochLink link)
{
  self->due = TRUE;
  self->up = link == DUO_EPOCH_LINK_UP;
}

/**
 * duo_epoch_is_over:
 * @self: the epochs
 * @link: what has become of the current one
 * @now: monotonic µs
 *
 * Tells whether it is time for the next epoch: nobody but the clock knows that a connection has
 * failed. One that was up and fell silent has had its time already; one that is on its way has
 * some.
 *
 * Returns: whether to start the next epoch, or to ask the offerer to
 */
gboolean
duo_epoch_is_over (DuoEpoch *self, DuoEpochLink link, gint64 now)
{
  gint64 age = now - self->started_at;

  /* What was wanted for want of a connection is not wanted any more. */
  if (link == DUO_EPOCH_LINK_UP && !self->up)
    self->due = FALSE;
  self->up = link == DUO_EPOCH_LINK_UP;

  if (age < DUO_EPOCH_RESTART_INTERVAL)
    return FALSE;
  if (self->due)
    return TRUE;

  return link != DUO_EPOCH_LINK_UP &&
         (link != DUO_EPOCH_LINK_CONNECTING || age >= DUO_EPOCH_ATTEMPT);
}

/**
 * duo_epoch_ask:
 * @self: the epochs
 * @now: monotonic µs
 *
 * As the answerer: gives the epoch to ask the offerer for, unless that was done just now.
 *
 * Returns: the epoch, or 0 for not asking
 */
guint64
duo_epoch_ask (DuoEpoch *self, gint64 now)
{
  if (self->asked_at != 0 && now - self->asked_at < DUO_EPOCH_ATTEMPT)
    return 0;

  self->asked_at = now;

  return MAX (self->current, self->heard) + 1;
}
