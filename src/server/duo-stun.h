/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUO_STUN_HEADER_BYTES 20
/* Larger requests are not answered; nobody sends them. */
#define DUO_STUN_REQUEST_MAX 548

GBytes *duo_stun_answer (const guint8 *request, gsize length, GInetAddress *address, guint16 port);

G_END_DECLS
