/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "call-view-fixture.h"

#include "duo-call-view.h"
#include "ui-picture.h"

#define LINK "https://calls.example.org/call#k7qm-4xwp-93h3"

void
call_view_set_up (Fixture *fixture, gconstpointer data)
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

void
call_view_tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_wait_until (fixture->view == NULL);
  g_assert_finalize_object (fixture->call);
}

GtkWidget *
part (GtkWidget *widget, const char *name)
{
  GObject *object = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_true (GTK_IS_WIDGET (object));
  return GTK_WIDGET (object);
}

GtkWidget *
part_of_part (Fixture *fixture, const char *outer, const char *inner)
{
  return part (part (fixture->view, outer), inner);
}

const char *
text_of (Fixture *fixture, const char *outer, const char *inner)
{
  return gtk_label_get_label (GTK_LABEL (part_of_part (fixture, outer, inner)));
}

void
call_view_connect (Fixture *fixture)
{
  fake_call_set (fixture->call, "signaling-connected", TRUE);
  fake_call_set (fixture->call, "remote-name", "Ada");
  fake_call_set (fixture->call, "quality", 3);
  fake_call_set_duration (fixture->call, 754 * G_TIME_SPAN_SECOND);
  fake_call_set (fixture->call, "state", DUO_CALL_STATE_CONNECTED);
}

gboolean
is_revealed (Fixture *fixture)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (part (fixture->view, "bottom")));
}
