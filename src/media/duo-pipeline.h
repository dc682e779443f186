/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define DUO_TYPE_PIPELINE (duo_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (DuoPipeline, duo_pipeline, DUO, PIPELINE, GObject)

DuoPipeline *duo_pipeline_new (const char *name);
GstBin *duo_pipeline_get_bin (DuoPipeline *self);
void duo_pipeline_play (DuoPipeline *self);
void duo_pipeline_stop_async (DuoPipeline *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean duo_pipeline_stop_finish (DuoPipeline *self, GAsyncResult *result, GError **error);

G_END_DECLS
