/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoAddressCount:
 *
 * Counts what each client address has open.
 */
typedef struct _DuoAddressCount DuoAddressCount;

char *duo_client_address_name (GInetAddress *address);
char *
duo_client_address_find (GInetAddress *remote, const char *forwarded, GPtrArray *trusted_proxies);

DuoAddressCount *duo_address_count_new (void);
void duo_address_count_free (DuoAddressCount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoAddressCount, duo_address_count_free)
gboolean duo_address_count_add (DuoAddressCount *self, const char *address, guint max);
void duo_address_count_remove (DuoAddressCount *self, const char *address);

G_END_DECLS
