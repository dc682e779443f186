/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-media-ports.h"

#include "duo-preview.h"

/**
 * DuoMediaPorts:
 *
 * Who gets the pictures and the sound, and whose sound is played: the peer of the moment and the
 * preview.
 */
struct _DuoMediaPorts {
  GObject parent_instance;

  /* Owned */
  DuoFeed *pictures;
  DuoFeed *sound;
  DuoPlayback *playback;
  DuoPreview *preview;
  GstAppSrc *peer_audio;
  GstAppSrc *peer_video;

  gboolean preview_large;
};

G_DEFINE_FINAL_TYPE (DuoMediaPorts, duo_media_ports, G_TYPE_OBJECT)

static void
duo_media_ports_dispose (GObject *object)
{
  DuoMediaPorts *self = DUO_MEDIA_PORTS (object);

  if (self->playback != NULL)
    duo_media_ports_detach_all (self);
  g_clear_object (&self->pictures);
  g_clear_object (&self->sound);
  g_clear_object (&self->playback);

  G_OBJECT_CLASS (duo_media_ports_parent_class)->dispose (object);
}

static void
duo_media_ports_class_init (DuoMediaPortsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_media_ports_dispose;
}

static void
duo_media_ports_init (DuoMediaPorts *self)
{
}

/**
 * duo_media_ports_new:
 * @parts: what gives and plays
 *
 * Returns: (transfer full): ports to which nothing is attached
 */
DuoMediaPorts *
duo_media_ports_new (DuoMediaParts *parts)
{
  DuoMediaPorts *self = g_object_new (DUO_TYPE_MEDIA_PORTS, NULL);

  self->pictures = g_object_ref (duo_input_get_feed (duo_media_parts_get_camera (parts)));
  self->sound = g_object_ref (duo_input_get_feed (duo_media_parts_get_microphone (parts)));
  self->playback = g_object_ref (duo_speaker_get_playback (duo_media_parts_get_speaker (parts)));
  return self;
}

/**
 * duo_media_ports_set_preview_sink:
 * @sink: (nullable) (transfer floating): a new video sink, or %NULL for no preview
 */
void
duo_media_ports_set_preview_sink (DuoMediaPorts *self, GstElement *sink)
{
  g_return_if_fail (DUO_IS_MEDIA_PORTS (self));

  g_clear_object (&self->preview);
  if (sink == NULL)
    return;
  self->preview = duo_preview_new (sink, self->pictures);
  if (self->preview != NULL)
    duo_preview_set_large (self->preview, self->preview_large);
}

/**
 * duo_media_ports_set_preview_large:
 * @large: see duo_preview_set_large()
 */
void
duo_media_ports_set_preview_large (DuoMediaPorts *self, gboolean large)
{
  g_return_if_fail (DUO_IS_MEDIA_PORTS (self));

  self->preview_large = large;
  if (self->preview != NULL)
    duo_preview_set_large (self->preview, large);
}

/**
 * duo_media_ports_attach_peer:
 * @audio_in: where sound goes into the peer's pipeline
 * @video_in: where pictures go into it
 * @audio_out: (nullable): where the other's sound comes out of it
 *
 * Connects a peer instead of the last one.
 */
void
duo_media_ports_attach_peer (DuoMediaPorts *self,
                             GstAppSrc *audio_in,
                             GstAppSrc *video_in,
                             GstAppSink *audio_out)
{
  g_return_if_fail (DUO_IS_MEDIA_PORTS (self));
  g_return_if_fail (GST_IS_APP_SRC (audio_in));
  g_return_if_fail (GST_IS_APP_SRC (video_in));

  duo_media_ports_detach_peer (self);
  self->peer_audio = gst_object_ref (audio_in);
  self->peer_video = gst_object_ref (video_in);
  duo_feed_add_target (self->sound, audio_in);
  duo_feed_add_target (self->pictures, video_in);
  duo_playback_set_source (self->playback, audio_out);
}

/**
 * duo_media_ports_detach_peer:
 *
 * Once this has returned nothing more goes into the peer or comes out of it.
 */
void
duo_media_ports_detach_peer (DuoMediaPorts *self)
{
  g_return_if_fail (DUO_IS_MEDIA_PORTS (self));

  if (self->peer_audio != NULL)
    duo_feed_remove_target (self->sound, self->peer_audio);
  if (self->peer_video != NULL)
    duo_feed_remove_target (self->pictures, self->peer_video);
  gst_clear_object (&self->peer_audio);
  gst_clear_object (&self->peer_video);
  duo_playback_set_source (self->playback, NULL);
}

/**
 * duo_media_ports_detach_all:
 *
 * Lets go of the peer and of the preview.
 */
void
duo_media_ports_detach_all (DuoMediaPorts *self)
{
  g_return_if_fail (DUO_IS_MEDIA_PORTS (self));

  duo_media_ports_detach_peer (self);
  duo_playback_set_tap (self->playback, NULL);
  g_clear_object (&self->preview);
}
