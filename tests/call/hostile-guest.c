/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody in the middle, for the tests with windows: joins the call of the link that it is given,
 * and answers with another fingerprint than that of its certificate, until it hears a goodbye. Its
 * picture is the test picture. */

#include "config.h"

#include "hostile-peer.h"

int
main (int argc, char *argv[])
{
  g_autoptr (DuoJoinLink) link = NULL;
  g_autoptr (GError) error = NULL;
  HostilePeer *peer;

  gst_init (&argc, &argv);
  if (argc == 2)
    link = duo_join_link_parse (argv[1], NULL, &error);
  if (link == NULL) {
    g_printerr ("hostile-guest: needs a link\n");
    return 2;
  }

  peer = hostile_peer_new (link, HOSTILE_PEER_LOWEST);
  peer->altered = TRUE;
  duo_media_graph_start (peer->graph);
  while (peer->byes == 0)
    g_main_context_iteration (NULL, TRUE);
  hostile_peer_free (peer);

  return 0;
}
