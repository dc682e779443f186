/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "duo-call-bar.h"
#include "duo-call-header.h"
#include "duo-call-notices.h"
#include "duo-call-status.h"
#include "duo-call-view.h"
#include "duo-render.h"
#include "duo-self-view.h"
#include "fake-call.h"
#include "ui-picture.h"
#include "ui-wait.h"

#define LINK "https://calls.example.org/call#k7qm-4xwp-93h3"

typedef struct {
  FakeCall *call;
  GtkWidget *window;
  GtkWidget *view;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPaintable) remote = ui_picture_new (320, 180, 0);
  g_autoptr (GdkPaintable) own = ui_picture_new (160, 90, 0.5);

  fixture->call = fake_call_new (LINK);
  fixture->view = duo_call_view_new (DUO_CALL (fixture->call), remote, own);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 600);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait_until (gtk_widget_get_mapped (fixture->view));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_wait_until (fixture->view == NULL);
  g_assert_finalize_object (fixture->call);
}

static GtkWidget *
part (GtkWidget *widget, const char *name)
{
  GObject *object = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_true (GTK_IS_WIDGET (object));
  return GTK_WIDGET (object);
}

static GtkWidget *
part_of_part (Fixture *fixture, const char *outer, const char *inner)
{
  return part (part (fixture->view, outer), inner);
}

static const char *
text_of (Fixture *fixture, const char *outer, const char *inner)
{
  return gtk_label_get_label (GTK_LABEL (part_of_part (fixture, outer, inner)));
}

static void
connect_call (Fixture *fixture)
{
  fake_call_set (fixture->call, "signaling-connected", TRUE);
  fake_call_set (fixture->call, "remote-name", "Ada");
  fake_call_set (fixture->call, "quality", 3);
  fake_call_set_duration (fixture->call, 754 * G_TIME_SPAN_SECOND);
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_CONNECTED);
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

/* The person reads whose side it is on, and after a while may go. */
static void
test_reconnecting (Fixture *fixture, gconstpointer data)
{
  GtkWidget *leave = part_of_part (fixture, "status", "leave");

  connect_call (fixture);
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
  connect_call (fixture);
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
  connect_call (fixture);
  g_assert_true (gtk_widget_get_visible (quality));
  g_assert_cmpstr (text_of (fixture, "header", "name"), ==, "Ada");
  g_assert_cmpstr (text_of (fixture, "header", "clock"), ==, "12:34");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (quality), ==, "Good connection");

  fake_call_set_stats (fixture->call, &stats);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (quality), "23 ms"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (quality), "640 × 360"));

  fake_call_set_duration (fixture->call, 3723 * G_TIME_SPAN_SECOND);
  ui_wait_until (g_str_equal (text_of (fixture, "header", "clock"), "1:02:03"));

  fake_call_set (fixture->call, "remote-name", "");
  g_assert_cmpstr (text_of (fixture, "header", "name"), ==, "Somebody");
}

static void
test_safety (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = part_of_part (fixture, "header", "safety_popover");
  GtkMenuButton *button = GTK_MENU_BUTTON (part_of_part (fixture, "header", "safety_button"));
  GtkLabel *title = GTK_LABEL (part (popover, "title"));

  connect_call (fixture);
  g_assert_cmpstr (gtk_label_get_label (title), ==, "Not Verified Yet");
  g_assert_false (gtk_widget_get_visible (part (popover, "pictures")));

  fake_call_set_emoji (fixture->call, 0, 1, 2, 63);
  g_assert_cmpstr (gtk_label_get_label (title), ==, "Compare These Pictures");
  g_assert_true (gtk_widget_get_visible (part (popover, "pictures")));
  g_assert_cmpstr (gtk_menu_button_get_icon_name (button), ==, "duo-shield-symbolic");

  fake_call_set (fixture->call, "remote-browser", TRUE);
  g_assert_cmpstr (gtk_label_get_label (title), ==, "As trustworthy as calls.example.org");
  g_assert_cmpstr (gtk_menu_button_get_icon_name (button), ==, "duo-shield-warning-symbolic");

  fake_call_set (fixture->call, "remote-browser", FALSE);
  g_assert_true (gtk_widget_get_visible (part (popover, "verified")));
  fake_call_set (fixture->call, "safety", DUO_CALL_SAFETY_UNVERIFIABLE);
  g_assert_false (gtk_widget_get_visible (part (popover, "verified")));
  g_assert_cmpstr (gtk_label_get_label (title), ==, "Cannot Be Verified");
  g_assert_cmpstr (gtk_menu_button_get_icon_name (button), ==, "duo-shield-warning-symbolic");
}

static gboolean
is_revealed (Fixture *fixture)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (part (fixture->view, "bottom")));
}

/* The person ticks what was compared; and the call takes it back when it holds no more. */
static void
test_verified (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = part_of_part (fixture, "header", "safety_button");
  GtkWidget *popover = part_of_part (fixture, "header", "safety_popover");
  GtkWidget *notice = part_of_part (fixture, "notices", "trust");
  GtkCheckButton *tick = GTK_CHECK_BUTTON (part (popover, "verified"));

  connect_call (fixture);
  fake_call_set_emoji (fixture->call, 0, 1, 2, 63);
  gtk_test_accessible_assert_property (button,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Safety pictures: not compared yet");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  gtk_widget_activate (GTK_WIDGET (tick));
  g_assert_true (duo_call_get_flag (DUO_CALL (fixture->call), "verified"));
  gtk_test_accessible_assert_property (button,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Safety pictures: verified");
  g_assert_cmpstr (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (button)),
                   ==,
                   "duo-shield-verified-symbolic");
  g_assert_true (gtk_widget_has_css_class (button, "verified"));
  g_assert_false (gtk_widget_get_visible (notice));

  fake_call_set (fixture->call, "verified", FALSE);
  fake_call_set (fixture->call, "verification-lost", TRUE);
  g_assert_false (gtk_check_button_get_active (tick));
  g_assert_false (gtk_widget_has_css_class (button, "verified"));
  g_assert_true (gtk_widget_get_visible (notice));
  g_assert_cmpstr (text_of (fixture, "notices", "trust_text"),
                   ==,
                   "No longer verified: compare the pictures again");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

/* In an open room it is said until somebody is verified, whatever else is on the screen; and it
 * leads to the pictures. */
static void
test_open_room (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = part_of_part (fixture, "header", "safety_popover");
  GtkWidget *notice = part_of_part (fixture, "notices", "trust");

  g_assert_false (gtk_widget_get_visible (notice));
  fake_call_set (fixture->call, "open-room", TRUE);
  for (DuoCallState state = DUO_CALL_STATE_JOINING; state < DUO_CALL_STATE_ENDED; state++) {
    fake_call_set (fixture->call, "state", state);
    g_assert_true (gtk_widget_get_mapped (notice));
  }
  connect_call (fixture);
  ui_wait_until (!is_revealed (fixture));
  g_assert_true (gtk_widget_get_mapped (notice));

  g_signal_emit_by_name (notice, "clicked");
  ui_wait_until (gtk_widget_get_mapped (popover));
  g_assert_true (is_revealed (fixture));
  gtk_popover_popdown (GTK_POPOVER (popover));

  fake_call_set_emoji (fixture->call, 0, 1, 2, 63);
  g_assert_true (gtk_widget_get_visible (notice));
  g_object_set (fixture->call, "verified", TRUE, NULL);
  g_assert_false (gtk_widget_get_visible (notice));
}

/* The server's own words, under its name and as they are. */
static void
test_announcement (Fixture *fixture, gconstpointer data)
{
  GtkWidget *words = part_of_part (fixture, "notices", "words");

  connect_call (fixture);
  g_assert_false (gtk_widget_get_visible (words));
  duo_call_emit_announcement (DUO_CALL (fixture->call),
                              "<b>Bye</b> & see https://x.example\n\xe2\x80\xae");
  g_assert_true (gtk_widget_get_mapped (words));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (part_of_part (fixture, "notices", "words_text"))),
                   ==,
                   "calls.example.org says: <b>Bye</b> & see https://x.example");

  duo_call_emit_announcement (DUO_CALL (fixture->call), "Again");
  g_assert_cmpstr (text_of (fixture, "notices", "words_text"), ==, "calls.example.org says: Again");
  g_signal_emit_by_name (part_of_part (fixture, "notices", "dismiss"), "clicked");
  g_assert_false (gtk_widget_get_visible (words));
}

static void
test_remote_devices (Fixture *fixture, gconstpointer data)
{
  connect_call (fixture);
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

  connect_call (fixture);
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

  connect_call (fixture);
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

#define ADD(name, function)                                                                        \
  g_test_add ("/call-view/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  duo_render_prepare ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("states", test_states);
  ADD ("room-full", test_room_full);
  ADD ("reconnecting", test_reconnecting);
  ADD ("controls", test_controls);
  ADD ("header", test_header);
  ADD ("safety", test_safety);
  ADD ("verified", test_verified);
  ADD ("open-room", test_open_room);
  ADD ("announcement", test_announcement);
  ADD ("remote-devices", test_remote_devices);
  ADD ("self-view", test_self_view);
  ADD ("narrow", test_narrow);
  ADD ("fade", test_fade);

  return g_test_run ();
}
