/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "duo-peer-link.h"

G_BEGIN_DECLS

/**
 * DuoPeerBusFunc:
 * @target: the target of the link
 * @error: why the pipeline does not go on
 */
typedef void (*DuoPeerBusFunc) (gpointer target, const GError *error);

GSource *duo_peer_bus_watch (GstElement *pipeline, DuoPeerLink *link, DuoPeerBusFunc func);

G_END_DECLS
