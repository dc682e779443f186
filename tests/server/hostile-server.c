/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hostile-server FIELDS
 *
 * A room server that greets with FIELDS, as `"iceServers":[]`, whatever the truth is. It says where
 * it listens, and goes on until it is ended. */

#include "config.h"

#include "hostile-room.h"

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  HostileRoom *room = hostile_room_new ();

  room->greeting = g_strdup (argc > 1 ? argv[1] : NULL);
  g_print ("Listening on port %u\n", room->port);
  g_main_loop_run (loop);
  hostile_room_free (room);

  return 0;
}
