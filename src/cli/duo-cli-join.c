/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-cli"

#include "config.h"

#include "duo-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>

#include "duo-call-session.h"
#include "duo-cli-control.h"
#include "duo-cli-report.h"
#include "duo-frame-counter.h"
#include "duo-ice-store.h"
#include "duo-recorder.h"

typedef struct {
  gboolean test_media;
  gboolean json;
  gboolean relay_only;
  gboolean call;
  gboolean control;
  int duration;
  char *record;
  char *stats;
  char *server;
  char *name;
  char *token_file;
} Options;

typedef struct {
  GMainLoop *loop;
  DuoDeviceMonitor *monitor; /* NULL with test media */
  DuoMediaGraph *graph;
  DuoPeerFactory *factory;
  DuoCallSession *session;
  DuoFrameCounter *counter;
  DuoRecorder *recorder;  /* nullable */
  DuoCliControl *control; /* nullable */

  DuoCliReport report;
  gboolean json;
  gboolean rings;
  gboolean leaving;
  gboolean recorded;
} Join;

static DuoCall *
get_call (Join *join)
{
  return DUO_CALL (join->session);
}

static void
options_clear (Options *options)
{
  g_free (options->record);
  g_free (options->stats);
  g_free (options->server);
  g_free (options->name);
  g_free (options->token_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
update_report (Join *join)
{
  DuoCliReport *report = &join->report;

  report->frames_sent = duo_peer_factory_get_frames_sent (join->factory);
  report->frames_decoded = duo_frame_counter_get_frames (join->counter);
  report->first_frame_at = duo_frame_counter_get_first (join->counter);
  g_object_get (join->graph, "microphone-level", &report->microphone_level, NULL);
  report->remote_level = duo_peer_factory_get_remote_level (join->factory);
  report->microphone_peak = MAX (report->microphone_peak, report->microphone_level);
  report->remote_peak = MAX (report->remote_peak, report->remote_level);
}

static void
print_report (Join *join, const char *type)
{
  g_autofree char *line = NULL;

  update_report (join);
  if (!join->json)
    return;

  line = duo_cli_report_to_json (&join->report, get_call (join), type);
  g_print ("%s\n", line);
}

/* Nobody says when a plain web client comes: it is called until it answers. */
static void
ring (Join *join)
{
  if (join->rings && duo_call_get_state (get_call (join)) == DUO_CALL_STATE_WAITING &&
      !duo_call_get_flag (get_call (join), "ringing"))
    duo_call_ring (get_call (join));
}

static gboolean
on_second (gpointer user_data)
{
  ring (user_data);
  print_report (user_data, "stats");

  return G_SOURCE_CONTINUE;
}

static void
on_stopped (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Join *join = user_data;
  g_autoptr (GError) error = NULL;

  if (!duo_media_graph_stop_finish (DUO_MEDIA_GRAPH (object), result, &error))
    g_warning ("%s", error->message);
  g_main_loop_quit (join->loop);
}

static void
on_closed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Join *join = user_data;

  duo_call_session_close_finish (DUO_CALL_SESSION (object), result);
  duo_media_graph_stop_async (join->graph, on_stopped, join);
}

static void
leave (Join *join)
{
  if (join->leaving)
    return;

  join->leaving = TRUE;
  update_report (join);
  duo_call_session_close_async (join->session, on_closed, join);
}

/* A signal, or the end of the time. */
static gboolean
on_time_to_leave (gpointer user_data)
{
  leave (user_data);

  return G_SOURCE_CONTINUE;
}

static void
complain (DuoCall *call)
{
  const GError *error = duo_call_get_error (call);

  if (duo_call_get_end_reason (call) == DUO_CALL_END_UNTRUSTED)
    duo_cli_complain (
      _ ("The certificate of the room server is not one that this computer trusts"));
  else if (error != NULL)
    duo_cli_complain ("%s", error->message);
}

static void
on_state (Join *join)
{
  DuoCallState state = duo_call_get_state (get_call (join));

  if (!join->json) {
    if (state == DUO_CALL_STATE_ENDED)
      g_print ("%s: %s\n",
               duo_enum_nick (DUO_TYPE_CALL_STATE, state),
               duo_enum_nick (DUO_TYPE_CALL_END_REASON, duo_call_get_end_reason (get_call (join))));
    else
      g_print ("%s\n", duo_enum_nick (DUO_TYPE_CALL_STATE, state));
  }

  if (state == DUO_CALL_STATE_ENDED) {
    complain (get_call (join));
    leave (join);
  }
}

static void
on_obstacle (Join *join)
{
  if (join->json)
    return;
  if (duo_call_get_flag (get_call (join), "room-full"))
    g_print ("%s\n", _ ("The room is full; trying again"));
  else if (duo_call_get_flag (get_call (join), "not-started"))
    g_print ("%s\n", _ ("Nobody with an access token has started the room yet; trying again"));
}

static GstElement *
create_sink (gpointer user_data)
{
  Join *join = user_data;
  GstElement *sink = NULL;

  if (join->recorder != NULL)
    sink = duo_recorder_create_video_sink (join->recorder);
  if (sink == NULL) {
    sink = gst_element_factory_make ("fakesink", NULL);
    g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, NULL);
  }
  duo_frame_counter_watch (join->counter, sink);

  return sink;
}

static gboolean
start_recording (Join *join, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return TRUE;

  join->recorder = duo_recorder_new (path, &error);
  if (join->recorder == NULL) {
    duo_cli_complain ("%s", error->message);
    return FALSE;
  }
  duo_media_graph_set_remote_sound_tap (join->graph, duo_recorder_get_sound_tap (join->recorder));

  return TRUE;
}

static void
on_recorded (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Join *join = user_data;
  g_autoptr (GError) error = NULL;

  join->recorded = duo_recorder_stop_finish (DUO_RECORDER (object), result, &error);
  if (!join->recorded)
    duo_cli_complain ("%s", error->message);
  g_main_loop_quit (join->loop);
}

static gboolean
finish_recording (Join *join)
{
  if (join->recorder == NULL)
    return TRUE;

  duo_recorder_stop_async (join->recorder, on_recorded, join);
  g_main_loop_run (join->loop);

  return join->recorded;
}

static void
set_up (Join *join, const Options *options, DuoJoinLink *link)
{
  g_auto (GStrv) own = duo_ice_store_load_uris (NULL);
  DuoIcePlan *plan;

  join->json = options->stats != NULL;
  join->loop = g_main_loop_new (NULL, FALSE);
  join->counter = duo_frame_counter_new ();
  if (!options->test_media) {
    join->monitor = duo_device_monitor_new ();
    duo_device_monitor_start (join->monitor);
  }
  duo_peer_factory_prepare ();
  join->graph = duo_media_graph_new (join->monitor, options->test_media);
  join->factory = duo_peer_factory_new (join->graph, create_sink, join, NULL);
  plan = duo_peer_factory_get_ice_plan (join->factory);
  duo_ice_plan_set_own (plan, (const char *const *) own);
  duo_ice_plan_set_relay_only (plan, options->relay_only);
  join->session = duo_call_session_new (link,
                                        options->name != NULL ? options->name : g_get_real_name (),
                                        join->graph,
                                        join->factory,
                                        NULL);

  g_signal_connect_swapped (join->session, "notify::state", G_CALLBACK (on_state), join);
  join->rings = options->call;
  if (options->control)
    join->control = duo_cli_control_new (get_call (join));
  g_signal_connect_swapped (join->session, "notify::not-started", G_CALLBACK (on_obstacle), join);
}

static void
tear_down (Join *join)
{
  g_signal_handlers_disconnect_by_data (join->session, join);
  g_clear_object (&join->control);
  g_clear_object (&join->session);
  g_clear_object (&join->factory);
  duo_media_graph_set_remote_sound_tap (join->graph, NULL);
  g_clear_object (&join->recorder);
  g_clear_object (&join->graph);
  g_clear_object (&join->monitor);
  g_clear_pointer (&join->counter, duo_frame_counter_unref);
  g_clear_pointer (&join->loop, g_main_loop_unref);
}

static int
run (const Options *options, DuoJoinLink *link)
{
  Join join = { 0 };
  guint sources[4] = { 0 };
  gboolean good;

  set_up (&join, options, link);
  if (!start_recording (&join, options->record)) {
    tear_down (&join);
    return DUO_CLI_FAILED;
  }

  sources[0] = g_unix_signal_add (SIGINT, on_time_to_leave, &join);
  sources[1] = g_unix_signal_add (SIGTERM, on_time_to_leave, &join);
  sources[2] = g_timeout_add (1000, on_second, &join);
  if (options->duration > 0)
    sources[3] = g_timeout_add_seconds (options->duration, on_time_to_leave, &join);

  join.report.started_at = g_get_monotonic_time ();
  duo_media_graph_start (join.graph);
  duo_call_join (get_call (&join));
  g_main_loop_run (join.loop);

  print_report (&join, "summary");
  good = finish_recording (&join) && duo_cli_report_is_good (&join.report);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_clear_handle_id (&sources[i], g_source_remove);
  tear_down (&join);

  return good ? DUO_CLI_OK : DUO_CLI_FAILED;
}

/**
 * duo_cli_join:
 * @argc: number of arguments
 * @argv: `join` and what follows
 *
 * Takes part in a call, without a window.
 *
 * Returns: an exit status
 */
int
duo_cli_join (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("LINK|- – join a call"));
  g_autoptr (DuoJoinLink) link = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = NULL;
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "test-media",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.test_media,
      N_ ("Send a test picture and a tone instead of camera and microphone"),
      NULL },
    { "record",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.record,
      N_ ("Record the other’s sound and picture as WebM"),
      N_ ("FILE") },
    { "duration",
      0,
      0,
      G_OPTION_ARG_INT,
      &options.duration,
      N_ ("Hang up after so many seconds"),
      N_ ("SECONDS") },
    { "stats",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.stats,
      N_ ("Print one JSON object a second, and a last one that sums up"),
      "json" },
    { "call",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.call,
      N_ ("In an open room: call whoever is there"),
      NULL },
    { "control",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.control,
      N_ ("Obey lines on standard input, such as “microphone off”"),
      NULL },
    { "relay-only",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.relay_only,
      N_ ("Go through a relay in any case"),
      NULL },
    { "token-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.token_file,
      N_ ("Use the access token in a file, and keep it for this server"),
      N_ ("FILE") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("The name to show"), N_ ("NAME") },
    { "server",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options.server,
      N_ ("The room server of a bare code"),
      N_ ("URL") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    duo_cli_complain ("%s", error->message);
    return DUO_CLI_USAGE;
  }
  if (argc != 2 || options.duration < 0 ||
      (options.stats != NULL && strcmp (options.stats, "json") != 0)) {
    duo_cli_complain (_ ("Wrong arguments; see “duologue-cli join --help”"));
    return DUO_CLI_USAGE;
  }

  server = duo_cli_dup_server (options.server);
  link = duo_cli_read_link (argv[1], server);
  if (link == NULL || !duo_cli_keep_token (link, options.token_file))
    return DUO_CLI_USAGE;
  if (options.call && !duo_join_link_is_open (link)) {
    duo_cli_complain (_ ("--call is for open rooms, whose links begin with ws:// or wss://"));
    return DUO_CLI_USAGE;
  }

  /* Each connection has threads of its own; with an arena for every one of them memory is never
   * given back. */
  (void) mallopt (M_ARENA_MAX, 1);
  gst_init (NULL, NULL);

  return run (&options, link);
}
