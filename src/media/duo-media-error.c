/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-media-error.h"

G_DEFINE_QUARK (duo_media_error, duo_media_error)
