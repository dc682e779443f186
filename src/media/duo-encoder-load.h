/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoEncoderLoad:
 *
 * Decides whether the processor is too busy, or too slow, to encode well. All zero at first. Not
 * thread-safe.
 */
typedef struct {
  /*< private >*/
  gint64 begun;
  gint64 spent;
  double share;
  gboolean busy;
} DuoEncoderLoad;

gboolean duo_encoder_load_begin (DuoEncoderLoad *self, gint64 now);
void duo_encoder_load_end (DuoEncoderLoad *self, gint64 now);

G_END_DECLS
