/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-flow.h"

#include "duo-call-keeper.h"
#include "duo-call-view.h"
#include "duo-device-toast.h"
#include "duo-ended-view.h"
#include "duo-lobby-presenter.h"
#include "duo-own-name.h"
#include "duo-text.h"

/**
 * DuoCallFlow:
 *
 * The way of one call through its pages: lobby, call, ended. It makes each page and hands it to
 * whoever shows pages.
 */
struct _DuoCallFlow {
  GObject parent_instance;

  /* Owned */
  DuoCallController *controller;
  GSettings *settings;
  DuoLobbyPresenter *presenter;
  DuoCallKeeper *keeper;
  char *name;

  /* Borrowed; the window outlives its calls */
  GtkWindow *window;

  gboolean microphone_enabled;
  gboolean camera_enabled;
};

enum {
  PROP_0,
  PROP_MICROPHONE_ENABLED,
  PROP_CAMERA_ENABLED,
  N_PROPS
};
enum {
  SIGNAL_PAGE,
  SIGNAL_TOAST,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallFlow, duo_call_flow, G_TYPE_OBJECT)

static void
listen (gpointer instance, const char *signal, GCallback callback, gpointer object)
{
  g_signal_connect_object (instance, signal, callback, object, G_CONNECT_SWAPPED);
}

static void
show_ended (DuoCallFlow *self, DuoCall *call)
{
  GtkWidget *page = duo_ended_view_new ();
  DuoJoinLink *link = duo_call_controller_get_request (self->controller)->link;
  g_autofree char *name = duo_call_dup_remote_name (call);
  const GError *error = duo_call_get_error (call);

  g_signal_emit (self, signals[SIGNAL_PAGE], 0, page);
  duo_ended_view_show (DUO_ENDED_VIEW (page),
                       duo_call_get_end_reason (call),
                       name,
                       link,
                       error != NULL ? error->message : NULL,
                       duo_call_get_duration (call));
}

static void
on_state (DuoCallFlow *self, GParamSpec *pspec, DuoCall *call)
{
  if (duo_call_get_state (call) != DUO_CALL_STATE_ENDED)
    return;
  g_signal_handlers_disconnect_by_data (call, self);
  g_clear_object (&self->keeper);
  show_ended (self, call);
  /* The devices first, as nothing is more alarming than a camera that stays on. */
  duo_call_controller_close (self->controller);
}

static void
on_device_switched (DuoCallFlow *self, DuoDeviceKind kind, DuoDevice *from, DuoDevice *to)
{
  if (to != NULL)
    g_signal_emit (self,
                   signals[SIGNAL_TOAST],
                   0,
                   duo_device_toast_new (self->controller, from, to));
}

/* The lobby tells in place; and without one the devices are still being looked for at first. */
static void
on_problem (DuoCallFlow *self, GParamSpec *pspec, DuoMediaGraph *graph)
{
  DuoCall *call = duo_call_flow_get_running_call (self);
  AdwToast *toast = NULL;

  if (call != NULL && duo_call_get_state (call) > DUO_CALL_STATE_JOINING)
    toast = duo_device_toast_new_for_problem (graph, pspec->name);
  if (toast != NULL)
    g_signal_emit (self, signals[SIGNAL_TOAST], 0, toast);
}

static void
show_camera (DuoCallView *view, GParamSpec *pspec, DuoMediaGraph *graph)
{
  DuoMediaProblem problem = DUO_MEDIA_PROBLEM_NONE;

  g_object_get (graph, "camera-problem", &problem, NULL);
  duo_call_view_set_camera_works (view, problem == DUO_MEDIA_PROBLEM_NONE);
}

static void
on_name (DuoCallFlow *self, GParamSpec *pspec, GObject *lobby)
{
  g_autofree char *plain = NULL;

  g_clear_pointer (&self->name, g_free);
  g_object_get (lobby, "name", &self->name, NULL);
  plain = duo_text_to_plain (self->name, DUO_NAME_MAX_CHARS);
  g_settings_set_string (self->settings, "name", plain);
}

static void
follow_graph (DuoCallFlow *self)
{
  DuoMediaGraph *graph = duo_call_controller_get_graph (self->controller);
  GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  g_object_bind_property (graph, "microphone-enabled", self, "microphone-enabled", both);
  g_object_bind_property (graph, "camera-enabled", self, "camera-enabled", both);
  listen (graph, "device-switched", G_CALLBACK (on_device_switched), self);
  listen (graph, "notify::camera-problem", G_CALLBACK (on_problem), self);
  listen (graph, "notify::microphone-problem", G_CALLBACK (on_problem), self);
}

static void
duo_call_flow_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoCallFlow *self = DUO_CALL_FLOW (object);

  switch (id) {
  case PROP_MICROPHONE_ENABLED:
    g_value_set_boolean (value, self->microphone_enabled);
    break;
  case PROP_CAMERA_ENABLED:
    g_value_set_boolean (value, self->camera_enabled);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_call_flow_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DuoCallFlow *self = DUO_CALL_FLOW (object);

  switch (id) {
  case PROP_MICROPHONE_ENABLED:
    self->microphone_enabled = g_value_get_boolean (value);
    break;
  case PROP_CAMERA_ENABLED:
    self->camera_enabled = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_call_flow_dispose (GObject *object)
{
  DuoCallFlow *self = DUO_CALL_FLOW (object);

  if (self->controller != NULL)
    duo_call_flow_close (self);
  g_clear_object (&self->controller);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (duo_call_flow_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, GType parameter)
{
  return g_signal_new (name,
                       DUO_TYPE_CALL_FLOW,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       parameter);
}

static void
duo_call_flow_class_init (DuoCallFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = duo_call_flow_get_property;
  object_class->set_property = duo_call_flow_set_property;
  object_class->dispose = duo_call_flow_dispose;

  /**
   * DuoCallFlow:microphone-enabled:
   *
   * The microphone's switch; it keeps its last position when the call is over.
   */
  properties[PROP_MICROPHONE_ENABLED] =
    g_param_spec_boolean ("microphone-enabled", NULL, NULL, FALSE, flags);
  /**
   * DuoCallFlow:camera-enabled:
   *
   * The camera's switch; it keeps its last position when the call is over.
   */
  properties[PROP_CAMERA_ENABLED] =
    g_param_spec_boolean ("camera-enabled", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoCallFlow::page:
   * @self: the flow
   * @page: a #GtkWidget
   *
   * The next page is to be shown.
   */
  signals[SIGNAL_PAGE] = add_signal ("page", GTK_TYPE_WIDGET);
  /**
   * DuoCallFlow::toast:
   * @self: the flow
   * @toast: (transfer full): an #AdwToast
   *
   * Something is to be told over the page.
   */
  signals[SIGNAL_TOAST] = add_signal ("toast", ADW_TYPE_TOAST);
}

static void
duo_call_flow_init (DuoCallFlow *self)
{
}

/**
 * duo_call_flow_new:
 * @controller: the call
 * @settings: the settings of the program
 * @window: the window that shows the pages
 *
 * Returns: (transfer full): the way of the call, not yet begun
 */
DuoCallFlow *
duo_call_flow_new (DuoCallController *controller, GSettings *settings, GtkWindow *window)
{
  DuoCallFlow *self = g_object_new (DUO_TYPE_CALL_FLOW, NULL);
  const DuoCallRequest *request = duo_call_controller_get_request (controller);

  self->controller = g_object_ref (controller);
  self->settings = g_object_ref (settings);
  self->window = window;
  self->name = request->name != NULL ? g_strdup (request->name) : duo_own_name_get (settings);
  follow_graph (self);
  return self;
}

/**
 * duo_call_flow_start:
 *
 * Shows the first page: the lobby, or the call itself where that was asked for.
 */
void
duo_call_flow_start (DuoCallFlow *self)
{
  GtkWidget *page = NULL;

  g_return_if_fail (DUO_IS_CALL_FLOW (self));

  if (duo_call_controller_get_request (self->controller)->join) {
    duo_call_flow_join (self);
    return;
  }
  page = duo_lobby_view_new ();
  g_object_set (page, "name", self->name, NULL);
  listen (page, "notify::name", G_CALLBACK (on_name), self);
  self->presenter =
    duo_lobby_presenter_new (DUO_LOBBY_VIEW (page), self->controller, self->settings);
  g_signal_emit (self, signals[SIGNAL_PAGE], 0, page);
}

/**
 * duo_call_flow_join:
 *
 * Leaves the lobby for the call.
 */
void
duo_call_flow_join (DuoCallFlow *self)
{
  DuoMediaGraph *graph = NULL;
  g_autofree char *name = NULL;
  GtkWidget *page = NULL;
  DuoCall *call = NULL;

  g_return_if_fail (DUO_IS_CALL_FLOW (self));
  g_return_if_fail (duo_call_controller_get_call (self->controller) == NULL);

  graph = duo_call_controller_get_graph (self->controller);
  name = duo_text_to_plain (self->name, DUO_NAME_MAX_CHARS);
  if (*name == '\0') {
    g_free (name);
    name = duo_own_name_get (self->settings);
  }
  g_clear_object (&self->presenter);
  call = duo_call_controller_join (self->controller, name);
  self->keeper = duo_call_keeper_new (call, self->window);
  listen (self->keeper, "arrived", G_CALLBACK (duo_call_flow_play_chime), self);
  listen (call, "notify::state", G_CALLBACK (on_state), self);
  page = duo_call_view_new (call,
                            duo_call_controller_get_remote_picture (self->controller),
                            duo_call_controller_get_own_picture (self->controller));
  listen (graph, "notify::camera-problem", G_CALLBACK (show_camera), page);
  show_camera (DUO_CALL_VIEW (page), NULL, graph);
  g_signal_emit (self, signals[SIGNAL_PAGE], 0, page);
}

/**
 * duo_call_flow_hang_up:
 *
 * Ends the call, if there is one.
 */
void
duo_call_flow_hang_up (DuoCallFlow *self)
{
  DuoCall *call = duo_call_flow_get_running_call (self);

  if (call != NULL)
    duo_call_hang_up (call);
}

/**
 * duo_call_flow_play_chime:
 *
 * Plays a sound on the speaker.
 */
void
duo_call_flow_play_chime (DuoCallFlow *self)
{
  DuoMediaGraph *graph = NULL;

  g_return_if_fail (DUO_IS_CALL_FLOW (self));

  graph = duo_call_controller_get_graph (self->controller);
  if (graph != NULL)
    duo_media_graph_play_chime (graph);
}

/**
 * duo_call_flow_get_running_call:
 *
 * Returns: (transfer none) (nullable): the call, between joining and its end
 */
DuoCall *
duo_call_flow_get_running_call (DuoCallFlow *self)
{
  DuoCall *call = NULL;

  g_return_val_if_fail (DUO_IS_CALL_FLOW (self), NULL);

  call = duo_call_controller_get_call (self->controller);
  return call != NULL && duo_call_get_state (call) != DUO_CALL_STATE_ENDED ? call : NULL;
}

/**
 * duo_call_flow_is_in_lobby:
 *
 * Returns: whether the lobby is shown
 */
gboolean
duo_call_flow_is_in_lobby (DuoCallFlow *self)
{
  g_return_val_if_fail (DUO_IS_CALL_FLOW (self), FALSE);

  return self->presenter != NULL;
}

/**
 * duo_call_flow_get_request:
 *
 * Returns: (transfer none): what the call is
 */
const DuoCallRequest *
duo_call_flow_get_request (DuoCallFlow *self)
{
  g_return_val_if_fail (DUO_IS_CALL_FLOW (self), NULL);

  return duo_call_controller_get_request (self->controller);
}

/**
 * duo_call_flow_dup_rejoin_request:
 *
 * Returns: (transfer full): a request for the same call, without the lobby and with the switches as
 *   they were left
 */
DuoCallRequest *
duo_call_flow_dup_rejoin_request (DuoCallFlow *self)
{
  DuoCallRequest *request = NULL;

  g_return_val_if_fail (DUO_IS_CALL_FLOW (self), NULL);

  request = duo_call_request_copy (duo_call_controller_get_request (self->controller));
  request->join = TRUE;
  request->camera = self->camera_enabled;
  request->microphone = self->microphone_enabled;
  return request;
}

/**
 * duo_call_flow_close:
 *
 * Hangs up if need be and closes the devices, without a further page.
 */
void
duo_call_flow_close (DuoCallFlow *self)
{
  DuoCall *call = NULL;

  g_return_if_fail (DUO_IS_CALL_FLOW (self));

  call = duo_call_controller_get_call (self->controller);
  if (call != NULL)
    g_signal_handlers_disconnect_by_data (call, self);
  g_clear_object (&self->presenter);
  g_clear_object (&self->keeper);
  duo_call_controller_close (self->controller);
}
