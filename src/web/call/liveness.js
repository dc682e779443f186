// SPDX-License-Identifier: GPL-3.0-or-later

const WARN_AFTER = 2_000;
const LOST_AFTER = 4_000;
const REBUILD_AFTER = 6_000;

const GIVE_UP_AFTER = 10_000;
const OVER_AFTER = 60_000;

/* Worse than any of a row's limits is worse than the row's score. */
const QUALITIES = [
  { score: 3, silence: 1000, roundTrip: 200, loss: 2 },
  { score: 2, silence: 1500, roundTrip: 400, loss: 6 },
  { score: 1, silence: 2000, roundTrip: Infinity, loss: Infinity },
];

/** Judges a connection by how long it has been silent (ms): "ok", "warn", "lost" or "rebuild". */
export function judgeSilence(silence) {
  if (silence < WARN_AFTER) return 'ok';
  if (silence < LOST_AFTER) return 'warn';
  return silence < REBUILD_AFTER ? 'lost' : 'rebuild';
}

/** What to do about a call that is without a connection: "wait", "may-give-up" or "over". */
export function judgeLoss(lostFor) {
  if (lostFor >= OVER_AFTER) return 'over';
  return lostFor >= GIVE_UP_AFTER ? 'may-give-up' : 'wait';
}

/** Scores a connection as bars, 0 to 3; what is not known is negative. Times in ms, loss in %. */
export function qualityScore(silence, roundTrip, loss) {
  const fits = (row) =>
    silence <= row.silence && roundTrip <= row.roundTrip && loss <= row.loss;
  return QUALITIES.find(fits)?.score ?? 0;
}
