/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-protocol-error.h"

G_DEFINE_QUARK (duo_protocol_error, duo_protocol_error)
