/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DUO_CANDIDATE_QUEUE_MAX:
 *
 * The candidates a peer may send: as many as an ICE agent keeps pairs for.
 */
#define DUO_CANDIDATE_QUEUE_MAX 100

/**
 * DuoCandidateQueue:
 *
 * Candidates of the peer, which may come before the description they belong to.
 */
typedef struct {
  /*< private >*/
  GPtrArray *waiting;
  guint n_seen;
} DuoCandidateQueue;

void duo_candidate_queue_init (DuoCandidateQueue *self);
void duo_candidate_queue_clear (DuoCandidateQueue *self);
gboolean duo_candidate_queue_push (DuoCandidateQueue *self, const char *candidate, GError **error);
char *duo_candidate_queue_pop (DuoCandidateQueue *self);

G_END_DECLS
