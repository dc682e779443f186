/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the view of a call says about who is at the other end. */

#include "config.h"

#include "call-view-fixture.h"
#include "duo-render.h"

static void
test_safety (Fixture *fixture, gconstpointer data)
{
  GtkWidget *popover = part_of_part (fixture, "header", "safety_popover");
  GtkMenuButton *button = GTK_MENU_BUTTON (part_of_part (fixture, "header", "safety_button"));
  GtkLabel *title = GTK_LABEL (part (popover, "title"));

  call_view_connect (fixture);
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

/* The person ticks what was compared; and the call takes it back when it holds no more. */
static void
test_verified (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = part_of_part (fixture, "header", "safety_button");
  GtkWidget *popover = part_of_part (fixture, "header", "safety_popover");
  GtkWidget *notice = part_of_part (fixture, "notices", "trust");
  GtkCheckButton *tick = GTK_CHECK_BUTTON (part (popover, "verified"));

  call_view_connect (fixture);
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

  /* Nobody there is nobody to compare with. */
  fake_call_set (fixture->call, "remote-name", NULL);
  g_assert_false (gtk_widget_get_visible (notice));
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
  call_view_connect (fixture);
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

  call_view_connect (fixture);
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

int
main (int argc, char *argv[])
{
  duo_render_prepare ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/call-trust/safety", test_safety);
  ADD ("/call-trust/verified", test_verified);
  ADD ("/call-trust/open-room", test_open_room);
  ADD ("/call-trust/announcement", test_announcement);

  return g_test_run ();
}
