/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-server-config.h"

G_BEGIN_DECLS

/**
 * DuoServerArguments:
 * @config: what the command line and the file say
 * @version: whether only the version is wanted
 *
 * The command line of `duologue-server`.
 */
typedef struct {
  DuoServerConfig *config;
  gboolean version;
} DuoServerArguments;

DuoServerArguments *
duo_server_arguments_parse (int *argc, char ***argv, DuoServerConfig *defaults, GError **error);
void duo_server_arguments_free (DuoServerArguments *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoServerArguments, duo_server_arguments_free)

G_END_DECLS
