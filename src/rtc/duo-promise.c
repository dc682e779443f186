/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-promise.h"

#include "duo-rtc-error.h"

typedef struct {
  /* Owned */
  DuoPeerLink *link;
  GstStructure *reply;
  GError *error;

  DuoPromiseFunc func;
} Promise;

static void
promise_free (gpointer data)
{
  Promise *self = data;

  duo_peer_link_unref (self->link);
  g_clear_pointer (&self->reply, gst_structure_free);
  g_clear_error (&self->error);
  g_free (self);
}

static void
deliver (gpointer target, gpointer data)
{
  Promise *self = data;

  self->func (target, self->reply, self->error);
}

/* On a thread of webrtcbin's, with its lock held. */
static void
promise_changed (GstPromise *promise, gpointer data)
{
  Promise *self = data;

  if (gst_promise_wait (promise) == GST_PROMISE_RESULT_REPLIED) {
    const GstStructure *reply = gst_promise_get_reply (promise);
    g_autoptr (GError) error = NULL;

    if (reply != NULL && gst_structure_has_field_typed (reply, "error", G_TYPE_ERROR))
      gst_structure_get (reply, "error", G_TYPE_ERROR, &error, NULL);

    if (error != NULL)
      self->error = g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_DESCRIPTION, error->message);
    else if (reply != NULL)
      self->reply = gst_structure_copy (reply);
  } else {
    self->error =
      g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_STATE, "The peer connection was closed");
  }

  duo_peer_link_post (self->link, deliver, self, promise_free);
  gst_promise_unref (promise);
}

/**
 * duo_promise_new:
 * @link: the way back
 * @func: gets the reply, on the main context of the link's target
 *
 * Bridges webrtcbin's promises to the main context. An error in the reply becomes a
 * %DUO_RTC_ERROR_DESCRIPTION.
 *
 * Returns: (transfer full): a promise to hand to webrtcbin, which does not take it over: it frees
 *   itself once answered
 */
GstPromise *
duo_promise_new (DuoPeerLink *link, DuoPromiseFunc func)
{
  Promise *self = g_new0 (Promise, 1);

  self->link = duo_peer_link_ref (link);
  self->func = func;

  return gst_promise_new_with_change_func (promise_changed, self, NULL);
}
