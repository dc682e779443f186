/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-media-types.h"

G_BEGIN_DECLS

DuoMediaProblem duo_media_problem_from_error (const GError *error);

G_END_DECLS
