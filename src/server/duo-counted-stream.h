/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUO_TYPE_COUNTED_STREAM (duo_counted_stream_get_type ())
G_DECLARE_FINAL_TYPE (DuoCountedStream, duo_counted_stream, DUO, COUNTED_STREAM, GIOStream)

DuoCountedStream *duo_counted_stream_new (GIOStream *base);
void duo_counted_stream_set_read_limit (DuoCountedStream *self, guint64 limit);
void duo_counted_stream_reset_read (DuoCountedStream *self);
guint64 duo_counted_stream_get_written (DuoCountedStream *self);

G_END_DECLS
