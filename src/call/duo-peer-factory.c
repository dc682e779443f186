/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-peer-factory.h"

#include "duo-audio-encoder.h"
#include "duo-rtc-thread.h"
#include "duo-sound-level.h"
#include "duo-video-encoder.h"
#include "duo-warm-up.h"

/* Until the bandwidth is estimated. */
#define VIDEO_BITRATE 1000000
/* Long enough for a goodbye to cross the data channel and be acknowledged. */
#define LINGER_MS 300

typedef struct {
  DuoPeerFactory *factory;
  DuoPeerConnection *connection;
} Retirement;

/* Makes peer connections that are wired to the media graph, one at a time. */
struct _DuoPeerFactory {
  GObject parent_instance;

  /* Owned */
  DuoMediaGraph *graph;
  DuoVideoEncoder *video_encoder; /* of the newest connection, as the next two */
  DuoAudioEncoder *audio_encoder;
  DuoSoundLevel *remote_level;
  GPtrArray *draining; /* GTasks that wait for the end of all retired connections */
  DuoIcePlan *ice;

  /* Borrowed */
  DuoPeerConnection *newest; /* nullable */

  DuoVideoSinkFunc create_sink;
  gpointer user_data;
  GDestroyNotify destroy;

  guint64 frames_sent; /* by former connections */
  guint retiring;
  gboolean attached;
};

G_DEFINE_FINAL_TYPE (DuoPeerFactory, duo_peer_factory, G_TYPE_OBJECT)

static void
let_go (DuoPeerFactory *self)
{
  if (self->attached)
    duo_media_graph_detach_peer (self->graph);
  self->attached = FALSE;
  self->newest = NULL;
  if (self->video_encoder != NULL)
    self->frames_sent += duo_video_encoder_get_frames (self->video_encoder);
  g_clear_object (&self->video_encoder);
  g_clear_object (&self->audio_encoder);
}

static void
on_closed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Retirement *retirement = user_data;
  g_autoptr (DuoPeerFactory) self = g_steal_pointer (&retirement->factory);
  g_autoptr (GError) error = NULL;

  if (!duo_peer_connection_close_finish (DUO_PEER_CONNECTION (object), result, &error))
    g_warning ("A peer connection did not close: %s", error->message);

  g_object_unref (retirement->connection);
  g_free (retirement);

  if (--self->retiring > 0)
    return;

  while (self->draining->len > 0) {
    g_autoptr (GTask) task = g_ptr_array_steal_index (self->draining, 0);

    g_task_return_boolean (task, TRUE);
  }
}

static gboolean
on_lingered (gpointer user_data)
{
  Retirement *retirement = user_data;

  duo_peer_connection_close_async (retirement->connection, NULL, on_closed, retirement);

  return G_SOURCE_REMOVE;
}

static gboolean
make_encoders (DuoPeerFactory *self, GError **error)
{
  let_go (self);

  self->video_encoder = duo_video_encoder_new (error);
  if (self->video_encoder == NULL)
    return FALSE;
  g_object_ref_sink (self->video_encoder);
  duo_video_encoder_set_bitrate (self->video_encoder, VIDEO_BITRATE);

  self->audio_encoder = duo_audio_encoder_new (error);
  if (self->audio_encoder == NULL)
    return FALSE;
  g_object_ref_sink (self->audio_encoder);

  return TRUE;
}

static void
duo_peer_factory_dispose (GObject *object)
{
  DuoPeerFactory *self = DUO_PEER_FACTORY (object);

  let_go (self);
  g_clear_pointer (&self->remote_level, duo_sound_level_unref);
  g_clear_object (&self->graph);
  g_clear_pointer (&self->ice, duo_ice_plan_free);
  g_clear_pointer (&self->draining, g_ptr_array_unref);
  if (self->destroy != NULL)
    g_steal_pointer (&self->destroy) (self->user_data);

  G_OBJECT_CLASS (duo_peer_factory_parent_class)->dispose (object);
}

static void
duo_peer_factory_class_init (DuoPeerFactoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = duo_peer_factory_dispose;
}

static void
duo_peer_factory_init (DuoPeerFactory *self)
{
  self->ice = duo_ice_plan_new ();
  self->remote_level = duo_sound_level_new ();
  self->draining = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * duo_peer_factory_prepare:
 *
 * To be called when a call is likely to come, such as when a lobby opens: the first connection of
 * the process is then made in half the time. Any number of times, any thread.
 */
void
duo_peer_factory_prepare (void)
{
  duo_warm_up ();
}

/**
 * duo_peer_factory_settle:
 *
 * Waits for what the connections of the process still do in the background, five seconds at most.
 * To be called before main() returns: on exit() OpenSSL frees what they use. Blocks the thread.
 */
void
duo_peer_factory_settle (void)
{
  duo_rtc_thread_settle ();
}

/**
 * duo_peer_factory_new:
 * @graph: where one's own sound and picture come from, and where the other's sound goes
 * @create_sink: makes a place for the other's picture
 * @user_data: for @create_sink
 * @destroy: (nullable): frees @user_data
 *
 * Makes a factory. It is for one call at a time.
 *
 * Returns: (transfer full): a factory
 */
DuoPeerFactory *
duo_peer_factory_new (DuoMediaGraph *graph,
                      DuoVideoSinkFunc create_sink,
                      gpointer user_data,
                      GDestroyNotify destroy)
{
  DuoPeerFactory *self;

  g_return_val_if_fail (DUO_IS_MEDIA_GRAPH (graph), NULL);
  g_return_val_if_fail (create_sink != NULL, NULL);

  self = g_object_new (DUO_TYPE_PEER_FACTORY, NULL);
  self->graph = g_object_ref (graph);
  self->create_sink = create_sink;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}

/**
 * duo_peer_factory_get_ice_plan:
 * @self: a factory
 *
 * Returns: (transfer none): who helps connections to come to find a way
 */
DuoIcePlan *
duo_peer_factory_get_ice_plan (DuoPeerFactory *self)
{
  g_return_val_if_fail (DUO_IS_PEER_FACTORY (self), NULL);

  return self->ice;
}

/**
 * duo_peer_factory_create:
 * @self: a factory
 * @epoch: the connection's number
 * @offerer: whether it will offer
 * @open_room: whether descriptions may lack sections
 * @error: return location for a #GError
 *
 * Makes a peer connection with encoders and a sink of its own. Nothing of one's own goes into it
 * before duo_peer_factory_attach(). The former connection has to be retired first.
 *
 * Returns: (transfer full): a connection, or %NULL on error
 */
DuoPeerConnection *
duo_peer_factory_create (
  DuoPeerFactory *self, guint64 epoch, gboolean offerer, gboolean open_room, GError **error)
{
  DuoPeerConnectionConfig config = { 0 };

  g_return_val_if_fail (DUO_IS_PEER_FACTORY (self), NULL);

  if (!duo_ice_plan_check (self->ice, g_get_real_time () / G_USEC_PER_SEC, error))
    return NULL;
  if (!make_encoders (self, error))
    return NULL;

  config.epoch = epoch;
  config.offerer = offerer;
  config.open_room = open_room;
  config.video_bitrate = VIDEO_BITRATE;
  config.ice_uris = duo_ice_plan_get_uris (self->ice);
  config.relay_only = duo_ice_plan_get_relay_only (self->ice);
  config.video_encoder = GST_ELEMENT (self->video_encoder);
  config.audio_encoder = GST_ELEMENT (self->audio_encoder);
  config.video_sink = self->create_sink (self->user_data);
  config.clock = duo_media_graph_get_clock (self->graph);

  self->newest = duo_peer_connection_new (&config, error);

  return self->newest;
}

/**
 * duo_peer_factory_attach:
 * @self: a factory
 * @connection: its newest connection, verified; another one is left alone
 *
 * Lets sound and picture flow, both ways.
 */
void
duo_peer_factory_attach (DuoPeerFactory *self, DuoPeerConnection *connection)
{
  GstAppSink *audio_out;

  g_return_if_fail (DUO_IS_PEER_FACTORY (self));
  g_return_if_fail (DUO_IS_PEER_CONNECTION (connection));

  if (self->attached || self->newest != connection)
    return;

  audio_out = duo_peer_connection_get_audio_sink (connection);
  duo_sound_level_watch (self->remote_level, GST_ELEMENT (audio_out));
  duo_media_graph_attach_peer (self->graph,
                               duo_audio_encoder_get_source (self->audio_encoder),
                               duo_video_encoder_get_source (self->video_encoder),
                               audio_out);
  self->attached = TRUE;
}

/**
 * duo_peer_factory_retire:
 * @self: a factory
 * @connection: one of its connections
 * @linger: whether to leave the data channel a moment for what was just sent
 *
 * Stops sound and picture both ways and closes a connection in the background.
 */
void
duo_peer_factory_retire (DuoPeerFactory *self, DuoPeerConnection *connection, gboolean linger)
{
  Retirement *retirement;

  g_return_if_fail (DUO_IS_PEER_FACTORY (self));
  g_return_if_fail (DUO_IS_PEER_CONNECTION (connection));

  if (self->newest == connection)
    let_go (self);

  retirement = g_new0 (Retirement, 1);
  retirement->factory = g_object_ref (self);
  retirement->connection = g_object_ref (connection);
  self->retiring++;

  if (linger)
    g_timeout_add (LINGER_MS, on_lingered, retirement);
  else
    on_lingered (retirement);
}

/**
 * duo_peer_factory_drain_async:
 * @self: a factory
 * @callback: called when no connection is closing any more
 * @user_data: for @callback
 *
 * Waits for all retired connections to be gone.
 */
void
duo_peer_factory_drain_async (DuoPeerFactory *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (DUO_IS_PEER_FACTORY (self));

  if (self->retiring == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_ptr_array_add (self->draining, g_steal_pointer (&task));
}

/**
 * duo_peer_factory_drain_finish:
 * @self: a factory
 * @result: the result
 *
 * Finishes duo_peer_factory_drain_async(). It cannot fail in a way that anybody could mend.
 */
void
duo_peer_factory_drain_finish (DuoPeerFactory *self, GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  (void) g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * duo_peer_factory_set_packet_loss:
 * @self: a factory
 * @percent: of one's own packets, as the other reports
 *
 * Tells the newest connection's sound encoder how much redundancy is called for.
 */
void
duo_peer_factory_set_packet_loss (DuoPeerFactory *self, guint percent)
{
  g_return_if_fail (DUO_IS_PEER_FACTORY (self));

  if (self->audio_encoder != NULL)
    duo_audio_encoder_set_packet_loss (self->audio_encoder, MIN (percent, 30));
}

/**
 * duo_peer_factory_get_frames_sent:
 * @self: a factory
 *
 * Returns: pictures of one's own that were encoded to be sent, over all connections
 */
guint64
duo_peer_factory_get_frames_sent (DuoPeerFactory *self)
{
  g_return_val_if_fail (DUO_IS_PEER_FACTORY (self), 0);

  if (self->video_encoder == NULL)
    return self->frames_sent;

  return self->frames_sent + duo_video_encoder_get_frames (self->video_encoder);
}

/**
 * duo_peer_factory_get_remote_level:
 * @self: a factory
 *
 * Gives the loudness of the other's decoded sound.
 *
 * Returns: root mean square of the newest 20 ms or so, 0 to 1 of full scale
 */
double
duo_peer_factory_get_remote_level (DuoPeerFactory *self)
{
  g_return_val_if_fail (DUO_IS_PEER_FACTORY (self), 0);

  return duo_sound_level_get (self->remote_level);
}
