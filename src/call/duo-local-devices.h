/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-media-graph.h"

G_BEGIN_DECLS

void duo_local_devices_read (DuoMediaGraph *graph, gboolean *microphone, gboolean *camera);

G_END_DECLS
