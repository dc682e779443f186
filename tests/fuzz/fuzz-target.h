/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The entry point that libFuzzer and fuzz-driver.c call. A fault ends the process. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
