/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-rtc"

#include "config.h"

#include "duo-data-channel.h"

#include <gst/webrtc/webrtc.h>
#include <string.h>

#include "duo-peer-link.h"
#include "duo-rtc-error.h"

#define LABEL "duologue"
#define MAX_MESSAGE 65536

/* Until the peer is verified this many messages are kept. An honest peer sends a handful. */
#define MAX_HELD 64

/**
 * DuoDataChannel:
 *
 * The one data channel of a peer connection. Messages wait until duo_data_channel_release().
 */
struct _DuoDataChannel {
  GObject parent_instance;

  /* Owned */
  DuoPeerLink *link;
  GstWebRTCDataChannel *channel;
  GQueue held;

  gboolean open;
  gboolean released;
};

typedef struct {
  /* Owned */
  GstWebRTCDataChannel *channel;
  char *text;
} Arrival;

enum {
  PROP_OPEN = 1,
  N_PROPS
};

enum {
  SIGNAL_MESSAGE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoDataChannel, duo_data_channel, G_TYPE_OBJECT)

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  gst_object_unref (arrival->channel);
  g_free (arrival->text);
  g_free (arrival);
}

static void
set_open (DuoDataChannel *self, gboolean open)
{
  if (self->open == open)
    return;

  self->open = open;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN]);
}

static void
handle_open (gpointer target, gpointer data)
{
  DuoDataChannel *self = target;

  if (self->channel == data)
    set_open (self, TRUE);
}

static void
handle_close (gpointer target, gpointer data)
{
  DuoDataChannel *self = target;

  if (self->channel == data)
    set_open (self, FALSE);
}

static void
handle_message (gpointer target, gpointer data)
{
  DuoDataChannel *self = target;
  Arrival *arrival = data;

  if (self->channel != arrival->channel)
    return;

  if (self->released)
    g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, arrival->text);
  else if (self->held.length < MAX_HELD)
    g_queue_push_tail (&self->held, g_steal_pointer (&arrival->text));
}

/* These come with locks of webrtcbin held: nothing of it may be asked here. */

static void
on_open (GstWebRTCDataChannel *channel, DuoPeerLink *link)
{
  duo_peer_link_post (link, handle_open, gst_object_ref (channel), gst_object_unref);
}

static void
on_close (GstWebRTCDataChannel *channel, DuoPeerLink *link)
{
  duo_peer_link_post (link, handle_close, gst_object_ref (channel), gst_object_unref);
}

static void
on_message_string (GstWebRTCDataChannel *channel, const char *text, DuoPeerLink *link)
{
  Arrival *arrival;

  if (text == NULL || strlen (text) > MAX_MESSAGE || !g_utf8_validate (text, -1, NULL))
    return;

  arrival = g_new0 (Arrival, 1);
  arrival->channel = gst_object_ref (channel);
  arrival->text = g_strdup (text);
  duo_peer_link_post (link, handle_message, arrival, arrival_free);
}

static void
watch (DuoPeerLink *link, GstWebRTCDataChannel *channel)
{
  duo_peer_link_connect (link, channel, "on-open", G_CALLBACK (on_open));
  duo_peer_link_connect (link, channel, "on-close", G_CALLBACK (on_close));
  duo_peer_link_connect (link, channel, "on-message-string", G_CALLBACK (on_message_string));
}

static void
handle_data_channel (gpointer target, gpointer data)
{
  DuoDataChannel *self = target;
  GstWebRTCDataChannelState state;
  g_autofree char *label = NULL;

  g_object_get (data, "label", &label, "ready-state", &state, NULL);
  if (self->channel != NULL || g_strcmp0 (label, LABEL) != 0) {
    g_debug ("Data channel “%s” left alone", label);
    return;
  }

  self->channel = gst_object_ref (data);
  set_open (self, state == GST_WEBRTC_DATA_CHANNEL_STATE_OPEN);
}

static void
on_data_channel (GstElement *webrtc, GstWebRTCDataChannel *channel, DuoPeerLink *link)
{
  /* At once, as the first message may be right behind. Those of channels that turn out to be
   * others are thrown away. */
  watch (link, channel);
  duo_peer_link_post (link, handle_data_channel, gst_object_ref (channel), gst_object_unref);
}

static void
duo_data_channel_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DuoDataChannel *self = DUO_DATA_CHANNEL (object);

  switch (prop_id) {
  case PROP_OPEN:
    g_value_set_boolean (value, self->open);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
duo_data_channel_dispose (GObject *object)
{
  DuoDataChannel *self = DUO_DATA_CHANNEL (object);

  duo_peer_link_cut (self->link);
  gst_clear_object (&self->channel);
  g_queue_clear_full (&self->held, g_free);

  G_OBJECT_CLASS (duo_data_channel_parent_class)->dispose (object);
}

static void
duo_data_channel_finalize (GObject *object)
{
  DuoDataChannel *self = DUO_DATA_CHANNEL (object);

  duo_peer_link_unref (self->link);

  G_OBJECT_CLASS (duo_data_channel_parent_class)->finalize (object);
}

static void
duo_data_channel_class_init (DuoDataChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_data_channel_get_property;
  object_class->dispose = duo_data_channel_dispose;
  object_class->finalize = duo_data_channel_finalize;

  /**
   * DuoDataChannel:open:
   *
   * Whether messages can be sent.
   */
  properties[PROP_OPEN] =
    g_param_spec_boolean ("open",
                          NULL,
                          NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoDataChannel::message:
   * @self: the channel
   * @text: what came, valid UTF-8
   */
  signals[SIGNAL_MESSAGE] = g_signal_new ("message",
                                          DUO_TYPE_DATA_CHANNEL,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_STRING);
}

static void
duo_data_channel_init (DuoDataChannel *self)
{
  self->link = duo_peer_link_new (G_OBJECT (self));
  g_queue_init (&self->held);
}

/**
 * duo_data_channel_new:
 *
 * Returns: (transfer full): a channel that waits for duo_data_channel_create() or
 *   duo_data_channel_expect()
 */
DuoDataChannel *
duo_data_channel_new (void)
{
  return g_object_new (DUO_TYPE_DATA_CHANNEL, NULL);
}

/**
 * duo_data_channel_create:
 * @self: a channel
 * @webrtc: a webrtcbin in READY or above that has made no offer yet
 * @error: return location for a #GError
 *
 * Adds the channel on the offerer's side.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_FAILED when webrtcbin makes none
 */
gboolean
duo_data_channel_create (DuoDataChannel *self, GstElement *webrtc, GError **error)
{
  g_return_val_if_fail (self->channel == NULL, FALSE);

  g_signal_emit_by_name (webrtc, "create-data-channel", LABEL, NULL, &self->channel);
  if (self->channel == NULL) {
    g_set_error_literal (error, DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "No data channel was made");
    return FALSE;
  }
  watch (self->link, self->channel);

  return TRUE;
}

/**
 * duo_data_channel_expect:
 * @self: a channel
 * @webrtc: a webrtcbin
 *
 * Takes the channel that the offerer added.
 */
void
duo_data_channel_expect (DuoDataChannel *self, GstElement *webrtc)
{
  duo_peer_link_connect (self->link, webrtc, "on-data-channel", G_CALLBACK (on_data_channel));
}

gboolean
duo_data_channel_is_open (DuoDataChannel *self)
{
  return self->open;
}

/**
 * duo_data_channel_send:
 * @self: a channel
 * @text: a message, up to 64 KiB
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_STATE when the channel is not open or the message too long
 */
gboolean
duo_data_channel_send (DuoDataChannel *self, const char *text, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (!self->open || self->channel == NULL) {
    g_set_error_literal (error, DUO_RTC_ERROR, DUO_RTC_ERROR_STATE, "The data channel is not open");
    return FALSE;
  }
  if (!gst_webrtc_data_channel_send_string_full (self->channel, text, &cause)) {
    g_set_error (error,
                 DUO_RTC_ERROR,
                 DUO_RTC_ERROR_STATE,
                 "The message could not be sent: %s",
                 cause != NULL ? cause->message : "unknown");
    return FALSE;
  }

  return TRUE;
}

/**
 * duo_data_channel_release:
 * @self: a channel
 *
 * Lets messages through, those that were held first: the peer is who the description says.
 */
void
duo_data_channel_release (DuoDataChannel *self)
{
  g_autoptr (DuoDataChannel) guard = g_object_ref (self);
  char *text;

  self->released = TRUE;
  while ((text = g_queue_pop_head (&self->held)) != NULL) {
    g_signal_emit (guard, signals[SIGNAL_MESSAGE], 0, text);
    g_free (text);
  }
}

/**
 * duo_data_channel_close:
 * @self: a channel
 *
 * Lets go of the channel; nothing comes from it any more.
 */
void
duo_data_channel_close (DuoDataChannel *self)
{
  duo_peer_link_cut (self->link);
  gst_clear_object (&self->channel);
  set_open (self, FALSE);
}
