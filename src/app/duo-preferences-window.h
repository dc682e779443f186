/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-device-monitor.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_PREFERENCES_WINDOW (duo_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
  DuoPreferencesWindow, duo_preferences_window, DUO, PREFERENCES_WINDOW, AdwPreferencesWindow)

DuoPreferencesWindow *duo_preferences_window_present (GSettings *settings,
                                                      DuoDeviceMonitor *monitor,
                                                      const char *directory,
                                                      GtkWindow *parent);
void duo_preferences_window_show_connection (DuoPreferencesWindow *self);
void duo_preferences_window_show_access (DuoPreferencesWindow *self, const char *server);

G_END_DECLS
