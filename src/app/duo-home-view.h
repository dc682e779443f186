/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-link-entry.h"

G_BEGIN_DECLS

#define DUO_TYPE_HOME_VIEW (duo_home_view_get_type ())
G_DECLARE_FINAL_TYPE (DuoHomeView, duo_home_view, DUO, HOME_VIEW, AdwBin)

GtkWidget *duo_home_view_new (void);
void duo_home_view_follow_settings (DuoHomeView *self, GSettings *settings);
void duo_home_view_use_name (DuoHomeView *self, const char *name);
char *duo_home_view_dup_given_name (DuoHomeView *self);
DuoLinkEntry *duo_home_view_get_link_entry (DuoHomeView *self);

G_END_DECLS
