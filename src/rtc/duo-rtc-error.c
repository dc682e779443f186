/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rtc-error.h"

G_DEFINE_QUARK (duo_rtc_error, duo_rtc_error)
