/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-counters.h"

static const char *const drop_names[DUO_SERVER_N_DROPS] = {
  [DUO_SERVER_DROP_ADDRESS] = "address",
  [DUO_SERVER_DROP_ROOMS] = "rooms",
  [DUO_SERVER_DROP_TIMEOUT] = "timeout",
  [DUO_SERVER_DROP_MALFORMED] = "malformed",
  [DUO_SERVER_DROP_TOO_LARGE] = "too-large",
  [DUO_SERVER_DROP_TOO_FAST] = "too-fast",
  [DUO_SERVER_DROP_FULL] = "full",
  [DUO_SERVER_DROP_EXPIRED] = "expired",
  [DUO_SERVER_DROP_NOT_ALLOWED] = "not-allowed",
  [DUO_SERVER_DROP_NOT_STARTED] = "not-started",
  [DUO_SERVER_DROP_TAKEN_OVER] = "taken-over",
  [DUO_SERVER_DROP_SLOW_READER] = "slow-reader",
  [DUO_SERVER_DROP_PING] = "ping",
  [DUO_SERVER_DROP_STUN] = "stun",
};

static void
add (GString *text, const char *name, const char *type, const char *help, guint64 value)
{
  g_string_append_printf (text,
                          "# HELP duologue_%s %s\n# TYPE duologue_%s %s\nduologue_%s "
                          "%" G_GUINT64_FORMAT "\n",
                          name,
                          help,
                          name,
                          type,
                          name,
                          value);
}

/**
 * duo_server_counters_to_text:
 * @self: the counters
 * @rooms: how many rooms there are
 * @connections: how many WebSockets are open
 * @uptime: how long the server has been running, in seconds
 *
 * Writes everything down as Prometheus reads it.
 *
 * Returns: (transfer full): the text, in Prometheus' exposition format 0.0.4
 */
char *
duo_server_counters_to_text (const DuoServerCounters *self,
                             guint rooms,
                             guint connections,
                             gint64 uptime)
{
  GString *text = g_string_new (NULL);

  add (text, "rooms", "gauge", "Rooms, those that wait for somebody too.", rooms);
  add (text, "connections", "gauge", "Open WebSockets.", connections);
  add (text, "uptime_seconds", "gauge", "Time since the start.", (guint64) uptime);
  add (text, "connections_total", "counter", "WebSockets opened.", self->connections);
  add (text, "messages_received_total", "counter", "Messages received.", self->messages_in);
  add (text, "messages_sent_total", "counter", "Messages sent.", self->messages_out);
  add (text, "received_bytes_total", "counter", "Bytes received.", self->bytes_in);
  add (text, "sent_bytes_total", "counter", "Bytes of messages sent.", self->bytes_out);
  add (text, "stun_answers_total", "counter", "STUN requests answered.", self->stun);

  g_string_append (text,
                   "# HELP duologue_drops_total Clients turned away or cut off.\n"
                   "# TYPE duologue_drops_total counter\n");
  for (guint i = 0; i < DUO_SERVER_N_DROPS; i++)
    g_string_append_printf (text,
                            "duologue_drops_total{reason=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            drop_names[i],
                            self->drops[i]);

  return g_string_free (text, FALSE);
}
