/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-server-limits.h"

G_BEGIN_DECLS

#define DUO_SERVER_CONFIG_ERROR (duo_server_config_error_quark ())
GQuark duo_server_config_error_quark (void);

/**
 * DuoServerConfigError:
 * @DUO_SERVER_CONFIG_ERROR_UNKNOWN: there is no option of that name
 * @DUO_SERVER_CONFIG_ERROR_VALUE: the option does not take that value
 * @DUO_SERVER_CONFIG_ERROR_SYNTAX: the file is no key file
 * @DUO_SERVER_CONFIG_ERROR_COMBINATION: two options do not go together
 */
typedef enum {
  DUO_SERVER_CONFIG_ERROR_UNKNOWN,
  DUO_SERVER_CONFIG_ERROR_VALUE,
  DUO_SERVER_CONFIG_ERROR_SYNTAX,
  DUO_SERVER_CONFIG_ERROR_COMBINATION,
} DuoServerConfigError;

/* The STUN port is the number of the server's own port. */
#define DUO_SERVER_STUN_SAME G_MAXUINT

/**
 * DuoServerConfig:
 * @limits: what clients may do
 * @listen: (nullable): the address to listen on
 * @port: the port, 0 for any
 * @trusted_proxy: addresses and networks whose X-Forwarded-For is believed
 * @stun_port: the port of the STUN responder, 0 for none, %DUO_SERVER_STUN_SAME
 * @stun: `stun:` URLs of other servers
 * @turn: `turn:` URLs of relays
 * @turn_secret_file: (nullable): the file with the secret that is shared with them
 * @access_secret_file: (nullable): the file with the secret that tokens are signed with
 * @allow_origin: origins of pages that may connect; none means any
 * @tls_certificate: (nullable): a PEM file
 * @tls_key: (nullable): a PEM file
 *
 * Everything about a room server that can be chosen. All pointers are owned; the lists never are
 * %NULL.
 */
typedef struct {
  DuoServerLimits limits;
  char *listen;
  guint port;
  GPtrArray *trusted_proxy;
  guint stun_port;
  GPtrArray *stun;
  GPtrArray *turn;
  char *turn_secret_file;
  char *access_secret_file;
  GPtrArray *allow_origin;
  char *tls_certificate;
  char *tls_key;
} DuoServerConfig;

/**
 * DuoServerOption:
 * @name: its name on the command line and in the file
 * @help: what it is, marked for translation
 * @argument: what to write for its value in the help, marked for translation
 *
 * An option, for whoever lists them.
 */
typedef struct {
  const char *name;
  const char *help;
  const char *argument;
} DuoServerOption;

const DuoServerOption *duo_server_config_get_option (guint index);
gboolean duo_server_config_is_list (const char *name);

DuoServerConfig *duo_server_config_new (void);
void duo_server_config_free (DuoServerConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoServerConfig, duo_server_config_free)

gboolean
duo_server_config_set (DuoServerConfig *self, const char *name, const char *value, GError **error);
gboolean
duo_server_config_load (DuoServerConfig *self, const char *text, gsize length, GError **error);
gboolean duo_server_config_check (const DuoServerConfig *self, GError **error);

G_END_DECLS
