/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_VIEW (duo_call_view_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallView, duo_call_view, DUO, CALL_VIEW, AdwBin)

GtkWidget *duo_call_view_new (DuoCall *call, GdkPaintable *remote, GdkPaintable *own);
void duo_call_view_set_camera_works (DuoCallView *self, gboolean camera_works);

G_END_DECLS
