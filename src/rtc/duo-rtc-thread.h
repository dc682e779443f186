/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void duo_rtc_thread_start (const char *name, GThreadFunc func, gpointer data);
void duo_rtc_thread_settle (void);

G_END_DECLS
