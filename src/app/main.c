/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-application.h"
#include "duo-peer-factory.h"
#include "duo-render.h"

#include <gst/gst.h>

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  g_autoptr (DuoApplication) application = NULL;
  int status;

  /* In a prefix of one's own the settings are where GLib does not look. */
  g_setenv ("GSETTINGS_SCHEMA_DIR", SCHEMADIR, FALSE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* A name for people, as it shows in the sound settings of the desktop. */
  g_set_application_name (_ ("Duologue"));
  duo_render_prepare ();
  gst_init (NULL, NULL);

  application = duo_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  duo_peer_factory_settle ();

  return status;
}
