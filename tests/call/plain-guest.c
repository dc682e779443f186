/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plain web client, for the tests with windows: is in the room of tests/call/plain-peer.h on the
 * port of this computer that it is given, and answers whoever calls, until it is killed. Its
 * picture is the test picture. */

#include "config.h"

#include <stdlib.h>

#include "plain-peer.h"

int
main (int argc, char *argv[])
{
  int port = argc == 2 ? atoi (argv[1]) : 0;

  gst_init (&argc, &argv);
  if (port <= 0 || port > G_MAXUINT16) {
    g_printerr ("plain-guest: needs a port\n");
    return 2;
  }

  plain_peer_new ((guint16) port);
  g_print ("ready\n");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
