/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-call-negotiation.h"

#include "duo-call-signal.h"
#include "duo-description-check.h"
#include "duo-safety.h"

/* Offer, answer, candidates and nonces of one epoch. */
struct _DuoCallNegotiation {
  GObject parent_instance;

  /* Owned */
  DuoPeerConnection *connection;
  DuoVerification *verification;
  GBytes *resume_key;    /* nullable */
  GPtrArray *candidates; /* of ours, until our description is out; then NULL */
  GCancellable *cancellable;

  guint64 epoch;
  gboolean offerer;
  gboolean answered; /* the one offer or answer has come */
  gboolean resumed;
};

enum {
  SEND,
  FAILED,
  VERIFICATION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallNegotiation, duo_call_negotiation, G_TYPE_OBJECT)

static DuoPeerMessage *
new_message (DuoCallNegotiation *self, DuoPeerMessageType type)
{
  DuoPeerMessage *message = duo_peer_message_new (type);

  message->epoch = self->epoch;

  return message;
}

static void
send (DuoCallNegotiation *self, const DuoPeerMessage *message)
{
  g_signal_emit (self, signals[SEND], 0, message);
}

static void
fail (DuoCallNegotiation *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static GBytes *
resume_proof (DuoCallNegotiation *self)
{
  GBytes *fingerprint = duo_peer_connection_get_local_fingerprint (self->connection);

  if (self->resume_key == NULL || fingerprint == NULL)
    return NULL;

  return duo_safety_resume_proof (self->resume_key, self->offerer, self->epoch, fingerprint);
}

/* Whether the sender of a description has the key of the first epoch. */
static gboolean
is_resume_right (DuoCallNegotiation *self, const char *sdp, GBytes *resume)
{
  g_autoptr (GBytes) fingerprint = NULL;

  if (self->resume_key == NULL || resume == NULL)
    return FALSE;

  fingerprint = duo_description_dup_fingerprint (sdp, NULL);

  return fingerprint != NULL && duo_safety_resume_check (resume,
                                                         self->resume_key,
                                                         !self->offerer,
                                                         self->epoch,
                                                         fingerprint);
}

/* Our description is out: the other can make sense of candidates now. */
static void
release_candidates (DuoCallNegotiation *self)
{
  g_autoptr (GPtrArray) candidates = g_steal_pointer (&self->candidates);

  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    send (self, g_ptr_array_index (candidates, i));
}

static void
on_ice_candidate (DuoCallNegotiation *self, guint mline, const char *candidate)
{
  DuoPeerMessage *message = new_message (self, DUO_PEER_MESSAGE_ICE_CANDIDATE);

  message->candidate = g_strdup (candidate);
  message->sdp_mline_index = mline;

  if (self->candidates != NULL) {
    g_ptr_array_add (self->candidates, message);
    return;
  }

  send (self, message);
  duo_peer_message_free (message);
}

static void
on_offer_created (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallNegotiation) self = user_data;
  g_autoptr (DuoPeerMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sdp =
    duo_peer_connection_create_offer_finish (DUO_PEER_CONNECTION (object), result, &error);

  if (sdp == NULL || g_cancellable_set_error_if_cancelled (self->cancellable, &error)) {
    fail (self, error);
    return;
  }

  message = new_message (self, DUO_PEER_MESSAGE_OFFER);
  message->sdp = g_steal_pointer (&sdp);
  message->commit = duo_verification_dup_commit (self->verification);
  message->resume = resume_proof (self);
  send (self, message);
  release_candidates (self);
}

static void
on_answer_created (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallNegotiation) self = user_data;
  g_autoptr (DuoPeerMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sdp =
    duo_peer_connection_accept_offer_finish (DUO_PEER_CONNECTION (object), result, &error);

  if (sdp == NULL || g_cancellable_set_error_if_cancelled (self->cancellable, &error)) {
    fail (self, error);
    return;
  }

  message = new_message (self, DUO_PEER_MESSAGE_ANSWER);
  message->sdp = g_steal_pointer (&sdp);
  message->nonce = g_bytes_ref (duo_verification_get_nonce (self->verification));
  message->resume = resume_proof (self);
  send (self, message);
  release_candidates (self);
}

static void
on_answer_accepted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCallNegotiation) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!duo_peer_connection_accept_answer_finish (DUO_PEER_CONNECTION (object), result, &error))
    fail (self, error);
}

static void
take_answer (DuoCallNegotiation *self, const DuoPeerMessage *answer)
{
  if (!self->offerer || self->answered || self->candidates != NULL)
    return;

  self->answered = TRUE;
  self->resumed = is_resume_right (self, answer->sdp, answer->resume);
  duo_verification_take_answer (self->verification, answer->nonce);

  /* The answerer cannot change its nonce any more, so it may see ours. */
  if (answer->nonce != NULL) {
    g_autoptr (DuoPeerMessage) reveal = new_message (self, DUO_PEER_MESSAGE_REVEAL);

    reveal->nonce = g_bytes_ref (duo_verification_get_nonce (self->verification));
    send (self, reveal);
  }

  duo_peer_connection_accept_answer_async (self->connection,
                                           answer->sdp,
                                           self->cancellable,
                                           on_answer_accepted,
                                           g_object_ref (self));
  g_signal_emit (self, signals[VERIFICATION], 0);
}

static void
take_candidate (DuoCallNegotiation *self, const DuoPeerMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (!duo_peer_connection_add_candidate (self->connection,
                                          message->sdp_mline_index,
                                          message->candidate,
                                          &error))
    g_debug ("Candidate ignored: %s", error->message);
}

static void
duo_call_negotiation_dispose (GObject *object)
{
  DuoCallNegotiation *self = DUO_CALL_NEGOTIATION (object);

  duo_call_negotiation_stop (self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->verification, duo_verification_free);
  g_clear_pointer (&self->resume_key, g_bytes_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (duo_call_negotiation_parent_class)->dispose (object);
}

static void
duo_call_negotiation_class_init (DuoCallNegotiationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_call_negotiation_dispose;

  /* A DuoPeerMessage for the other. */
  signals[SEND] = duo_call_signal_new (klass, "send", 1, DUO_TYPE_PEER_MESSAGE);
  /* A GError: this epoch will come to nothing. */
  signals[FAILED] = duo_call_signal_new (klass, "failed", 1, G_TYPE_ERROR);
  /* The verification's status may have changed. */
  signals[VERIFICATION] = duo_call_signal_new (klass, "verification", 0);
}

static void
duo_call_negotiation_init (DuoCallNegotiation *self)
{
  self->cancellable = g_cancellable_new ();
  self->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) duo_peer_message_free);
}

/**
 * duo_call_negotiation_new:
 * @connection: the epoch's connection
 * @epoch: its number
 * @offerer: whether it is on us to offer
 * @resume_key: (nullable): what the first epoch's two ends share
 * @error: return location for a #GError
 *
 * Makes a negotiation that has not begun.
 *
 * Returns: (transfer full): a negotiation, or %NULL if there is no randomness
 */
DuoCallNegotiation *
duo_call_negotiation_new (DuoPeerConnection *connection,
                          guint64 epoch,
                          gboolean offerer,
                          GBytes *resume_key,
                          GError **error)
{
  DuoVerification *verification;
  DuoCallNegotiation *self;

  g_return_val_if_fail (DUO_IS_PEER_CONNECTION (connection), NULL);

  verification = duo_verification_new (offerer, error);
  if (verification == NULL)
    return NULL;

  self = g_object_new (DUO_TYPE_CALL_NEGOTIATION, NULL);
  self->connection = g_object_ref (connection);
  self->epoch = epoch;
  self->offerer = offerer;
  self->verification = verification;
  self->resume_key = resume_key != NULL ? g_bytes_ref (resume_key) : NULL;

  g_signal_connect_swapped (connection, "ice-candidate", G_CALLBACK (on_ice_candidate), self);
  g_signal_connect_swapped (connection, "failed", G_CALLBACK (fail), self);

  return self;
}

/**
 * duo_call_negotiation_offer:
 * @self: the offerer's negotiation
 *
 * Begins with an offer.
 */
void
duo_call_negotiation_offer (DuoCallNegotiation *self)
{
  g_return_if_fail (DUO_IS_CALL_NEGOTIATION (self) && self->offerer);

  duo_peer_connection_create_offer_async (self->connection,
                                          self->cancellable,
                                          on_offer_created,
                                          g_object_ref (self));
}

/**
 * duo_call_negotiation_answer:
 * @self: the answerer's negotiation
 * @offer: the offer
 *
 * Begins by answering an offer.
 */
void
duo_call_negotiation_answer (DuoCallNegotiation *self, const DuoPeerMessage *offer)
{
  g_return_if_fail (DUO_IS_CALL_NEGOTIATION (self) && !self->offerer && !self->answered);

  self->answered = TRUE;
  self->resumed = is_resume_right (self, offer->sdp, offer->resume);
  duo_verification_take_offer (self->verification, offer->commit);

  duo_peer_connection_accept_offer_async (self->connection,
                                          offer->sdp,
                                          self->cancellable,
                                          on_answer_created,
                                          g_object_ref (self));
  g_signal_emit (self, signals[VERIFICATION], 0);
}

/**
 * duo_call_negotiation_receive:
 * @self: a negotiation
 * @message: a message of this epoch from the other
 *
 * Takes an answer, a reveal or a candidate. What comes at the wrong time is ignored.
 */
void
duo_call_negotiation_receive (DuoCallNegotiation *self, const DuoPeerMessage *message)
{
  g_return_if_fail (DUO_IS_CALL_NEGOTIATION (self) && message != NULL);

  switch (message->type) {
  case DUO_PEER_MESSAGE_ANSWER:
    take_answer (self, message);
    break;
  case DUO_PEER_MESSAGE_REVEAL:
    duo_verification_take_reveal (self->verification, message->nonce);
    g_signal_emit (self, signals[VERIFICATION], 0);
    break;
  case DUO_PEER_MESSAGE_ICE_CANDIDATE:
    take_candidate (self, message);
    break;
  case DUO_PEER_MESSAGE_HELLO:
  case DUO_PEER_MESSAGE_OFFER:
  case DUO_PEER_MESSAGE_RESTART:
  case DUO_PEER_MESSAGE_BYE:
  case DUO_PEER_MESSAGE_JOIN_ROOM:
  case DUO_PEER_MESSAGE_LEAVE_ROOM:
  default:
    break;
  }
}

/**
 * duo_call_negotiation_stop:
 * @self: a negotiation
 *
 * Ends it: no signal is emitted any more.
 */
void
duo_call_negotiation_stop (DuoCallNegotiation *self)
{
  g_return_if_fail (DUO_IS_CALL_NEGOTIATION (self));

  g_cancellable_cancel (self->cancellable);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
}

/**
 * duo_call_negotiation_is_offerer:
 * @self: a negotiation
 *
 * Returns: whether it is us who offers
 */
gboolean
duo_call_negotiation_is_offerer (DuoCallNegotiation *self)
{
  g_return_val_if_fail (DUO_IS_CALL_NEGOTIATION (self), FALSE);

  return self->offerer;
}

/**
 * duo_call_negotiation_is_resumed:
 * @self: a negotiation
 *
 * Returns: whether the other has proved to be the one of the first epoch
 */
gboolean
duo_call_negotiation_is_resumed (DuoCallNegotiation *self)
{
  g_return_val_if_fail (DUO_IS_CALL_NEGOTIATION (self), FALSE);

  return self->resumed;
}

/**
 * duo_call_negotiation_get_verification:
 * @self: a negotiation
 *
 * Returns: (transfer none): the exchange of nonces
 */
DuoVerification *
duo_call_negotiation_get_verification (DuoCallNegotiation *self)
{
  g_return_val_if_fail (DUO_IS_CALL_NEGOTIATION (self), NULL);

  return self->verification;
}
