/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_LOBBY_PREVIEW (duo_lobby_preview_get_type ())
G_DECLARE_FINAL_TYPE (DuoLobbyPreview, duo_lobby_preview, DUO, LOBBY_PREVIEW, GtkWidget)

GtkWidget *duo_lobby_preview_new (void);
void duo_lobby_preview_set_paintable (DuoLobbyPreview *self, GdkPaintable *paintable);
void duo_lobby_preview_set_problem (DuoLobbyPreview *self, const char *title, const char *mend);

G_END_DECLS
