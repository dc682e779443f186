/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "duo-peer-link.h"

G_BEGIN_DECLS

/**
 * DuoPromiseFunc:
 * @target: the target of the link
 * @reply: (nullable): what webrtcbin answered
 * @error: (nullable): or why it did not
 *
 * Runs on the target's main context.
 */
typedef void (*DuoPromiseFunc) (gpointer target, const GstStructure *reply, const GError *error);

GstPromise *duo_promise_new (DuoPeerLink *link, DuoPromiseFunc func);

G_END_DECLS
