/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-join-link.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DuoCommandLine:
 * @new_call: make a call
 * @copy_link: print its link and put it on the clipboard
 * @join: skip the lobby
 * @camera: begin with the camera on
 * @microphone: begin with the microphone on
 * @test_media: a test picture and a tone instead of devices
 * @name: (nullable): the person's name in this call
 * @server: (nullable): the server for a new call or a code alone
 * @link: (nullable): the call to join
 *
 * What the command line asks for.
 */
typedef struct {
  gboolean new_call;
  gboolean copy_link;
  gboolean join;
  gboolean camera;
  gboolean microphone;
  gboolean test_media;
  char *name;
  char *server;
  DuoJoinLink *link;
} DuoCommandLine;

extern const GOptionEntry duo_command_line_entries[];

DuoCommandLine *
duo_command_line_parse (GVariantDict *options, const char *default_server, GError **error);
void duo_command_line_free (DuoCommandLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoCommandLine, duo_command_line_free)

G_END_DECLS
