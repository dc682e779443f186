/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsCertificate *
duo_server_certificate_load (const char *certificate_file, const char *key_file, GError **error);

G_END_DECLS
