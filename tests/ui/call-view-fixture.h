/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "fake-call.h"
#include "ui-wait.h"

G_BEGIN_DECLS

/**
 * Fixture:
 *
 * A window with the view of a made-up call.
 */
typedef struct {
  FakeCall *call;
  GtkWidget *window;
  GtkWidget *view;
} Fixture;

void call_view_set_up (Fixture *fixture, gconstpointer data);
void call_view_tear_down (Fixture *fixture, gconstpointer data);
void call_view_connect (Fixture *fixture);

GtkWidget *part (GtkWidget *widget, const char *name);
GtkWidget *part_of_part (Fixture *fixture, const char *outer, const char *inner);
const char *text_of (Fixture *fixture, const char *outer, const char *inner);
gboolean is_revealed (Fixture *fixture);

/* Adds a test of the view. */
#define ADD(name, function)                                                                        \
  g_test_add (name, Fixture, NULL, call_view_set_up, function, call_view_tear_down)

G_END_DECLS
