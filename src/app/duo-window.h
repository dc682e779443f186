/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-application.h"
#include "duo-call-request.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_WINDOW (duo_window_get_type ())
G_DECLARE_FINAL_TYPE (DuoWindow, duo_window, DUO, WINDOW, AdwApplicationWindow)

DuoWindow *duo_window_new (DuoApplication *application);
void duo_window_open (DuoWindow *self, const DuoCallRequest *request);
void duo_window_set_defaults (DuoWindow *self,
                              const char *server,
                              const char *name,
                              gboolean test_media);
void duo_window_show_problem (DuoWindow *self, const char *heading, const char *body);
void duo_window_add_toast (DuoWindow *self, AdwToast *toast);

G_END_DECLS
