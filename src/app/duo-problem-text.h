/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-media-types.h"

G_BEGIN_DECLS

const char *duo_problem_text_get_title (DuoDeviceKind kind, DuoMediaProblem problem);
const char *duo_problem_text_get_mend (DuoDeviceKind kind, DuoMediaProblem problem);

G_END_DECLS
