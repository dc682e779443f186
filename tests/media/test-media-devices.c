/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "media-fixture.h"

/* What a test has of its own: everything that a call has, with the desk's devices. */
typedef struct {
  DuoDeviceMonitor *monitor;
  DuoMediaGraph *graph;
  MediaPeer *peer;
  guint switches;
  DuoDeviceKind switched_kind;
  char *switched_to;
} Fixture;

static void
on_switched (
  DuoMediaGraph *graph, DuoDeviceKind kind, DuoDevice *from, DuoDevice *to, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->switches++;
  fixture->switched_kind = kind;
  g_free (fixture->switched_to);
  fixture->switched_to = to != NULL ? g_strdup (duo_device_get_id (to)) : NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->monitor = duo_device_monitor_new ();
  fixture->graph = duo_media_graph_new (fixture->monitor, FALSE);
  g_signal_connect (fixture->graph, "device-switched", G_CALLBACK (on_switched), fixture);
  fixture->peer = media_peer_new (duo_media_graph_get_clock (fixture->graph), 700);
  duo_media_graph_attach_peer (fixture->graph,
                               duo_audio_encoder_get_source (fixture->peer->audio_encoder),
                               duo_video_encoder_get_source (fixture->peer->video_encoder),
                               fixture->peer->audio_out);
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
  g_free (fixture->switched_to);
}

static gboolean
active_is (Fixture *fixture, const char *property, const char *id)
{
  g_autoptr (DuoDevice) device = NULL;

  g_object_get (fixture->graph, property, &device, NULL);
  return g_strcmp0 (device != NULL ? duo_device_get_id (device) : NULL, id) == 0;
}

/* The first of each kind, as PipeWire tells of them one after the other. */
static void
wait_for_devices (Fixture *fixture)
{
  wait_until (active_is (fixture, "active-camera", "duo-cam"));
  wait_until (active_is (fixture, "active-microphone", "duo-mic"));
  wait_until (active_is (fixture, "active-speaker", "duo-speaker"));
}

static guint
count_devices (Fixture *fixture, DuoDeviceKind kind)
{
  return g_list_model_get_n_items (duo_device_monitor_get_devices (fixture->monitor, kind));
}

static double
get_level (Fixture *fixture)
{
  double level;

  g_object_get (fixture->graph, "microphone-level", &level, NULL);
  return level;
}

static void
test_found (Fixture *fixture, gconstpointer data)
{
  static const char *const labels[] = { "Test Camera", "Test Microphone", "Test Speaker" };

  wait_until (duo_device_monitor_is_ready (fixture->monitor));
  wait_for_devices (fixture);
  for (guint kind = 0; kind < DUO_N_DEVICE_KINDS; kind++) {
    GListModel *devices = duo_device_monitor_get_devices (fixture->monitor, kind);
    g_autoptr (DuoDevice) device = g_list_model_get_item (devices, 0);

    g_assert_cmpuint (count_devices (fixture, kind), ==, 1);
    g_assert_cmpstr (duo_device_get_label (device), ==, labels[kind]);
    g_assert_cmpint (duo_device_get_kind (device), ==, kind);
  }
  g_assert_cmpuint (fixture->switches, ==, 0);
}

static void
test_camera (Fixture *fixture, gconstpointer data)
{
  guint64 frames = 0;

  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) >= 30);
  g_assert_cmpint (media_get_enum (fixture->graph, "camera-problem"), ==, 0);

  /* Black comes five times a second, the camera thirty times. The best of some seconds, since a
   * busy machine drops pictures. */
  for (guint i = 0; i < 10 && frames <= 15; i++) {
    guint64 before = duo_video_encoder_get_frames (fixture->peer->video_encoder);

    media_pump (1000);
    frames = duo_video_encoder_get_frames (fixture->peer->video_encoder) - before;
  }
  g_assert_cmpuint (frames, >, 15);
}

/* It takes devices a while to open, and this long is what the test gives them. */
static void
wait_for_tone (GstAppSink *sink, double frequency)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  double found;

  do {
    g_autoptr (GArray) sound = media_collect_sound (sink, 0.3);

    found = media_find_frequency ((gint16 *) (gpointer) sound->data, sound->len, 48000);
    g_test_message ("Loudest is %.0f Hz with %.4f",
                    found,
                    media_loudness_at ((gint16 *) (gpointer) sound->data,
                                       sound->len,
                                       48000,
                                       found));
    g_assert_cmpint (g_get_monotonic_time (), <, end);
  } while (ABS (found - frequency) > 10);
}

static double
loudness_at (GArray *sound, double frequency)
{
  return media_loudness_at ((gint16 *) (gpointer) sound->data, sound->len, 48000, frequency);
}

/* What the other hears: the microphone's tone, and next to nothing once it is off. */
static void
test_microphone (Fixture *fixture, gconstpointer data)
{
  gint64 end;
  double left;

  g_object_set (fixture->graph, "noise-suppression", FALSE, NULL);
  wait_for_tone (fixture->peer->heard, 440);
  wait_until (get_level (fixture) > 0.5);

  g_object_set (fixture->graph, "microphone-enabled", FALSE, NULL);
  /* What is on its way is still heard. In each second there would be beeps. */
  end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  do {
    g_autoptr (GArray) sound = media_collect_sound (fixture->peer->heard, 1);

    left = loudness_at (sound, 440);
    g_assert_cmpint (g_get_monotonic_time (), <, end);
  } while (left >= 0.001);
  wait_until (get_level (fixture) > 0.5);
  g_assert_true (active_is (fixture, "active-microphone", "duo-mic"));
}

static void
test_speaker (Fixture *fixture, gconstpointer data)
{
  double found = 0, loudness = 0;

  wait_until (active_is (fixture, "active-speaker", "duo-speaker"));
  /* Little is missing in between: a whole tone has 0.4. The best of some seconds, since a busy
   * machine drops sound. */
  for (guint i = 0; i < 10 && loudness <= 0.2; i++) {
    g_autoptr (GArray) sound = media_record ("duo-speaker.monitor", 1);

    found = media_find_frequency ((gint16 *) (gpointer) sound->data, sound->len, 48000);
    loudness = loudness_at (sound, 700);
  }
  g_assert_cmpfloat_with_epsilon (found, 700, 10);
  g_assert_cmpfloat (loudness, >, 0.2);
  g_assert_cmpint (media_get_enum (fixture->graph, "speaker-problem"), ==, 0);
}

static void
test_chime (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GstAppSink) sink = NULL;
  g_autoptr (GstElement) listener = NULL;
  double loudness = 0;

  duo_media_graph_detach_peer (fixture->graph);
  wait_until (active_is (fixture, "active-speaker", "duo-speaker"));
  listener = media_listen ("duo-speaker.monitor", &sink);
  /* A busy machine drops sound. */
  for (guint i = 0; i < 10 && loudness <= 0.01; i++) {
    g_autoptr (GArray) sound = NULL;

    duo_media_graph_play_chime (fixture->graph);
    sound = media_collect_sound (sink, 1);
    loudness = loudness_at (sound, 880);
  }
  gst_element_set_state (listener, GST_STATE_NULL);
  g_assert_cmpfloat (loudness, >, 0.01);
}

static void
test_camera_unplugged (Fixture *fixture, gconstpointer data)
{
  guint64 frames;
  double brightness;

  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) >= 30);
  media_desk_device ("unplug camera");
  /* What it says itself as it goes may be the same. */
  wait_until (fixture->switches > 0);
  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_MISSING);
  g_assert_cmpuint (fixture->switches, ==, 1);
  g_assert_cmpint (fixture->switched_kind, ==, DUO_DEVICE_CAMERA);
  g_assert_null (fixture->switched_to);

  /* The call goes on in black. */
  frames = duo_video_encoder_get_frames (fixture->peer->video_encoder);
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) > frames + 3);
  do {
    g_autoptr (GstSample) sample = media_pull_newest (fixture->peer->seen);
    brightness = media_average_brightness (sample);
  } while (brightness >= 16.5);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (GstSample) sample = media_pull_newest (fixture->peer->seen);
    g_assert_cmpfloat (media_average_brightness (sample), <, 16.5);
  }

  media_desk_device ("plug camera");
  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_NONE);
  g_assert_cmpuint (fixture->switches, ==, 2);
  g_assert_cmpstr (fixture->switched_to, ==, "duo-cam");
  frames = duo_video_encoder_get_frames (fixture->peer->video_encoder);
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) > frames + 20);
}

static void
test_falls_back_and_returns (Fixture *fixture, gconstpointer data)
{
  /* What is used first is what it returns to. */
  wait_for_devices (fixture);
  media_desk_device ("plug camera-2");
  media_desk_device ("plug microphone-2");
  media_desk_device ("plug speaker-2");
  for (guint kind = 0; kind < DUO_N_DEVICE_KINDS; kind++)
    wait_until (count_devices (fixture, kind) == 2);
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) >= 10);

  media_desk_device ("unplug camera");
  wait_until (active_is (fixture, "active-camera", "duo-cam-2"));
  g_assert_cmpstr (fixture->switched_to, ==, "duo-cam-2");
  media_desk_device ("plug camera");
  wait_until (active_is (fixture, "active-camera", "duo-cam"));

  media_desk_device ("unplug microphone");
  wait_until (active_is (fixture, "active-microphone", "duo-mic-2"));
  media_desk_device ("plug microphone");
  wait_until (active_is (fixture, "active-microphone", "duo-mic"));

  media_desk_device ("unplug speaker");
  wait_until (active_is (fixture, "active-speaker", "duo-speaker-2"));
  media_desk_device ("plug speaker");
  wait_until (active_is (fixture, "active-speaker", "duo-speaker"));
  g_assert_cmpuint (fixture->switches, ==, 6);

  /* By choice no signal is needed. */
  g_object_set (fixture->graph, "camera", "duo-cam-2", "microphone", "duo-mic-2", NULL);
  g_assert_true (active_is (fixture, "active-camera", "duo-cam-2"));
  wait_until (active_is (fixture, "active-microphone", "duo-mic-2"));
  g_assert_cmpuint (fixture->switches, ==, 6);

  media_desk_device ("unplug camera-2");
  media_desk_device ("unplug microphone-2");
  media_desk_device ("unplug speaker-2");
  wait_until (active_is (fixture, "active-camera", "duo-cam"));
}

/* It is still there, but no more pictures come. */
static void
test_camera_stops (Fixture *fixture, gconstpointer data)
{
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) >= 30);
  media_desk_device ("cut camera");
  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_NO_FRAMES);
  /* The desk's camera does not always recover from that by itself. */
  media_desk_device ("unplug camera");
  media_desk_device ("plug camera");
  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_NONE);
}

static void
test_camera_off_closes (Fixture *fixture, gconstpointer data)
{
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) >= 10);
  for (guint i = 0; i < 3; i++) {
    g_object_set (fixture->graph, "camera-enabled", FALSE, NULL);
    g_assert_true (active_is (fixture, "active-camera", NULL));
    g_object_set (fixture->graph, "camera-enabled", TRUE, NULL);
    wait_until (active_is (fixture, "active-camera", "duo-cam"));
  }
  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_NONE);
}

static void
test_no_devices (Fixture *fixture, gconstpointer data)
{
  wait_until (duo_device_monitor_is_ready (fixture->monitor));
  tear_down (fixture, data);
  media_desk_device ("unplug camera");
  media_desk_device ("unplug microphone");
  media_desk_device ("unplug speaker");
  set_up (fixture, data);

  wait_until (duo_device_monitor_is_ready (fixture->monitor));
  wait_until (media_get_enum (fixture->graph, "camera-problem") == DUO_MEDIA_PROBLEM_MISSING);
  wait_until (duo_video_encoder_get_frames (fixture->peer->video_encoder) >= 5);
  g_autoptr (GArray) silence = media_collect_sound (fixture->peer->heard, 0.3);
  g_assert_cmpuint (silence->len, >, 0);

  media_desk_device ("plug speaker");
  media_desk_device ("plug microphone");
  media_desk_device ("plug camera");
  wait_until (active_is (fixture, "active-camera", "duo-cam"));
  wait_until (active_is (fixture, "active-microphone", "duo-mic"));
  wait_until (active_is (fixture, "active-speaker", "duo-speaker"));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  add ("/media/devices/found", test_found);
  add ("/media/devices/camera", test_camera);
  add ("/media/devices/microphone", test_microphone);
  add ("/media/devices/speaker", test_speaker);
  add ("/media/devices/chime", test_chime);
  add ("/media/devices/camera-unplugged", test_camera_unplugged);
  add ("/media/devices/falls-back-and-returns", test_falls_back_and_returns);
  add ("/media/devices/camera-stops", test_camera_stops);
  add ("/media/devices/camera-off-closes", test_camera_off_closes);
  add ("/media/devices/no-devices", test_no_devices);

  return g_test_run ();
}
