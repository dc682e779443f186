/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-cli.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "duo-doctor.h"

/**
 * duo_cli_doctor:
 * @argc: number of arguments
 * @argv: `doctor` and what follows
 *
 * Prints what works of all that a call needs, and how to mend the rest.
 *
 * Returns: an exit status
 */
int
duo_cli_doctor (int argc, char **argv)
{
  g_autoptr (GOptionContext) context =
    g_option_context_new (_ ("– look at what a call needs, and tell how to mend the rest"));
  g_autoptr (DuoDoctor) doctor = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *option = NULL;
  g_autofree char *server = NULL;
  g_auto (GStrv) ice = NULL;
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &option, N_ ("The room server"), N_ ("URL") },
    { "ice",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &ice,
      N_ ("A STUN or TURN server to try, stun:HOST or turn:HOST; may be given several times"),
      N_ ("URL") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    duo_cli_complain ("%s", error->message);
    return DUO_CLI_USAGE;
  }
  if (argc > 1) {
    duo_cli_complain (_ ("“doctor” takes no arguments"));
    return DUO_CLI_USAGE;
  }

  gst_init (NULL, NULL);
  server = duo_cli_dup_server (option);
  doctor = duo_doctor_new ();
  duo_doctor_check_plugins (doctor);
  duo_doctor_check_devices (doctor);
  duo_doctor_check_portal (doctor);
  duo_doctor_check_server (doctor, server);
  for (guint i = 0; ice != NULL && ice[i] != NULL; i++)
    duo_doctor_check_ice (doctor, ice[i]);

  duo_doctor_print (doctor);

  return duo_doctor_is_well (doctor) ? DUO_CLI_OK : DUO_CLI_FAILED;
}
