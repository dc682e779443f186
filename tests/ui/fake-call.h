/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"
#include "duo-peer-stats.h"

G_BEGIN_DECLS

/* A call with nobody in it, which does what a test says. */
#define FAKE_TYPE_CALL (fake_call_get_type ())
G_DECLARE_FINAL_TYPE (FakeCall, fake_call, FAKE, CALL, GObject)

FakeCall *fake_call_new (const char *link);
void fake_call_set (FakeCall *self, const char *property, ...);
void fake_call_set_emoji (FakeCall *self, guint first, guint second, guint third, guint fourth);
void fake_call_set_stats (FakeCall *self, const DuoPeerStats *stats);
void fake_call_set_duration (FakeCall *self, gint64 duration);
guint fake_call_get_joins (FakeCall *self);
guint fake_call_get_rings (FakeCall *self);
guint fake_call_get_hang_ups (FakeCall *self);

G_END_DECLS
