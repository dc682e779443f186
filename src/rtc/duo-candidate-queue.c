/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-candidate-queue.h"

#include "duo-candidate.h"
#include "duo-rtc-error.h"

void
duo_candidate_queue_init (DuoCandidateQueue *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_free);
  self->n_seen = 0;
}

void
duo_candidate_queue_clear (DuoCandidateQueue *self)
{
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
}

/**
 * duo_candidate_queue_push:
 * @self: a queue
 * @candidate: a candidate of the peer; the empty string ends them
 * @error: return location for a #GError
 *
 * Takes a candidate in, unless it is of no use.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_CANDIDATE when it is malformed, or one more than
 *   %DUO_CANDIDATE_QUEUE_MAX over the life of the queue
 */
gboolean
duo_candidate_queue_push (DuoCandidateQueue *self, const char *candidate, GError **error)
{
  gboolean ignore = FALSE;

  if (candidate[0] != '\0' && !duo_candidate_check (candidate, &ignore, error))
    return FALSE;
  if (self->n_seen >= DUO_CANDIDATE_QUEUE_MAX) {
    g_set_error_literal (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE, "Too many candidates");
    return FALSE;
  }

  self->n_seen++;
  if (!ignore)
    g_ptr_array_add (self->waiting, g_strdup (candidate));

  return TRUE;
}

/**
 * duo_candidate_queue_pop:
 * @self: a queue
 *
 * Returns: (transfer full) (nullable): the candidate that has waited longest
 */
char *
duo_candidate_queue_pop (DuoCandidateQueue *self)
{
  return self->waiting->len > 0 ? g_ptr_array_steal_index (self->waiting, 0) : NULL;
}
