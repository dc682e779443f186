/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_SAFETY_N_PICTURES:
 *
 * How many different safety emoji there are.
 */
#define DUO_SAFETY_N_PICTURES 64

/**
 * DUO_SAFETY_N_EMOJI:
 *
 * How many of them two people compare.
 */
#define DUO_SAFETY_N_EMOJI 4

GBytes *duo_safety_nonce (GError **error);
GBytes *duo_safety_commit (GBytes *nonce);
gboolean duo_safety_check (GBytes *commit, GBytes *nonce);
void duo_safety_emoji (GBytes *fingerprint_offerer,
                       GBytes *fingerprint_answerer,
                       GBytes *nonce_offerer,
                       GBytes *nonce_answerer,
                       GBytes *seal_key,
                       guint indices[DUO_SAFETY_N_EMOJI]);
const char *duo_safety_emoji_picture (guint index);
const char *duo_safety_emoji_word (guint index);
GBytes *duo_safety_resume_proof (GBytes *key, gboolean offer, guint64 epoch, GBytes *fingerprint);
gboolean duo_safety_resume_check (
  GBytes *proof, GBytes *key, gboolean offer, guint64 epoch, GBytes *fingerprint);

G_END_DECLS
