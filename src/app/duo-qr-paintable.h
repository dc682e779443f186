/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_QR_PAINTABLE (duo_qr_paintable_get_type ())
G_DECLARE_FINAL_TYPE (DuoQrPaintable, duo_qr_paintable, DUO, QR_PAINTABLE, GObject)

GdkPaintable *duo_qr_paintable_new (const char *text);

G_END_DECLS
