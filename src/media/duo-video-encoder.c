/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-video-encoder.h"

#include "duo-elements.h"
#include "duo-encoder-load.h"

#define DEFAULT_BITRATE 1000000
#define MAX_WIDTH 1280
#define MAX_HEIGHT 720

/* Fixed speeds: positive values choose it anew for every frame and cost more. The cheap one takes a
 * quarter less time and 0.6 dB of the picture. */
#define GOOD_SPEED -8
#define CHEAP_SPEED -16

/**
 * DuoVideoEncoder:
 *
 * Raw pictures of any size and format in, VP8 for a live call out of its pad "src". Larger pictures
 * are scaled down to 1280x720, smaller ones are left alone. Where encoding takes more than an
 * eighth of the time there is, it is done in a cheaper way. Obeys GstForceKeyUnit events.
 */
struct _DuoVideoEncoder {
  GstBin parent_instance;

  /* Borrowed, children of the bin */
  GstElement *source;
  GstElement *encoder;

  /* Touched by the thread that encodes only */
  DuoEncoderLoad load;
  int speed;

  guint64 frames; /* guarded by the object lock */
};

G_DEFINE_FINAL_TYPE (DuoVideoEncoder, duo_video_encoder, GST_TYPE_BIN)

static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DuoVideoEncoder *self = user_data;
  gboolean busy = duo_encoder_load_begin (&self->load, g_get_monotonic_time ());
  int speed = busy ? CHEAP_SPEED : GOOD_SPEED;

  if (speed != self->speed) {
    self->speed = speed;
    g_object_set (self->encoder, "cpu-used", speed, NULL);
  }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_encoded (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DuoVideoEncoder *self = user_data;

  duo_encoder_load_end (&self->load, g_get_monotonic_time ());
  GST_OBJECT_LOCK (self);
  self->frames++;
  GST_OBJECT_UNLOCK (self);
  return GST_PAD_PROBE_OK;
}

static GstElement *
make_encoder (GError **error)
{
  GstElement *encoder = duo_elements_make ("vp8enc", "encoder", error);

  if (encoder == NULL)
    return NULL;
  gst_util_set_object_arg (G_OBJECT (encoder), "end-usage", "cbr");
  g_object_set (encoder,
                "deadline",
                G_GINT64_CONSTANT (1),
                "cpu-used",
                GOOD_SPEED,
                "keyframe-max-dist",
                3000,
                "lag-in-frames",
                0,
                "buffer-initial-size",
                500,
                "buffer-optimal-size",
                600,
                "buffer-size",
                1000,
                "undershoot",
                100,
                "overshoot",
                15,
                "min-quantizer",
                2,
                "max-quantizer",
                56,
                "threads",
                1,
                "static-threshold",
                1,
                "target-bitrate",
                DEFAULT_BITRATE,
                NULL);
  return encoder;
}

static gboolean
build (DuoVideoEncoder *self, GError **error)
{
  g_autoptr (GstCaps) size = gst_caps_new_simple ("video/x-raw",
                                                  "width",
                                                  GST_TYPE_INT_RANGE,
                                                  16,
                                                  MAX_WIDTH,
                                                  "height",
                                                  GST_TYPE_INT_RANGE,
                                                  16,
                                                  MAX_HEIGHT,
                                                  "pixel-aspect-ratio",
                                                  GST_TYPE_FRACTION,
                                                  1,
                                                  1,
                                                  NULL);
  /* Scaled first and converted second: the cheaper order for cameras that give too much. */
  GstElement *chain[] = {
    duo_elements_make_appsrc ("source", 60 * GST_MSECOND, error),
    duo_elements_make ("videoscale", "scale", error),
    duo_elements_make_caps_filter ("size", size),
    duo_elements_make ("videoconvert", "convert", error),
    make_encoder (error),
  };

  if (!duo_elements_add_chain (GST_BIN (self), chain, G_N_ELEMENTS (chain)))
    return FALSE;
  self->source = chain[0];
  self->encoder = chain[G_N_ELEMENTS (chain) - 1];
  duo_elements_add_ghost_pad (GST_BIN (self), self->encoder, "src");

  g_autoptr (GstPad) in = gst_element_get_static_pad (self->encoder, "sink");
  g_autoptr (GstPad) out = gst_element_get_static_pad (self->encoder, "src");
  gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_BUFFER, on_picture, self, NULL);
  gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER, on_encoded, self, NULL);
  return TRUE;
}

static void
duo_video_encoder_class_init (DuoVideoEncoderClass *klass)
{
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass),
                                         "Video encoder for calls",
                                         "Codec/Encoder/Video",
                                         "Encodes raw pictures to VP8",
                                         "The Duologue developers");
}

static void
duo_video_encoder_init (DuoVideoEncoder *self)
{
  self->speed = GOOD_SPEED;
}

/**
 * duo_video_encoder_new:
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Makes an encoder at 1 Mbit/s.
 *
 * Returns: (transfer floating) (nullable): a bin with a ghost pad "src" that gives video/x-vp8
 */
DuoVideoEncoder *
duo_video_encoder_new (GError **error)
{
  DuoVideoEncoder *self = g_object_new (DUO_TYPE_VIDEO_ENCODER, NULL);

  if (build (self, error))
    return self;
  g_object_unref (g_object_ref_sink (self));
  return NULL;
}

/**
 * duo_video_encoder_get_source:
 *
 * Gets where the pictures go in: as buffers whose timestamps are running time of the encoder's
 * pipeline. Holds at most 60 ms; more pushes out the oldest. Any thread.
 *
 * Returns: (transfer none): the entrance
 */
GstAppSrc *
duo_video_encoder_get_source (DuoVideoEncoder *self)
{
  g_return_val_if_fail (DUO_IS_VIDEO_ENCODER (self), NULL);

  return GST_APP_SRC (self->source);
}

/**
 * duo_video_encoder_set_bitrate:
 * @bits_per_second: what to aim at
 *
 * Changes the bitrate from the next frame on. Any thread.
 */
void
duo_video_encoder_set_bitrate (DuoVideoEncoder *self, guint bits_per_second)
{
  g_return_if_fail (DUO_IS_VIDEO_ENCODER (self));
  g_return_if_fail (bits_per_second > 0 && bits_per_second <= G_MAXINT);

  g_object_set (self->encoder, "target-bitrate", (int) bits_per_second, NULL);
}

/**
 * duo_video_encoder_get_frames:
 *
 * Returns: how many frames were encoded so far. Any thread
 */
guint64
duo_video_encoder_get_frames (DuoVideoEncoder *self)
{
  g_return_val_if_fail (DUO_IS_VIDEO_ENCODER (self), 0);

  GST_OBJECT_LOCK (self);
  guint64 frames = self->frames;
  GST_OBJECT_UNLOCK (self);
  return frames;
}
