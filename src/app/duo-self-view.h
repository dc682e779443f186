/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DuoCorner:
 * @DUO_CORNER_TOP_START: above, where lines of text start
 * @DUO_CORNER_TOP_END: above, where they end
 * @DUO_CORNER_BOTTOM_START: below, where they start
 * @DUO_CORNER_BOTTOM_END: below, where they end
 *
 * A corner of the window. The numbers are those of the settings.
 */
typedef enum {
  DUO_CORNER_TOP_START,
  DUO_CORNER_TOP_END,
  DUO_CORNER_BOTTOM_START,
  DUO_CORNER_BOTTOM_END,
} DuoCorner;

#define DUO_TYPE_SELF_VIEW (duo_self_view_get_type ())
G_DECLARE_FINAL_TYPE (DuoSelfView, duo_self_view, DUO, SELF_VIEW, GtkWidget)

void duo_self_view_set_paintable (DuoSelfView *self, GdkPaintable *paintable);
void duo_self_view_set_camera_on (DuoSelfView *self, gboolean camera_on);

G_END_DECLS
