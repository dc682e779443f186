/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-negotiation.h"

#include <gst/sdp/sdp.h>
#include <gst/webrtc/webrtc.h>

#include "duo-candidate-queue.h"
#include "duo-description-check.h"
#include "duo-promise.h"
#include "duo-rtc-error.h"
#include "duo-sender-section.h"

/**
 * DuoNegotiation:
 *
 * The exchange of one offer and one answer, and the candidates that belong to it.
 */
struct _DuoNegotiation {
  GObject parent_instance;

  /* Owned */
  DuoPeerLink *link;
  DuoPeerPipeline *pipeline;
  GstElement *audio_encoder;
  GstElement *video_encoder;
  GTask *task;
  char *local_text;
  DuoDescription *local;
  DuoDescription *remote;
  DuoCandidateQueue candidates;

  gboolean open_room;
  gboolean remote_set;
};

G_DEFINE_FINAL_TYPE (DuoNegotiation, duo_negotiation, G_TYPE_OBJECT)

static GstElement *
webrtc (DuoNegotiation *self)
{
  return duo_peer_pipeline_get_webrtc (self->pipeline);
}

static void
fail (DuoNegotiation *self, const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_error (task, g_error_copy (error));
}

static gboolean
begin (DuoNegotiation *self, GTask *task, gboolean possible)
{
  if (self->task != NULL || !possible || webrtc (self) == NULL) {
    g_task_return_new_error (task,
                             DUO_RTC_ERROR,
                             DUO_RTC_ERROR_STATE,
                             "Not possible in this state of the negotiation");
    return FALSE;
  }
  self->task = g_object_ref (task);

  return TRUE;
}

static void
give_candidate (DuoNegotiation *self, const char *candidate)
{
  /* Everything is bundled on the first section, which is the only one with a transport. */
  if (webrtc (self) != NULL)
    g_signal_emit_by_name (webrtc (self),
                           "add-ice-candidate",
                           0u,
                           candidate[0] != '\0' ? candidate : NULL);
}

static void
give_waiting_candidates (DuoNegotiation *self)
{
  char *candidate;

  while ((candidate = duo_candidate_queue_pop (&self->candidates)) != NULL) {
    give_candidate (self, candidate);
    g_free (candidate);
  }
}

/* Both descriptions are known: webrtcbin takes candidates. */
static void
settle (DuoNegotiation *self)
{
  self->remote_set = TRUE;
  duo_peer_pipeline_negotiated (self->pipeline);

  for (guint i = 0; i < self->remote->candidates->len; i++)
    give_candidate (self, g_ptr_array_index (self->remote->candidates, i));
  give_waiting_candidates (self);
}

static void
on_local_set (gpointer target, const GstStructure *reply, const GError *error)
{
  DuoNegotiation *self = target;
  g_autoptr (GTask) task = NULL;

  if (error != NULL) {
    fail (self, error);
    return;
  }

  duo_peer_pipeline_negotiated (self->pipeline);
  if (self->remote != NULL)
    settle (self);

  task = g_steal_pointer (&self->task);
  if (task != NULL)
    g_task_return_pointer (task, g_strdup (self->local_text), g_free);
}

static void
set_local (DuoNegotiation *self, const GstStructure *reply)
{
  g_autoptr (GstWebRTCSessionDescription) description = NULL;
  g_autoptr (GError) error = NULL;

  if (webrtc (self) == NULL)
    return;

  if (reply != NULL)
    gst_structure_get (reply,
                       self->remote != NULL ? "answer" : "offer",
                       GST_TYPE_WEBRTC_SESSION_DESCRIPTION,
                       &description,
                       NULL);
  if (description == NULL) {
    error = g_error_new_literal (DUO_RTC_ERROR,
                                 DUO_RTC_ERROR_DESCRIPTION,
                                 "webrtcbin made no description");
  } else {
    self->local_text = gst_sdp_message_as_text (description->sdp);
    self->local = duo_description_parse (self->local_text, TRUE, &error);
  }
  if (error != NULL) {
    fail (self, error);
    return;
  }

  g_signal_emit_by_name (webrtc (self),
                         "set-local-description",
                         description,
                         duo_promise_new (self->link, on_local_set));
}

static void
on_created (gpointer target, const GstStructure *reply, const GError *error)
{
  if (error != NULL)
    fail (target, error);
  else
    set_local (target, reply);
}

/* Lets webrtcbin see what was understood of the peer's description, and nothing else of it. */
static gboolean
set_remote (DuoNegotiation *self, GstWebRTCSDPType type, DuoPromiseFunc func, GError **error)
{
  g_autofree char *text = duo_description_to_string (self->remote);
  g_autoptr (GstWebRTCSessionDescription) description = NULL;
  GstSDPMessage *message = NULL;

  if (gst_sdp_message_new_from_text (text, &message) != GST_SDP_OK) {
    g_set_error_literal (error,
                         DUO_RTC_ERROR,
                         DUO_RTC_ERROR_DESCRIPTION,
                         "The session description cannot be read");
    return FALSE;
  }
  description = gst_webrtc_session_description_new (type, message);
  g_signal_emit_by_name (webrtc (self),
                         "set-remote-description",
                         description,
                         duo_promise_new (self->link, func));

  return TRUE;
}

static gboolean
add_sender (DuoNegotiation *self, const DuoSection *section, guint mline, GError **error)
{
  GstElement **encoder =
    section->kind == DUO_SECTION_VIDEO ? &self->video_encoder : &self->audio_encoder;
  gboolean added;

  added = duo_peer_pipeline_add_sender (self->pipeline, section, mline, *encoder, error);
  gst_clear_object (encoder);

  return added;
}

static gboolean
add_offered_senders (DuoNegotiation *self, GError **error)
{
  const DuoSection audio = duo_sender_section_to_offer (DUO_SECTION_AUDIO);
  const DuoSection video = duo_sender_section_to_offer (DUO_SECTION_VIDEO);

  return add_sender (self, &audio, 0, error) && add_sender (self, &video, 1, error);
}

static gboolean
add_answering_senders (DuoNegotiation *self, GError **error)
{
  for (guint i = 0; i < self->remote->n_sections; i++) {
    const DuoSection section = duo_sender_section_to_answer (&self->remote->sections[i]);

    if (section.kind != DUO_SECTION_APPLICATION && !add_sender (self, &section, i, error))
      return FALSE;
  }

  return TRUE;
}

static void
on_offer_set (gpointer target, const GstStructure *reply, const GError *error)
{
  DuoNegotiation *self = target;
  g_autoptr (GError) cause = NULL;

  if (webrtc (self) == NULL)
    return;

  if (error == NULL && !add_answering_senders (self, &cause))
    error = cause;
  if (error != NULL) {
    fail (self, error);
    return;
  }

  g_signal_emit_by_name (webrtc (self),
                         "create-answer",
                         NULL,
                         duo_promise_new (self->link, on_created));
}

static void
on_answer_set (gpointer target, const GstStructure *reply, const GError *error)
{
  DuoNegotiation *self = target;
  g_autoptr (GTask) task = NULL;

  if (error != NULL) {
    fail (self, error);
    return;
  }

  settle (self);
  task = g_steal_pointer (&self->task);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
duo_negotiation_dispose (GObject *object)
{
  DuoNegotiation *self = DUO_NEGOTIATION (object);

  duo_peer_link_cut (self->link);
  gst_clear_object (&self->audio_encoder);
  gst_clear_object (&self->video_encoder);
  g_clear_object (&self->pipeline);
  g_clear_object (&self->task);

  G_OBJECT_CLASS (duo_negotiation_parent_class)->dispose (object);
}

static void
duo_negotiation_finalize (GObject *object)
{
  DuoNegotiation *self = DUO_NEGOTIATION (object);

  g_free (self->local_text);
  g_clear_pointer (&self->local, duo_description_free);
  g_clear_pointer (&self->remote, duo_description_free);
  duo_candidate_queue_clear (&self->candidates);
  duo_peer_link_unref (self->link);

  G_OBJECT_CLASS (duo_negotiation_parent_class)->finalize (object);
}

static void
duo_negotiation_class_init (DuoNegotiationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_negotiation_dispose;
  object_class->finalize = duo_negotiation_finalize;
}

static void
duo_negotiation_init (DuoNegotiation *self)
{
  self->link = duo_peer_link_new (G_OBJECT (self));
  duo_candidate_queue_init (&self->candidates);
}

/**
 * duo_negotiation_new:
 * @pipeline: the started pipeline to negotiate for
 * @audio_encoder: gives out Opus
 * @video_encoder: gives out VP8
 * @open_room: see duo_description_parse()
 *
 * Returns: (transfer full): a negotiation that has not begun
 */
DuoNegotiation *
duo_negotiation_new (DuoPeerPipeline *pipeline,
                     GstElement *audio_encoder,
                     GstElement *video_encoder,
                     gboolean open_room)
{
  DuoNegotiation *self = g_object_new (DUO_TYPE_NEGOTIATION, NULL);

  self->pipeline = g_object_ref (pipeline);
  self->audio_encoder = gst_object_ref (audio_encoder);
  self->video_encoder = gst_object_ref (video_encoder);
  self->open_room = open_room;

  return self;
}

/**
 * duo_negotiation_create_offer:
 * @self: a negotiation
 * @task: returns the offer as text, set as the local description
 */
void
duo_negotiation_create_offer (DuoNegotiation *self, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (!begin (self, task, self->local == NULL && self->remote == NULL))
    return;

  if (!add_offered_senders (self, &error)) {
    fail (self, error);
    return;
  }
  g_signal_emit_by_name (webrtc (self),
                         "create-offer",
                         NULL,
                         duo_promise_new (self->link, on_created));
}

/**
 * duo_negotiation_accept_offer:
 * @self: a negotiation
 * @sdp: the peer's offer
 * @task: returns the answer as text, set as the local description
 */
void
duo_negotiation_accept_offer (DuoNegotiation *self, const char *sdp, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (!begin (self, task, self->local == NULL && self->remote == NULL))
    return;

  self->remote = duo_description_parse (sdp, self->open_room, &error);
  if (self->remote == NULL || !duo_description_offers (self->remote, &error) ||
      !set_remote (self, GST_WEBRTC_SDP_TYPE_OFFER, on_offer_set, &error)) {
    g_clear_pointer (&self->remote, duo_description_free);
    fail (self, error);
  }
}

/**
 * duo_negotiation_accept_answer:
 * @self: a negotiation that has made an offer
 * @sdp: the peer's answer
 * @task: returns %TRUE
 */
void
duo_negotiation_accept_answer (DuoNegotiation *self, const char *sdp, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (!begin (self, task, self->local != NULL && self->remote == NULL))
    return;

  self->remote = duo_description_parse (sdp, self->open_room, &error);
  if (self->remote == NULL || !duo_description_answers (self->remote, self->local, &error) ||
      !set_remote (self, GST_WEBRTC_SDP_TYPE_ANSWER, on_answer_set, &error)) {
    g_clear_pointer (&self->remote, duo_description_free);
    fail (self, error);
  }
}

/**
 * duo_negotiation_add_candidate:
 * @self: a negotiation
 * @candidate: a candidate of the peer; the empty string ends them
 * @error: return location for a #GError
 *
 * Takes a candidate, before the descriptions too: it waits for them.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_CANDIDATE when it is none, or one too many
 */
gboolean
duo_negotiation_add_candidate (DuoNegotiation *self, const char *candidate, GError **error)
{
  if (!duo_candidate_queue_push (&self->candidates, candidate, error))
    return FALSE;
  if (self->remote_set)
    give_waiting_candidates (self);

  return TRUE;
}

const DuoDescription *
duo_negotiation_get_local (DuoNegotiation *self)
{
  return self->local;
}

const DuoDescription *
duo_negotiation_get_remote (DuoNegotiation *self)
{
  return self->remote;
}

/**
 * duo_negotiation_abort:
 * @self: a negotiation
 * @error: why
 *
 * Ends what is under way with @error.
 */
void
duo_negotiation_abort (DuoNegotiation *self, const GError *error)
{
  duo_peer_link_cut (self->link);
  fail (self, error);
}
