/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-signaling-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

void duo_server_probe_participants_async (const char *server,
                                          const char *room_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gint duo_server_probe_participants_finish (GAsyncResult *result, GError **error);
void duo_server_probe_health_async (const char *server,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
char *duo_server_probe_health_finish (GAsyncResult *result, GError **error);

G_END_DECLS
