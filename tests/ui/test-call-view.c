/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "call-view-fixture.h"
#include "duo-render.h"
#include "duo-self-view.h"

/* Rooms that only broadcast tell nobody who is there: one calls. */
static void
test_ring (Fixture *fixture, gconstpointer data)
{
  GtkWidget *ring = part_of_part (fixture, "status", "ring");

  fake_call_set (fixture->call, "signaling-connected", TRUE);
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_WAITING);
  g_assert_false (gtk_widget_get_visible (ring));

  fake_call_set (fixture->call, "open-room", TRUE);
  g_assert_true (gtk_widget_get_visible (ring));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (ring)), ==, "_Call");
  gtk_widget_grab_focus (ring);
  g_signal_emit_by_name (ring, "clicked");
  g_assert_cmpuint (fake_call_get_rings (fixture->call), ==, 1);

  fake_call_set (fixture->call, "ringing", TRUE);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (ring)), ==, "Calling…");
  g_assert_true (gtk_widget_has_focus (ring));
  fake_call_set (fixture->call, "ringing", FALSE);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (ring)), ==, "_Call");

  fake_call_set (fixture->call, "signaling-connected", FALSE);
  g_assert_false (gtk_widget_get_visible (ring));
  fake_call_set (fixture->call, "signaling-connected", TRUE);
  fake_call_set (fixture->call, "remote-name", "");
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_CONNECTING);
  g_assert_false (gtk_widget_get_visible (ring));
}

typedef struct {
  DuoCallState state;
  const char *title;
  gboolean status;
  gboolean remote;
  gboolean link;
  gboolean busy;
  gboolean avatar;
} Expected;

static void
test_states (Fixture *fixture, gconstpointer data)
{
  static const Expected cases[] = {
    { DUO_CALL_STATE_PREPARING, "Joining…", .status = TRUE, .busy = TRUE },
    { DUO_CALL_STATE_JOINING, "Joining…", .status = TRUE, .busy = TRUE },
    { DUO_CALL_STATE_WAITING, "Waiting for Somebody to Join", .status = TRUE, .link = TRUE },
    { DUO_CALL_STATE_CONNECTING,
      "Connecting to Ada…",
      .status = TRUE,
      .busy = TRUE,
      .avatar = TRUE },
    { DUO_CALL_STATE_CONNECTED, NULL, .remote = TRUE },
    { DUO_CALL_STATE_RECONNECTING, "Reconnecting…", .status = TRUE, .remote = TRUE, .busy = TRUE },
    { DUO_CALL_STATE_ENDED, NULL },
  };

  fake_call_set (fixture->call, "signaling-connected", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Expected *expected = &cases[i];

    if (expected->state == DUO_CALL_STATE_CONNECTING)
      fake_call_set (fixture->call, "remote-name", "Ada");
    fake_call_set (fixture->call, "state", expected->state);

    g_assert_cmpint (gtk_widget_get_visible (part (fixture->view, "status")), ==, expected->status);
    g_assert_cmpint (gtk_widget_get_visible (part (fixture->view, "remote")), ==, expected->remote);
    if (!expected->status)
      continue;

    g_assert_cmpstr (text_of (fixture, "status", "title"), ==, expected->title);
    g_assert_cmpint (gtk_widget_get_visible (part_of_part (fixture, "status", "link")),
                     ==,
                     expected->link);
    g_assert_cmpint (gtk_widget_get_visible (part_of_part (fixture, "status", "spinner")),
                     ==,
                     expected->busy);
    g_assert_cmpint (gtk_widget_get_visible (part_of_part (fixture, "status", "avatar")),
                     ==,
                     expected->avatar);
  }
}

static void
test_room_full (Fixture *fixture, gconstpointer data)
{
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_JOINING);
  fake_call_set (fixture->call, "room-full", TRUE);
  g_assert_cmpstr (text_of (fixture, "status", "title"), ==, "Room Full");

  g_signal_emit_by_name (part_of_part (fixture, "status", "leave"), "clicked");
  g_assert_cmpuint (fake_call_get_hang_ups (fixture->call), ==, 1);
}

/* Who may not start the call reads why nothing goes on, and where to enter a token. */
static void
test_not_started (Fixture *fixture, gconstpointer data)
{
  GtkWidget *preferences = part_of_part (fixture, "status", "preferences");
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (preferences));

  fake_call_set (fixture->call, "state", DUO_CALL_STATE_JOINING);
  g_assert_false (gtk_widget_get_visible (preferences));
  fake_call_set (fixture->call, "not-started", TRUE);
  g_assert_cmpstr (text_of (fixture, "status", "title"), ==, "Not Started Yet");
  g_assert_true (g_str_has_prefix (text_of (fixture, "status", "body"), "calls.example.org lets"));
  g_assert_true (gtk_widget_get_visible (preferences));
  g_assert_true (gtk_widget_get_visible (part_of_part (fixture, "status", "leave")));
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, "https://calls.example.org");

  fake_call_set (fixture->call, "not-started", FALSE);
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_WAITING);
  g_assert_false (gtk_widget_get_visible (preferences));
}

/* The person reads whose side it is on, and after a while may go. */
static void
test_reconnecting (Fixture *fixture, gconstpointer data)
{
  GtkWidget *leave = part_of_part (fixture, "status", "leave");

  call_view_connect (fixture);
  fake_call_set (fixture->call, "trouble", DUO_CALL_TROUBLE_REMOTE);
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_RECONNECTING);
  g_assert_cmpstr (text_of (fixture, "status", "body"), ==, "Ada’s connection was lost.");
  g_assert_false (gtk_widget_get_visible (leave));

  fake_call_set (fixture->call, "trouble", DUO_CALL_TROUBLE_LOCAL);
  g_assert_cmpstr (text_of (fixture, "status", "body"), ==, "Your connection was lost.");

  fake_call_set (fixture->call, "can-give-up", TRUE);
  g_assert_true (gtk_widget_get_visible (leave));
  g_signal_emit_by_name (leave, "clicked");
  g_assert_cmpuint (fake_call_get_hang_ups (fixture->call), ==, 1);

  /* Whatever is drawn meanwhile, a frozen picture comes back to life. */
  ui_run_for (100);
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_CONNECTED);
  g_assert_false (gtk_widget_get_visible (part (fixture->view, "status")));
}

static gboolean
get_flag (FakeCall *call, const char *property)
{
  return duo_call_get_flag (DUO_CALL (call), property);
}

static void
check_toggle (Fixture *fixture, const char *name, const char *property, const char *word)
{
  GtkWidget *button = part_of_part (fixture, "bar", name);
  g_autofree char *on = g_strdup_printf ("%s on", word);
  g_autofree char *off = g_strdup_printf ("%s off", word);

  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, on);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_PRESSED, TRUE);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_false (get_flag (fixture->call, property));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, off);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_PRESSED, FALSE);

  g_object_set (fixture->call, property, TRUE, NULL);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

static void
test_controls (Fixture *fixture, gconstpointer data)
{
  call_view_connect (fixture);
  check_toggle (fixture, "microphone", "microphone-enabled", "Microphone");
  check_toggle (fixture, "camera", "camera-enabled", "Camera");

  g_signal_emit_by_name (part_of_part (fixture, "bar", "hang_up"), "clicked");
  g_assert_cmpuint (fake_call_get_hang_ups (fixture->call), ==, 1);
}

static void
test_header (Fixture *fixture, gconstpointer data)
{
  DuoPeerStats stats = { .round_trip_ms = 23, .width = 640, .height = 360 };
  GtkWidget *quality = part_of_part (fixture, "header", "quality_button");

  g_assert_false (gtk_widget_get_visible (quality));
  call_view_connect (fixture);
  g_assert_true (gtk_widget_get_visible (quality));
  g_assert_cmpstr (text_of (fixture, "header", "name"), ==, "Ada");
  g_assert_cmpstr (text_of (fixture, "header", "clock"), ==, "12:34");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (quality), ==, "Good connection");

  fake_call_set_stats (fixture->call, &stats);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (quality), "23 ms"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (quality), "640 × 360"));
  g_assert_null (strstr (gtk_widget_get_tooltip_text (quality), "relay"));

  stats.relayed = TRUE;
  fake_call_set_stats (fixture->call, &stats);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (quality), "Through a relay"));

  fake_call_set_duration (fixture->call, 3723 * G_TIME_SPAN_SECOND);
  ui_wait_until (g_str_equal (text_of (fixture, "header", "clock"), "1:02:03"));

  fake_call_set (fixture->call, "remote-name", "");
  g_assert_cmpstr (text_of (fixture, "header", "name"), ==, "Somebody");

  g_assert_true (gtk_widget_get_visible (part_of_part (fixture, "header", "clock")));
  fake_call_set (fixture->call, "remote-name", NULL);
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_WAITING);
  ui_wait_until (!gtk_widget_get_visible (part_of_part (fixture, "header", "clock")));
}

static void
test_remote_devices (Fixture *fixture, gconstpointer data)
{
  call_view_connect (fixture);
  g_assert_false (gtk_widget_get_visible (part (fixture->view, "camera_off")));
  g_assert_false (gtk_widget_get_visible (part_of_part (fixture, "notices", "muted")));

  fake_call_set (fixture->call, "remote-camera", FALSE);
  fake_call_set (fixture->call, "remote-microphone", FALSE);
  g_assert_true (gtk_widget_get_visible (part (fixture->view, "camera_off")));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (part (fixture->view, "camera_off_text"))),
                   ==,
                   "Ada’s camera is off");
  g_assert_true (gtk_widget_get_visible (part_of_part (fixture, "notices", "muted")));

  g_assert_false (gtk_widget_get_visible (part_of_part (fixture, "notices", "trouble")));
  fake_call_set (fixture->call, "trouble", DUO_CALL_TROUBLE_REMOTE);
  g_assert_true (gtk_widget_get_visible (part_of_part (fixture, "notices", "trouble")));
  g_assert_cmpstr (text_of (fixture, "notices", "trouble_text"), ==, "Ada’s connection is poor");
}

static void
test_fade (Fixture *fixture, gconstpointer data)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (part_of_part (fixture, "header", "safety_button"));

  fake_call_set (fixture->call, "state", DUO_CALL_STATE_WAITING);
  ui_run_for (3500);
  g_assert_true (is_revealed (fixture));

  call_view_connect (fixture);
  g_assert_true (is_revealed (fixture));
  ui_wait_until (!is_revealed (fixture));

  fake_call_set (fixture->call, "remote-camera", FALSE);
  g_assert_true (is_revealed (fixture));
  fake_call_set (fixture->call, "remote-camera", TRUE);
  gtk_menu_button_popup (button);
  ui_run_for (3500);
  g_assert_true (is_revealed (fixture));
  gtk_menu_button_popdown (button);
  ui_wait_until (!is_revealed (fixture));
}

static void
test_self_view (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  GtkWidget *own = part (fixture->view, "own");
  GtkWidget *frame = part (own, "frame");
  GtkWidget *show_button = part (own, "show_button");
  graphene_rect_t bounds;

  call_view_connect (fixture);
  g_assert_true (gtk_widget_get_visible (frame));
  g_assert_false (gtk_widget_get_visible (part (own, "off")));
  g_object_set (fixture->call, "camera-enabled", FALSE, NULL);
  g_assert_true (gtk_widget_get_visible (part (own, "off")));

  g_object_set (own, "corner", DUO_CORNER_TOP_START, NULL);
  g_assert_cmpint (g_settings_get_enum (settings, "self-view-corner"), ==, DUO_CORNER_TOP_START);
  ui_wait_until (gtk_widget_compute_bounds (frame, own, &bounds) && bounds.origin.x < 100 &&
                 bounds.origin.y < 100);
  g_object_set (own, "corner", DUO_CORNER_BOTTOM_END, NULL);
  ui_wait_until (gtk_widget_compute_bounds (frame, own, &bounds) && bounds.origin.x > 400 &&
                 bounds.origin.y > 300);

  g_signal_emit_by_name (part (own, "hide_button"), "clicked");
  g_assert_false (gtk_widget_get_visible (frame));
  g_assert_true (gtk_widget_get_visible (show_button));
  g_assert_false (g_settings_get_boolean (settings, "self-view"));
  g_signal_emit_by_name (show_button, "clicked");
  g_assert_true (gtk_widget_get_visible (frame));
  g_assert_true (g_settings_get_boolean (settings, "self-view"));
}

/* Every state fits the narrowest window there is, whatever people call themselves. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  fake_call_set (fixture->call, "remote-name", "Donaudampfschifffahrtsgesellschaftskapitän Ada");
  fake_call_set (fixture->call, "remote-microphone", FALSE);
  fake_call_set (fixture->call, "trouble", DUO_CALL_TROUBLE_REMOTE);
  fake_call_set (fixture->call, "can-give-up", TRUE);
  fake_call_set (fixture->call, "open-room", TRUE);
  fake_call_set_duration (fixture->call, 36000 * G_TIME_SPAN_SECOND);
  for (DuoCallState state = DUO_CALL_STATE_IDLE; state <= DUO_CALL_STATE_ENDED; state++) {
    int minimum;

    fake_call_set (fixture->call, "state", state);
    gtk_widget_measure (fixture->view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 360);
    gtk_widget_measure (fixture->view, GTK_ORIENTATION_VERTICAL, 360, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 294);
  }
}

int
main (int argc, char *argv[])
{
  duo_render_prepare ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/call-view/states", test_states);
  ADD ("/call-view/ring", test_ring);
  ADD ("/call-view/room-full", test_room_full);
  ADD ("/call-view/not-started", test_not_started);
  ADD ("/call-view/reconnecting", test_reconnecting);
  ADD ("/call-view/controls", test_controls);
  ADD ("/call-view/header", test_header);
  ADD ("/call-view/remote-devices", test_remote_devices);
  ADD ("/call-view/self-view", test_self_view);
  ADD ("/call-view/narrow", test_narrow);
  ADD ("/call-view/fade", test_fade);

  return g_test_run ();
}
