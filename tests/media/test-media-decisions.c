/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gst/gst.h>
#include <math.h>

#include "duo-camera-format.h"
#include "duo-chime.h"
#include "duo-device-selector.h"
#include "duo-media-error.h"
#include "duo-media-problem.h"
#include "duo-playout.h"

/* One step of a story: devices come (+id) and go (-id), fail (!id), are wanted (=id, or = for
 * none). */
typedef struct {
  const char *name;
  struct {
    const char *event;
    const char *current;
    gboolean switched;
  } steps[8];
} Story;

static const Story stories[] = {
  { "the first is used", { { "+a", "a", FALSE }, { "+b", "a", FALSE }, { "-b", "a", FALSE } } },
  { "the next takes over, and the first returns",
    { { "+a", "a", FALSE }, { "+b", "a", FALSE }, { "-a", "b", TRUE }, { "+a", "a", TRUE } } },
  { "the only one goes and comes",
    { { "+a", "a", FALSE }, { "-a", NULL, TRUE }, { "+a", "a", TRUE } } },
  { "the wanted one is used as soon as it is there",
    { { "=b", NULL, FALSE },
      { "+a", "a", FALSE },
      { "+b", "b", TRUE },
      { "-b", "a", TRUE },
      { "+b", "b", TRUE } } },
  { "a choice is no surprise",
    { { "+a", "a", FALSE },
      { "+b", "a", FALSE },
      { "=b", "b", FALSE },
      { "-a", "b", FALSE },
      { "+a", "b", FALSE },
      { "=a", "a", FALSE } } },
  { "one that fails is passed over until it is plugged in anew",
    { { "+a", "a", FALSE },
      { "+b", "a", FALSE },
      { "!a", "b", TRUE },
      { "-a", "b", FALSE },
      { "+a", "a", TRUE } } },
  { "one that fails is better than none",
    { { "+a", "a", FALSE }, { "!a", "a", FALSE }, { "+b", "b", TRUE }, { "!b", "a", TRUE } } },
  { "what is chosen is tried again",
    { { "+a", "a", FALSE }, { "+b", "a", FALSE }, { "!a", "b", TRUE }, { "=a", "a", FALSE } } },
};

static void
on_switched (DuoDeviceSelector *selector, DuoDevice *from, DuoDevice *to, gboolean *switched)
{
  *switched = TRUE;
}

static gboolean
find (GListStore *devices, const char *id, guint *position)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (devices)); i++) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (G_LIST_MODEL (devices), i);

    *position = i;
    if (strcmp (duo_device_get_id (device), id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
take_step (DuoDeviceSelector *selector, GListStore *devices, const char *event)
{
  g_autoptr (DuoDevice) device = NULL;
  const char *id = event + 1;
  guint position = 0;

  switch (event[0]) {
  case '+':
    device = duo_device_new (DUO_DEVICE_CAMERA, id, id, NULL);
    g_list_store_append (devices, device);
    break;
  case '-':
    g_assert_true (find (devices, id, &position));
    g_list_store_remove (devices, position);
    break;
  case '!':
    g_assert_true (find (devices, id, &position));
    device = g_list_model_get_item (G_LIST_MODEL (devices), position);
    duo_device_selector_mark_failed (selector, device);
    break;
  case '=':
    duo_device_selector_set_wanted (selector, *id != '\0' ? id : NULL);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
test_selector (gconstpointer data)
{
  const Story *story = data;
  g_autoptr (GListStore) devices = g_list_store_new (DUO_TYPE_DEVICE);
  DuoDeviceSelector *selector = duo_device_selector_new (G_LIST_MODEL (devices));
  gboolean switched;

  g_signal_connect (selector, "switched", G_CALLBACK (on_switched), &switched);
  for (guint i = 0; i < G_N_ELEMENTS (story->steps) && story->steps[i].event != NULL; i++) {
    DuoDevice *current;

    switched = FALSE;
    take_step (selector, devices, story->steps[i].event);
    current = duo_device_selector_get_current (selector);
    g_assert_cmpstr (current != NULL ? duo_device_get_id (current) : NULL,
                     ==,
                     story->steps[i].current);
    g_assert_cmpint (switched, ==, story->steps[i].switched);
  }
  g_assert_finalize_object (selector);
}

static void
test_camera_format (void)
{
  static const struct {
    const char *offered;
    const char *chosen;
  } cases[] = {
    { "video/x-raw,format=YUY2,width=640,height=480,framerate=30/1",
      "video/x-raw,format=YUY2,width=640,height=480,framerate=30/1" },
    /* Raw 720p at five frames a second is worse than JPEG at thirty. */
    { "video/x-raw,format=YUY2,width=1280,height=720,framerate=5/1;"
      "video/x-raw,format=YUY2,width=640,height=480,framerate=30/1;"
      "image/jpeg,width=1280,height=720,framerate=30/1",
      "image/jpeg,width=1280,height=720,framerate=30/1" },
    { "image/jpeg,width=1280,height=720,framerate=30/1;"
      "video/x-raw,format=NV12,width=1280,height=720,framerate=30/1",
      "video/x-raw,format=NV12,width=1280,height=720,framerate=30/1" },
    /* Lists and ranges are fixed at what is wanted. */
    { "video/x-raw,format={RGB,YUY2},width=[16,4096],height=[16,2160],framerate=[1/1,60/1]",
      "video/x-raw,format=YUY2,width=1280,height=720,framerate=30/1" },
    { "video/x-raw,format=YUY2,width=1920,height=1080,framerate={5/1,30/1};"
      "video/x-raw,format=YUY2,width=320,height=240,framerate={15/1,30/1}",
      "video/x-raw,format=YUY2,width=1920,height=1080,framerate=30/1" },
    /* What cannot be mapped or decoded does not count. */
    { "video/x-raw(memory:DMABuf),format=YUY2,width=1280,height=720,framerate=30/1;"
      "video/x-h264,width=1280,height=720,framerate=30/1;"
      "video/x-raw,format=YUY2,width=320,height=240,framerate=15/1",
      "video/x-raw,format=YUY2,width=320,height=240,framerate=15/1" },
    /* A rate that varies. */
    { "video/x-raw,format=YUY2,width=640,height=360,framerate=0/1",
      "video/x-raw,format=YUY2,width=640,height=360,framerate=0/1" },
    { "ANY", "video/x-raw" },
    { "EMPTY", "video/x-raw" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GstCaps) offered = gst_caps_from_string (cases[i].offered);
    g_autoptr (GstCaps) expected = gst_caps_from_string (cases[i].chosen);
    g_autoptr (GstCaps) chosen = duo_camera_format_choose (offered);
    g_autofree char *text = gst_caps_to_string (chosen);

    g_test_message ("%s → %s", cases[i].offered, text);
    g_assert_true (gst_caps_is_equal (chosen, expected));
    g_assert_cmpint (duo_camera_format_is_compressed (chosen),
                     ==,
                     g_str_has_prefix (cases[i].chosen, "image/"));
  }
}

/* Samples of 20 ms whose way here takes what the case says. */
static void
test_playout (void)
{
  const GstClockTime step = 20 * GST_MSECOND, start = 100 * GST_SECOND;
  DuoPlayout playout = { 0 };
  GstClockTime last = 0;

  /* Steady: played in their own rhythm, five milliseconds after they come. */
  for (guint i = 0; i < 100; i++) {
    GstClockTime due = start + i * step, now = due + 80 * GST_MSECOND;
    GstClockTime at = duo_playout_schedule (&playout, due, now);

    g_assert_cmpuint (at, ==, now + 5 * GST_MSECOND);
    last = at;
  }
  /* One late sample changes nothing for the others. */
  for (guint i = 100; i < 140; i++) {
    GstClockTime due = start + i * step;
    GstClockTime late = i == 120 ? 300 * GST_MSECOND : 80 * GST_MSECOND;
    GstClockTime at = duo_playout_schedule (&playout, due, due + late);

    g_assert_cmpuint (at - last, ==, step);
    last = at;
  }
  /* All late: after a second or two the delay has grown as far as it must. */
  for (guint i = 140; i < 260; i++) {
    GstClockTime due = start + i * step;

    last = duo_playout_schedule (&playout, due, due + 150 * GST_MSECOND);
  }
  g_assert_cmpuint (last, ==, start + 259 * step + 155 * GST_MSECOND);
  /* All early again: it shrinks. */
  for (guint i = 260; i < 380; i++) {
    GstClockTime due = start + i * step;

    last = duo_playout_schedule (&playout, due, due + 20 * GST_MSECOND);
  }
  g_assert_cmpuint (last, ==, start + 379 * step + 25 * GST_MSECOND);
  /* Timestamps from elsewhere, as of another peer. */
  last = duo_playout_schedule (&playout, 5 * GST_SECOND, start + 400 * step);
  g_assert_cmpuint (last, ==, start + 400 * step + 5 * GST_MSECOND);
}

static void
test_chime (void)
{
  g_autofree gint16 *samples = g_new0 (gint16, DUO_CHIME_LENGTH + 480);
  gint16 loud[480];
  int peak = 0;

  /* In parts it is the same as in one piece, and it ends. */
  for (guint i = 0; i < DUO_CHIME_LENGTH + 480; i += 480)
    duo_chime_mix (i, samples + i, 480);
  for (guint i = 0; i < DUO_CHIME_LENGTH; i++)
    peak = MAX (peak, abs (samples[i]));
  g_assert_cmpint (peak, >, G_MAXINT16 / 8);
  g_assert_cmpint (peak, <, G_MAXINT16 / 2);
  g_assert_cmpint (abs (samples[0]), <, 50);
  g_assert_cmpint (abs (samples[DUO_CHIME_LENGTH - 1]), <, 50);
  for (guint i = DUO_CHIME_LENGTH; i < DUO_CHIME_LENGTH + 480; i++)
    g_assert_cmpint (samples[i], ==, 0);

  /* Over loud sound it does not wrap around. */
  for (guint i = 0; i < 480; i++)
    loud[i] = G_MAXINT16;
  duo_chime_mix (2400, loud, 480);
  for (guint i = 0; i < 480; i++)
    g_assert_cmpint (loud[i], >, 0);
}

static void
test_problem (void)
{
  static const struct {
    GQuark (*domain) (void);
    int code;
    DuoMediaProblem problem;
  } cases[] = {
    { gst_resource_error_quark, GST_RESOURCE_ERROR_BUSY, DUO_MEDIA_PROBLEM_BUSY },
    { gst_resource_error_quark, GST_RESOURCE_ERROR_NOT_FOUND, DUO_MEDIA_PROBLEM_MISSING },
    { gst_resource_error_quark, GST_RESOURCE_ERROR_NOT_AUTHORIZED, DUO_MEDIA_PROBLEM_DENIED },
    { gst_resource_error_quark, GST_RESOURCE_ERROR_READ, DUO_MEDIA_PROBLEM_FAILED },
    { gst_stream_error_quark, GST_STREAM_ERROR_FAILED, DUO_MEDIA_PROBLEM_FAILED },
    { duo_media_error_quark, DUO_MEDIA_ERROR_DENIED, DUO_MEDIA_PROBLEM_DENIED },
    { duo_media_error_quark, DUO_MEDIA_ERROR_MISSING_PLUGIN, DUO_MEDIA_PROBLEM_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (cases[i].domain (), cases[i].code, "");

    g_assert_cmpint (duo_media_problem_from_error (error), ==, cases[i].problem);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *name = g_strdelimit (g_strdup (stories[i].name), " ,", '-');
    g_autofree char *path = g_strconcat ("/media/selector/", name, NULL);

    g_test_add_data_func (path, &stories[i], test_selector);
  }
  g_test_add_func ("/media/camera-format", test_camera_format);
  g_test_add_func ("/media/playout", test_playout);
  g_test_add_func ("/media/chime", test_chime);
  g_test_add_func ("/media/problem", test_problem);

  return g_test_run ();
}
