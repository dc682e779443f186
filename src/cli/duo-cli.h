/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-join-link.h"

G_BEGIN_DECLS

/* Exit statuses; the man page tells what they mean. */
#define DUO_CLI_OK 0
#define DUO_CLI_FAILED 1
#define DUO_CLI_USAGE 2

int duo_cli_new (int argc, char **argv);
int duo_cli_join (int argc, char **argv);
int duo_cli_doctor (int argc, char **argv);

void duo_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
char *duo_cli_dup_server (const char *option);
DuoJoinLink *duo_cli_read_link (const char *argument, const char *server);

gboolean duo_cli_keep_token (DuoJoinLink *link, const char *file);

G_END_DECLS
