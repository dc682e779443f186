/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "media-fixture.h"

#include <math.h>

/* A camera that another program has: how many more times it says so. */
static int busy_times;
static int open_times;

#define TEST_TYPE_BUSY_CAMERA (test_busy_camera_get_type ())
G_DECLARE_FINAL_TYPE (TestBusyCamera, test_busy_camera, TEST, BUSY_CAMERA, GstBin)

struct _TestBusyCamera {
  GstBin parent_instance;
};

G_DEFINE_FINAL_TYPE (TestBusyCamera, test_busy_camera, GST_TYPE_BIN)

static GstStateChangeReturn
test_busy_camera_change_state (GstElement *element, GstStateChange transition)
{
  if (transition == GST_STATE_CHANGE_NULL_TO_READY) {
    g_atomic_int_inc (&open_times);
    if (g_atomic_int_get (&busy_times) > 0) {
      g_atomic_int_dec_and_test (&busy_times);
      GST_ELEMENT_ERROR (element, RESOURCE, BUSY, (NULL), ("EBUSY"));
      return GST_STATE_CHANGE_FAILURE;
    }
  }
  return GST_ELEMENT_CLASS (test_busy_camera_parent_class)->change_state (element, transition);
}

static void
test_busy_camera_class_init (TestBusyCameraClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  element_class->change_state = test_busy_camera_change_state;
  gst_element_class_set_static_metadata (element_class, "Busy camera", "Source/Video", "-", "-");
}

static void
test_busy_camera_init (TestBusyCamera *self)
{
  GstElement *source = gst_element_factory_make ("videotestsrc", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");

  g_object_set (source, "is-live", TRUE, NULL);
  gst_bin_add (GST_BIN (self), source);
  gst_element_add_pad (GST_ELEMENT (self), gst_ghost_pad_new ("src", pad));
}

#define TEST_TYPE_DEVICE (test_device_get_type ())
G_DECLARE_FINAL_TYPE (TestDevice, test_device, TEST, DEVICE, GstDevice)

struct _TestDevice {
  GstDevice parent_instance;
};

G_DEFINE_FINAL_TYPE (TestDevice, test_device, GST_TYPE_DEVICE)

static GstElement *
test_device_create_element (GstDevice *device, const char *name)
{
  return g_object_new (TEST_TYPE_BUSY_CAMERA, "name", name, NULL);
}

static void
test_device_class_init (TestDeviceClass *klass)
{
  GST_DEVICE_CLASS (klass)->create_element = test_device_create_element;
}

static void
test_device_init (TestDevice *self)
{
}

#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, GstDeviceProvider)

struct _TestProvider {
  GstDeviceProvider parent_instance;
};

G_DEFINE_FINAL_TYPE (TestProvider, test_provider, GST_TYPE_DEVICE_PROVIDER)

static GList *
test_provider_probe (GstDeviceProvider *provider)
{
  g_autoptr (GstCaps) caps =
    gst_caps_from_string ("video/x-raw,format=I420,width=320,height=240,framerate=30/1");

  return g_list_append (NULL,
                        g_object_new (TEST_TYPE_DEVICE,
                                      "display-name",
                                      "Busy Camera",
                                      "device-class",
                                      "Video/Source",
                                      "caps",
                                      caps,
                                      NULL));
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  GstDeviceProviderClass *provider_class = GST_DEVICE_PROVIDER_CLASS (klass);

  provider_class->probe = test_provider_probe;
  gst_device_provider_class_set_static_metadata (provider_class,
                                                 "Test provider",
                                                 "Source/Video",
                                                 "-",
                                                 "-");
}

static void
test_provider_init (TestProvider *self)
{
}

typedef struct {
  DuoDeviceMonitor *monitor;
  DuoMediaGraph *graph;
  MediaPeer *peer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->monitor = duo_device_monitor_new ();
  fixture->graph = duo_media_graph_new (fixture->monitor, FALSE);
  fixture->peer = media_peer_new (duo_media_graph_get_clock (fixture->graph), 700);
  duo_media_graph_attach_peer (fixture->graph,
                               duo_audio_encoder_get_source (fixture->peer->audio_encoder),
                               duo_video_encoder_get_source (fixture->peer->video_encoder),
                               fixture->peer->audio_out);
}

static void
start (Fixture *fixture)
{
  duo_device_monitor_start (fixture->monitor);
  duo_media_graph_start (fixture->graph);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  duo_media_graph_detach_peer (fixture->graph);
  media_peer_free (fixture->peer);
  media_graph_stop (fixture->graph);
  g_assert_finalize_object (fixture->monitor);
}

/* The call goes on in black, and the camera is there as soon as the other program lets it go. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  guint64 frames;

  media_desk_device ("unplug camera");
  g_atomic_int_set (&busy_times, 2);
  g_atomic_int_set (&open_times, 0);
  g_object_set (fixture->graph, "camera", "Busy Camera", NULL);
  start (fixture);

  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_BUSY);
  frames = duo_video_encoder_get_frames (fixture->peer->video_encoder);
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) > frames + 3);

  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_NONE);
  g_assert_cmpint (g_atomic_int_get (&open_times), ==, 3);
  frames = duo_video_encoder_get_frames (fixture->peer->video_encoder);
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) > frames + 20);
  media_desk_device ("plug camera");
}

static double
hear (GstAppSink *sink, double seconds)
{
  g_autoptr (GArray) sound = media_collect_sound (sink, seconds);

  return media_loudness ((gint16 *) (gpointer) sound->data, sound->len);
}

/* What the speaker plays comes into the microphone; the other is to hear next to nothing of it.
 * Noise suppression alone takes 5 dB from this. The best of some seconds, since a busy machine
 * drops sound. */
static void
test_echo (Fixture *fixture, gconstpointer data)
{
  double echo = 0, least = 1;

  media_desk_device ("tone 0");
  media_desk_device ("echo on");
  media_peer_make_remote_beep (fixture->peer);
  start (fixture);

  for (guint i = 0; i < 10 && echo < 0.01; i++) {
    g_autoptr (GArray) raw = media_record ("duo-mic", 1);

    echo = media_loudness ((gint16 *) (gpointer) raw->data, raw->len);
  }
  for (guint i = 0; i < 25 && 20 * log10 (least / echo) > -20; i++)
    least = MIN (least, hear (fixture->peer->heard, 1));
  g_test_message ("Echo %.1f dBFS, heard %.1f dBFS", 20 * log10 (echo), 20 * log10 (least));
  g_assert_cmpfloat (20 * log10 (echo), >, -40);
  g_assert_cmpfloat (20 * log10 (least / echo), <, -9);

  media_desk_device ("echo off");
  media_desk_device ("tone 440");
}

/* Comes last: nothing brings the plug-in back. Sound is as raw as the microphone gives it. */
static void
test_no_processing (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "webrtcdsp", "webrtcechoprobe" };
  GstRegistry *registry = gst_registry_get ();
  gboolean echo_cancelling;
  double found;

  g_object_get (fixture->graph, "echo-cancelling", &echo_cancelling, NULL);
  g_assert_true (echo_cancelling);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GstPluginFeature) feature =
      gst_registry_find_feature (registry, names[i], GST_TYPE_ELEMENT_FACTORY);

    gst_registry_remove_feature (registry, feature);
  }
  g_object_get (fixture->graph, "echo-cancelling", &echo_cancelling, NULL);
  g_assert_false (echo_cancelling);

  start (fixture);
  do {
    g_autoptr (GArray) sound = media_collect_sound (fixture->peer->heard, 0.5);

    found = media_find_frequency ((gint16 *) (gpointer) sound->data, sound->len, 48000);
  } while (ABS (found - 440) > 10);
  g_assert_cmpint (media_get_enum (fixture->graph, "microphone-problem"), ==, 0);
  g_assert_cmpint (media_get_enum (fixture->graph, "speaker-problem"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  gst_device_provider_register (NULL, "duotestprovider", GST_RANK_PRIMARY, TEST_TYPE_PROVIDER);

  g_test_add ("/media/troubles/busy", Fixture, NULL, set_up, test_busy, tear_down);
  g_test_add ("/media/troubles/echo", Fixture, NULL, set_up, test_echo, tear_down);
  g_test_add ("/media/troubles/no-processing",
              Fixture,
              NULL,
              set_up,
              test_no_processing,
              tear_down);

  return g_test_run ();
}
