/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-audio-encoder.h"

#include "duo-elements.h"

#define BITRATE 40000

/**
 * DuoAudioEncoder:
 *
 * Raw sound in, Opus for speech (48 kHz mono, 20 ms, forward error correction, silence left out)
 * out of its pad "src".
 */
struct _DuoAudioEncoder {
  GstBin parent_instance;

  /* Borrowed, children of the bin */
  GstElement *source;
  GstElement *encoder;
};

G_DEFINE_FINAL_TYPE (DuoAudioEncoder, duo_audio_encoder, GST_TYPE_BIN)

static GstElement *
make_encoder (GError **error)
{
  GstElement *encoder = duo_elements_make ("opusenc", "encoder", error);

  if (encoder == NULL)
    return NULL;
  gst_util_set_object_arg (G_OBJECT (encoder), "audio-type", "voice");
  gst_util_set_object_arg (G_OBJECT (encoder), "frame-size", "20");
  g_object_set (encoder,
                "bitrate",
                BITRATE,
                "complexity",
                5,
                "inband-fec",
                TRUE,
                /* DTX takes whatever is steady, such as a held note, for silence. */
                "dtx",
                FALSE,
                NULL);
  return encoder;
}

static gboolean
build (DuoAudioEncoder *self, GError **error)
{
  /* One channel on both sides: stereo against mono makes webrtcbin refuse to send. */
  g_autoptr (GstCaps) format = duo_elements_dup_voice_caps ();
  GstElement *chain[] = {
    duo_elements_make_appsrc ("source", 60 * GST_MSECOND, error),
    duo_elements_make ("audioconvert", "convert", error),
    duo_elements_make ("audioresample", "resample", error),
    duo_elements_make_caps_filter ("format", format),
    make_encoder (error),
  };

  if (!duo_elements_add_chain (GST_BIN (self), chain, G_N_ELEMENTS (chain)))
    return FALSE;
  self->source = chain[0];
  self->encoder = chain[G_N_ELEMENTS (chain) - 1];
  duo_elements_add_ghost_pad (GST_BIN (self), self->encoder, "src");
  return TRUE;
}

static void
duo_audio_encoder_class_init (DuoAudioEncoderClass *klass)
{
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
                                         "Audio encoder for calls",
                                         "Codec/Encoder/Audio",
                                         "Encodes raw sound to Opus",
                                         "The Duologue developers");
}

static void
duo_audio_encoder_init (DuoAudioEncoder *self)
{
}

/**
 * duo_audio_encoder_new:
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Returns: (transfer floating) (nullable): a bin with a ghost pad "src" that gives audio/x-opus
 */
DuoAudioEncoder *
duo_audio_encoder_new (GError **error)
{
  DuoAudioEncoder *self = g_object_new (DUO_TYPE_AUDIO_ENCODER, NULL);

  if (build (self, error))
    return self;
  g_object_unref (g_object_ref_sink (self));
  return NULL;
}

/**
 * duo_audio_encoder_get_source:
 *
 * Gets where the sound goes in: as buffers whose timestamps are running time of the encoder's
 * pipeline. Holds at most 60 ms; more pushes out the oldest. Any thread.
 *
 * Returns: (transfer none): the entrance
 */
GstAppSrc *
duo_audio_encoder_get_source (DuoAudioEncoder *self)
{
  g_return_val_if_fail (DUO_IS_AUDIO_ENCODER (self), NULL);

  return GST_APP_SRC (self->source);
}

/**
 * duo_audio_encoder_set_packet_loss:
 * @percent: packets that the other side reports as lost, 0 to 100
 *
 * Tells how much redundancy is worth its bits. Any thread.
 */
void
duo_audio_encoder_set_packet_loss (DuoAudioEncoder *self, guint percent)
{
  g_return_if_fail (DUO_IS_AUDIO_ENCODER (self));
  g_return_if_fail (percent <= 100);

  g_object_set (self->encoder, "packet-loss-percentage", (int) percent, NULL);
}
