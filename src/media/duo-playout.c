/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-playout.h"

#define MARGIN ((GstClockTimeDiff) (5 * GST_MSECOND))
#define WINDOW GST_SECOND
#define RESTART ((GstClockTimeDiff) GST_SECOND)

/**
 * duo_playout_schedule:
 * @due: when the sample is to be heard by its timestamp
 * @now: the time on the same clock
 *
 * Adds the smallest delay that lets samples reach the speaker in time. Timestamps say how the
 * samples follow each other, but what happens between the network and here makes them all late by
 * about the same amount, and a speaker throws away what is late. One late sample changes nothing;
 * when all of a second were late, or early, the delay follows the best of them. A jump in the
 * timestamps starts anew.
 *
 * Returns: when the sample is to be heard
 */
GstClockTime
duo_playout_schedule (DuoPlayout *self, GstClockTime due, GstClockTime now)
{
  GstClockTimeDiff late = GST_CLOCK_DIFF (due, now);

  if (!self->started || ABS (late - self->delay) > RESTART) {
    self->started = TRUE;
    self->delay = late + MARGIN;
    self->least_late = late;
    self->window_end = now + WINDOW;
  }

  self->least_late = MIN (self->least_late, late);
  if (now >= self->window_end) {
    self->delay = self->least_late + MARGIN;
    self->least_late = late;
    self->window_end = now + WINDOW;
  }

  return (GstClockTime) MAX ((GstClockTimeDiff) due + self->delay, 0);
}
