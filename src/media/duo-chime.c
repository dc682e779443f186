/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-chime.h"

#include <math.h>

#define RATE 48000.0
#define ATTACK 0.006
#define LOUDNESS 0.22

/* A rising fourth, struck softly: each note fades by itself, its octave faster. */
static const struct {
  double frequency; /* Hz */
  double start;     /* s */
} notes[] = {
  { 659.26, 0.0 },
  { 880.00, 0.14 },
};

static double
sound_at (double time)
{
  double sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++) {
    double t = time - notes[i].start;

    if (t < 0)
      continue;
    sum += MIN (t / ATTACK, 1) * (exp (-6 * t) * sin (2 * G_PI * notes[i].frequency * t) +
                                  0.3 * exp (-12 * t) * sin (4 * G_PI * notes[i].frequency * t));
  }
  return sum;
}

/**
 * duo_chime_mix:
 * @position: samples of the chime that were played already
 * @samples: (inout) (array length=n_samples): 48 kHz mono
 * @n_samples: how many
 *
 * Adds a part of the chime to what is there. Past its end it adds nothing.
 */
void
duo_chime_mix (guint position, gint16 *samples, guint n_samples)
{
  for (guint i = 0; i < n_samples && position + i < DUO_CHIME_LENGTH; i++) {
    /* The last tenth fades to nothing, so that the end is no click. */
    double fade = MIN (10.0 * (DUO_CHIME_LENGTH - position - i) / DUO_CHIME_LENGTH, 1);
    double value = samples[i] + LOUDNESS * G_MAXINT16 * fade * sound_at ((position + i) / RATE);

    samples[i] = (gint16) CLAMP (lrint (value), G_MININT16, G_MAXINT16);
  }
}
