/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>

G_BEGIN_DECLS

#define DUO_TYPE_FEED (duo_feed_get_type ())
G_DECLARE_FINAL_TYPE (DuoFeed, duo_feed, DUO, FEED, GObject)

DuoFeed *duo_feed_new (void);
void duo_feed_add_target (DuoFeed *self, GstAppSrc *target);
void duo_feed_remove_target (DuoFeed *self, GstAppSrc *target);
void duo_feed_set_silent (DuoFeed *self, gboolean silent);
void duo_feed_push (DuoFeed *self, GstSample *sample, GstClockTime base_time);

G_END_DECLS
