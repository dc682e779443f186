/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-lobby-presenter.h"

#include "duo-mirror-paintable.h"
#include "duo-room-watch.h"

/**
 * DuoLobbyPresenter:
 *
 * Keeps a lobby's page in step with the devices in use and with who is in the room.
 */
struct _DuoLobbyPresenter {
  GObject parent_instance;

  /* Owned */
  DuoLobbyView *view;
  DuoCallController *controller;
  DuoRoomWatch *watch;
};

G_DEFINE_FINAL_TYPE (DuoLobbyPresenter, duo_lobby_presenter, G_TYPE_OBJECT)

static const struct {
  const char *active;
  const char *problem;
} kinds[] = {
  [DUO_DEVICE_CAMERA] = { "active-camera", "camera-problem" },
  [DUO_DEVICE_MICROPHONE] = { "active-microphone", "microphone-problem" },
  [DUO_DEVICE_SPEAKER] = { "active-speaker", "speaker-problem" },
};

static void
show_devices (DuoLobbyPresenter *self)
{
  DuoMediaGraph *graph = duo_call_controller_get_graph (self->controller);

  for (guint kind = 0; graph != NULL && kind < DUO_N_DEVICE_KINDS; kind++) {
    DuoDeviceRow *row = duo_lobby_view_get_device_row (self->view, (DuoDeviceKind) kind);
    g_autoptr (DuoDevice) active = NULL;
    DuoMediaProblem problem = DUO_MEDIA_PROBLEM_NONE;

    g_object_get (graph, kinds[kind].active, &active, kinds[kind].problem, &problem, NULL);
    duo_device_row_set_active (row, active);
    duo_lobby_view_set_problem (self->view, (DuoDeviceKind) kind, problem);
  }
}

static void
show_echo_cancelling (DuoLobbyPresenter *self)
{
  DuoMediaGraph *graph = duo_call_controller_get_graph (self->controller);
  gboolean echo_cancelling = TRUE;

  if (graph == NULL)
    return;
  g_object_get (graph, "echo-cancelling", &echo_cancelling, NULL);
  duo_lobby_view_set_echo_cancelling (self->view, echo_cancelling);
}

static void
on_picked (DuoLobbyPresenter *self, DuoDevice *device)
{
  duo_call_controller_prefer (self->controller, device);
}

static void
follow_graph (DuoLobbyPresenter *self)
{
  DuoMediaGraph *graph = duo_call_controller_get_graph (self->controller);
  DuoDeviceMonitor *monitor = duo_call_controller_get_monitor (self->controller);
  DuoLobbyPreview *preview = duo_lobby_view_get_preview (self->view);
  GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  gboolean test_media = duo_call_controller_get_request (self->controller)->test_media;

  g_object_bind_property (graph, "camera-enabled", preview, "camera-enabled", both);
  g_object_bind_property (graph, "microphone-enabled", preview, "microphone-enabled", both);
  g_object_bind_property (graph, "microphone-level", preview, "level", G_BINDING_SYNC_CREATE);
  for (guint kind = 0; kind < DUO_N_DEVICE_KINDS; kind++) {
    DuoDeviceRow *row = duo_lobby_view_get_device_row (self->view, (DuoDeviceKind) kind);
    g_autofree char *active = g_strconcat ("notify::", kinds[kind].active, NULL);
    g_autofree char *problem = g_strconcat ("notify::", kinds[kind].problem, NULL);

    /* The test picture and tone come from no device. */
    gtk_widget_set_visible (GTK_WIDGET (row), !test_media || kind == DUO_DEVICE_SPEAKER);
    if (monitor != NULL)
      duo_device_row_set_devices (row,
                                  duo_device_monitor_get_devices (monitor, (DuoDeviceKind) kind));
    g_signal_connect_object (row, "picked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (graph, active, G_CALLBACK (show_devices), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (graph, problem, G_CALLBACK (show_devices), self, G_CONNECT_SWAPPED);
  }
  g_signal_connect_object (graph,
                           "notify::echo-cancelling",
                           G_CALLBACK (show_echo_cancelling),
                           self,
                           G_CONNECT_SWAPPED);
  show_devices (self);
  show_echo_cancelling (self);
}

static void
show_picture (DuoLobbyPresenter *self, GSettings *settings)
{
  GdkPaintable *own = duo_call_controller_get_own_picture (self->controller);
  DuoLobbyPreview *preview = duo_lobby_view_get_preview (self->view);
  g_autoptr (GdkPaintable) mirror = duo_mirror_paintable_new (own);

  g_settings_bind (settings, "mirror", mirror, "mirrored", G_SETTINGS_BIND_GET);
  duo_lobby_preview_set_paintable (preview, mirror);
  g_object_bind_property (own, "has-frame", preview, "has-picture", G_BINDING_SYNC_CREATE);
}

static void
on_company (DuoLobbyPresenter *self)
{
  const DuoCallRequest *request = duo_call_controller_get_request (self->controller);
  DuoLobbyCompany company = duo_room_watch_get_company (self->watch);

  /* Of one's own call only that somebody is there already is worth a word. */
  if (request->own && company != DUO_LOBBY_COMPANY_SOMEBODY && company != DUO_LOBBY_COMPANY_FULL)
    duo_lobby_view_set_own_call (self->view, request->link, request->on_this_computer);
  else
    duo_lobby_view_set_company (self->view, company);
}

static void
show_call (DuoLobbyPresenter *self)
{
  const DuoCallRequest *request = duo_call_controller_get_request (self->controller);

  if (!request->own)
    duo_lobby_view_set_invitation (self->view, request->link);
  self->watch = duo_room_watch_new (request->link);
  g_signal_connect_object (self->watch,
                           "notify::company",
                           G_CALLBACK (on_company),
                           self,
                           G_CONNECT_SWAPPED);
  on_company (self);
}

static void
duo_lobby_presenter_dispose (GObject *object)
{
  DuoLobbyPresenter *self = DUO_LOBBY_PRESENTER (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->controller);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (duo_lobby_presenter_parent_class)->dispose (object);
}

static void
duo_lobby_presenter_class_init (DuoLobbyPresenterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = duo_lobby_presenter_dispose;
}

static void
duo_lobby_presenter_init (DuoLobbyPresenter *self)
{
}

/**
 * duo_lobby_presenter_new:
 * @view: the page
 * @controller: the call that is about to be joined
 * @settings: the settings of the program
 *
 * Returns: (transfer full): a presenter; the page stays in step as long as it lives
 */
DuoLobbyPresenter *
duo_lobby_presenter_new (DuoLobbyView *view, DuoCallController *controller, GSettings *settings)
{
  DuoLobbyPresenter *self = g_object_new (DUO_TYPE_LOBBY_PRESENTER, NULL);

  self->view = g_object_ref (view);
  self->controller = g_object_ref (controller);
  follow_graph (self);
  show_picture (self, settings);
  show_call (self);
  return self;
}
