/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DuoPoller DuoPoller;
typedef struct _DuoPollerWatch DuoPollerWatch;

/**
 * DuoPollerFunc:
 * @condition: what the descriptor is ready for
 * @user_data: what the caller gave
 *
 * Called in the poller's main context. It may remove any watch, its own too.
 */
typedef void (*DuoPollerFunc) (GIOCondition condition, gpointer user_data);

DuoPoller *duo_poller_new (GMainContext *context);
void duo_poller_free (DuoPoller *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoPoller, duo_poller_free)

DuoPollerWatch *
duo_poller_add (DuoPoller *self, int fd, DuoPollerFunc func, gpointer user_data, GError **error);
void duo_poller_watch_set_writable (DuoPollerWatch *watch, gboolean writable);
void duo_poller_watch_remove (DuoPollerWatch *watch);

G_END_DECLS
