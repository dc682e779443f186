/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * duo_about_present:
 * @parent: the window it belongs to
 *
 * Shows what the program is and who made it.
 */
void
duo_about_present (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name",
                         _ ("Duologue"),
                         "application-icon",
                         APP_ID,
                         "developer-name",
                         _ ("The Duologue contributors"),
                         "version",
                         PACKAGE_VERSION,
                         "comments",
                         _ ("Face-to-face video calls between two people: no account, encrypted "
                            "end to end, straight from one computer to the other."),
                         "copyright",
                         _ ("© 2026 The Duologue contributors"),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         /* Translators: your own names, one per line. */
                         "translator-credits",
                         _ ("translator-credits"),
                         NULL);
}
