/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the call view in one state, to look at:
 *
 *   show-call STATE [WIDTHxHEIGHT] [dark] [live] [shield] [FILE.png]
 *
 * "shield" opens the safety pictures. With a file it saves what is on the screen and ends, without
 * one it stays open. "live" has moving pictures. */

#include "config.h"

#include <adwaita.h>
#include <stdio.h>

#include "duo-call-view.h"
#include "duo-render.h"
#include "duo-video-paintable.h"
#include "fake-call.h"
#include "ui-picture.h"

typedef struct {
  const char *name;
  void (*apply) (FakeCall *call);
} Scene;

static void
join (FakeCall *call)
{
  fake_call_set (call, "signaling-connected", TRUE);
}

static void
meet (FakeCall *call)
{
  DuoPeerStats stats = {
    .round_trip_ms = 23,
    .loss_percent = 0.4,
    .receive_video_bitrate = 1040000,
    .send_video_bitrate = 980000,
    .width = 1280,
    .height = 720,
    .frames_per_second = 30,
  };

  join (call);
  fake_call_set (call, "state", DUO_CALL_STATE_CONNECTED);
  fake_call_set (call, "remote-name", "Ada Lovelace");
  fake_call_set (call, "quality", 3);
  fake_call_set_duration (call, 754 * G_TIME_SPAN_SECOND);
  fake_call_set_emoji (call, 3, 14, 25, 46);
  fake_call_set_stats (call, &stats);
}

static void
apply_joining (FakeCall *call)
{
  fake_call_set (call, "state", DUO_CALL_STATE_JOINING);
}

static void
apply_full (FakeCall *call)
{
  apply_joining (call);
  fake_call_set (call, "room-full", TRUE);
}

static void
apply_not_started (FakeCall *call)
{
  apply_joining (call);
  fake_call_set (call, "not-started", TRUE);
}

static void
apply_waiting (FakeCall *call)
{
  join (call);
  fake_call_set (call, "state", DUO_CALL_STATE_WAITING);
}

static void
apply_open_room (FakeCall *call)
{
  apply_waiting (call);
  fake_call_set (call, "open-room", TRUE);
}

static void
apply_ringing (FakeCall *call)
{
  apply_open_room (call);
  fake_call_set (call, "ringing", TRUE);
}

static void
apply_connecting (FakeCall *call)
{
  join (call);
  fake_call_set (call, "remote-name", "Ada Lovelace");
  fake_call_set (call, "state", DUO_CALL_STATE_CONNECTING);
}

static void
apply_muted (FakeCall *call)
{
  meet (call);
  g_object_set (call, "microphone-enabled", FALSE, "camera-enabled", FALSE, NULL);
  fake_call_set (call, "remote-microphone", FALSE);
}

static void
apply_camera_off (FakeCall *call)
{
  meet (call);
  fake_call_set (call, "remote-camera", FALSE);
}

static void
apply_poor (FakeCall *call)
{
  meet (call);
  fake_call_set (call, "quality", 1);
  fake_call_set (call, "trouble", DUO_CALL_TROUBLE_REMOTE);
}

static void
apply_browser (FakeCall *call)
{
  meet (call);
  fake_call_set (call, "remote-browser", TRUE);
}

static void
apply_verified (FakeCall *call)
{
  meet (call);
  g_object_set (call, "verified", TRUE, NULL);
}

static void
apply_lost (FakeCall *call)
{
  meet (call);
  fake_call_set (call, "verification-lost", TRUE);
}

static void
apply_open (FakeCall *call)
{
  meet (call);
  fake_call_set (call, "open-room", TRUE);
}

static void
apply_open_waiting (FakeCall *call)
{
  apply_waiting (call);
  fake_call_set (call, "open-room", TRUE);
}

/* As much over the picture as there can be. */
static void
apply_notices (FakeCall *call)
{
  apply_open (call);
  fake_call_set (call, "remote-microphone", FALSE);
  fake_call_set (call, "trouble", DUO_CALL_TROUBLE_REMOTE);
  duo_call_emit_announcement (DUO_CALL (call),
                              "This server restarts at noon. Calls go on meanwhile; who is not "
                              "connected yet has to wait for a minute. <b>Thank you</b> for your "
                              "patience, and have a look at https://status.example.org then.");
}

static void
apply_reconnecting (FakeCall *call)
{
  meet (call);
  fake_call_set (call, "quality", 0);
  fake_call_set (call, "trouble", DUO_CALL_TROUBLE_REMOTE);
  fake_call_set (call, "can-give-up", TRUE);
  fake_call_set (call, "state", DUO_CALL_STATE_RECONNECTING);
}

static const Scene scenes[] = {
  { "joining", apply_joining },
  { "full", apply_full },
  { "not-started", apply_not_started },
  { "waiting", apply_waiting },
  { "open-room", apply_open_room },
  { "ringing", apply_ringing },
  { "connecting", apply_connecting },
  { "connected", meet },
  { "muted", apply_muted },
  { "camera-off", apply_camera_off },
  { "poor", apply_poor },
  { "browser", apply_browser },
  { "verified", apply_verified },
  { "lost", apply_lost },
  { "open", apply_open },
  { "open-waiting", apply_open_waiting },
  { "notices", apply_notices },
  { "reconnecting", apply_reconnecting },
};

static GMainLoop *loop;
static const char *file;
static gboolean with_popover;

static GtkWidget *
find_button (GtkWidget *widget, const char *icon_prefix)
{
  const char *icon_name = NULL;

  if (GTK_IS_MENU_BUTTON (widget))
    icon_name = gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget));
  if (icon_name != NULL && g_str_has_prefix (icon_name, icon_prefix))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, icon_prefix);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static gboolean
save_cb (gpointer window)
{
  g_autofree char *command = g_strdup_printf ("import -window root %s", file);

  if (system (command) != 0)
    fprintf (stderr, "Could not save %s\n", file);
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gboolean
shown_cb (gpointer window)
{
  if (with_popover)
    gtk_menu_button_popup (GTK_MENU_BUTTON (find_button (window, "duo-shield")));
  if (file != NULL)
    g_timeout_add (700, save_cb, window);
  return G_SOURCE_REMOVE;
}

/* 720p at 30 frames a second and a small picture of oneself at 15, as in a call. */
static GstElement *
play (DuoVideoPaintable *paintable, const char *size, int rate)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *sink = duo_video_paintable_create_sink (paintable);
  GstElement *source;
  g_autofree char *description =
    g_strdup_printf ("videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,%s,"
                     "framerate=%d/1 ! queue",
                     size,
                     rate);

  source = gst_parse_bin_from_description (description, TRUE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, sink, NULL);
  gst_element_link (source, sink);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

static void
stop (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

static void
load_style (void)
{
  GtkCssProvider *provider = gtk_css_provider_new ();
  GdkDisplay *display = gdk_display_get_default ();

  gtk_css_provider_load_from_resource (provider, "/io/github/duologue/Duologue/style.css");
  gtk_style_context_add_provider_for_display (display,
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/io/github/duologue/Duologue/icons");
  g_object_unref (provider);
}

int
main (int argc, char *argv[])
{
  g_autoptr (FakeCall) call = NULL;
  g_autoptr (GdkPaintable) remote = ui_picture_new (1280, 720, 0);
  g_autoptr (GdkPaintable) own = ui_picture_new (640, 360, 0.55);
  g_autoptr (DuoVideoPaintable) live_remote = NULL;
  g_autoptr (DuoVideoPaintable) live_own = NULL;
  GstElement *pipelines[2] = { NULL, NULL };
  const Scene *scene = NULL;
  GtkWidget *window;
  int width = 960;
  int height = 700;

  duo_render_prepare ();
  adw_init ();
  gst_init (NULL, NULL);
  load_style ();
  call = fake_call_new ("https://calls.example.org/call#k7qm-4xwp-93h3");
  for (int i = 1; i < argc; i++) {
    if (sscanf (argv[i], "%dx%d", &width, &height) == 2)
      continue;
    if (g_str_equal (argv[i], "dark"))
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          ADW_COLOR_SCHEME_FORCE_DARK);
    else if (g_str_has_suffix (argv[i], ".png"))
      file = argv[i];
    for (gsize j = 0; j < G_N_ELEMENTS (scenes); j++) {
      if (g_str_equal (argv[i], scenes[j].name))
        scene = &scenes[j];
    }
    if (g_str_equal (argv[i], "live") && live_remote == NULL) {
      live_remote = duo_video_paintable_new ();
      live_own = duo_video_paintable_new ();
      pipelines[0] = play (live_remote, "width=1280,height=720", 30);
      pipelines[1] = play (live_own, "width=320,height=180", 15);
    }
    with_popover |= g_str_equal (argv[i], "shield");
  }

  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window),
                          duo_call_view_new (DUO_CALL (call),
                                             live_remote != NULL ? GDK_PAINTABLE (live_remote)
                                                                 : remote,
                                             live_own != NULL ? GDK_PAINTABLE (live_own) : own));
  if (scene != NULL)
    scene->apply (call);
  gtk_window_present (GTK_WINDOW (window));

  loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect_swapped (window, "close-request", G_CALLBACK (g_main_loop_quit), loop);
  g_timeout_add (400, shown_cb, window);
  g_main_loop_run (loop);
  g_main_loop_unref (loop);
  for (gsize i = 0; i < G_N_ELEMENTS (pipelines); i++)
    g_clear_pointer (&pipelines[i], stop);
  if (live_remote != NULL)
    printf ("%" G_GUINT64_FORMAT " frames\n", duo_video_paintable_get_frames (live_remote));
  return 0;
}
