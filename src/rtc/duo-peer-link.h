/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DuoPeerLink:
 *
 * The way from any thread to an object and the main context it lives on. Held by callbacks instead
 * of the object, so that a late one neither keeps it alive nor finds it gone.
 */
typedef struct _DuoPeerLink DuoPeerLink;

/**
 * DuoPeerLinkFunc:
 * @target: the object
 * @data: what was posted
 *
 * Runs on the object's main context.
 */
typedef void (*DuoPeerLinkFunc) (gpointer target, gpointer data);

DuoPeerLink *duo_peer_link_new (GObject *target);
DuoPeerLink *duo_peer_link_ref (DuoPeerLink *self);
void duo_peer_link_unref (DuoPeerLink *self);
void
duo_peer_link_post (DuoPeerLink *self, DuoPeerLinkFunc func, gpointer data, GDestroyNotify destroy);
void duo_peer_link_attach (DuoPeerLink *self, GSource *source);
gpointer duo_peer_link_get_target (DuoPeerLink *self);
void duo_peer_link_cut (DuoPeerLink *self);
gulong duo_peer_link_connect (DuoPeerLink *self,
                              gpointer instance,
                              const char *signal,
                              GCallback callback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoPeerLink, duo_peer_link_unref)

G_END_DECLS
