/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lobby with a test picture and tone: it shows what the devices do and does what is clicked. */

#include "config.h"

#include "duo-call-controller.h"
#include "duo-lobby-presenter.h"
#include "duo-room-server.h"
#include "ui-page.h"

typedef struct {
  DuoRoomServer *server;
  GSettings *settings;
  DuoCallController *controller;
  DuoLobbyPresenter *presenter;
  DuoLobbyView *view;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer own)
{
  g_autofree char *address = NULL;
  g_autoptr (DuoJoinLink) link = NULL;
  g_autoptr (DuoCallRequest) request = NULL;

  fixture->server = duo_room_server_new ();
  g_assert_true (duo_room_server_listen (fixture->server, TRUE, 0, NULL));
  address = g_strdup_printf ("http://127.0.0.1:%u", duo_room_server_get_port (fixture->server));
  link = duo_join_link_new (address, NULL);
  request = duo_call_request_new (link);
  request->own = own != NULL;
  request->test_media = TRUE;

  fixture->settings = g_settings_new (APP_ID);
  fixture->controller = duo_call_controller_new (request, NULL, fixture->settings);
  fixture->view = DUO_LOBBY_VIEW (duo_lobby_view_new ());
  g_object_ref_sink (fixture->view);
  fixture->presenter =
    duo_lobby_presenter_new (fixture->view, fixture->controller, fixture->settings);
  fixture->window = ui_page_present (GTK_WIDGET (fixture->view), 900, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->presenter);
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->view);
  duo_call_controller_close (fixture->controller);
  g_assert_finalize_object (fixture->controller);
  duo_room_server_stop (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->settings);
}

static gboolean
get_flag (gpointer object, const char *name)
{
  gboolean flag;

  g_object_get (object, name, &flag, NULL);
  return flag;
}

static double
get_level (gpointer object)
{
  double level;

  g_object_get (object, "level", &level, NULL);
  return level;
}

static void
test_media (Fixture *fixture, gconstpointer data)
{
  DuoLobbyPreview *preview = duo_lobby_view_get_preview (fixture->view);
  DuoMediaGraph *graph = duo_call_controller_get_graph (fixture->controller);

  ui_wait_until (get_flag (preview, "has-picture"));
  ui_wait_until (get_level (preview) > 0.2);

  g_object_set (preview, "camera-enabled", FALSE, "microphone-enabled", FALSE, NULL);
  g_assert_false (get_flag (graph, "camera-enabled"));
  g_assert_false (get_flag (graph, "microphone-enabled"));
  g_object_set (graph, "camera-enabled", TRUE, "microphone-enabled", TRUE, NULL);
  g_assert_true (get_flag (preview, "camera-enabled"));
  g_assert_true (get_flag (preview, "microphone-enabled"));
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (has_label (child, text))
      return TRUE;
  }
  return FALSE;
}

static void
test_own (Fixture *fixture, gconstpointer data)
{
  const DuoCallRequest *request = duo_call_controller_get_request (fixture->controller);
  g_autofree char *text = duo_join_link_to_string (request->link);

  g_assert_true (has_label (GTK_WIDGET (fixture->view), text));
  g_assert_true (has_label (GTK_WIDGET (fixture->view), "Your Call Is Ready"));
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  const DuoCallRequest *request = duo_call_controller_get_request (fixture->controller);
  g_autofree char *text = duo_join_link_to_string (request->link);

  g_assert_false (has_label (GTK_WIDGET (fixture->view), text));
  g_assert_true (has_label (GTK_WIDGET (fixture->view), duo_join_link_get_host (request->link)));
  ui_wait_until (has_label (GTK_WIDGET (fixture->view), "Nobody Is Here Yet"));

  /* The next look at an empty room finds no server any more. */
  duo_room_server_stop (fixture->server);
  ui_wait_until (has_label (GTK_WIDGET (fixture->view), "No Answer from the Server"));
}

int
main (int argc, char *argv[])
{
  ui_page_init (&argc, &argv);
  gst_init (NULL, NULL);

  g_test_add ("/lobby/media", Fixture, "own", set_up, test_media, tear_down);
  g_test_add ("/lobby/own", Fixture, "own", set_up, test_own, tear_down);
  g_test_add ("/lobby/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  return g_test_run ();
}
