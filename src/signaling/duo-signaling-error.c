/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-signaling-error.h"

G_DEFINE_QUARK (duo - signaling - error - quark, duo_signaling_error)
