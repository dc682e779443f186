/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rtc-error.h"

G_DEFINE_QUARK (duo-rtc-error-quark, duo_rtc_error)
