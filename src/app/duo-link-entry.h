/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-join-link.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_LINK_ENTRY (duo_link_entry_get_type ())
G_DECLARE_FINAL_TYPE (DuoLinkEntry, duo_link_entry, DUO, LINK_ENTRY, AdwBin)

GtkWidget *duo_link_entry_new (void);
void duo_link_entry_set_text (DuoLinkEntry *self, const char *text);
const char *duo_link_entry_get_text (DuoLinkEntry *self);
const char *duo_link_entry_get_hint (DuoLinkEntry *self);
void duo_link_entry_focus (DuoLinkEntry *self);
gboolean duo_link_entry_offer (DuoLinkEntry *self, const char *text);
void duo_link_entry_ignore (DuoLinkEntry *self, const char *text);

G_END_DECLS
