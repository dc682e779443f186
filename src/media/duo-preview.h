/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-feed.h"

G_BEGIN_DECLS

#define DUO_TYPE_PREVIEW (duo_preview_get_type ())
G_DECLARE_FINAL_TYPE (DuoPreview, duo_preview, DUO, PREVIEW, GObject)

DuoPreview *duo_preview_new (GstElement *sink, DuoFeed *feed);
void duo_preview_set_large (DuoPreview *self, gboolean large);

G_END_DECLS
