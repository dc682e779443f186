/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-controller.h"

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *duo_device_toast_new (DuoCallController *controller, DuoDevice *from, DuoDevice *to);
AdwToast *duo_device_toast_new_for_problem (DuoMediaGraph *graph, const char *property);

G_END_DECLS
