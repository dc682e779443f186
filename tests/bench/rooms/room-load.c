/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rooms of two on a room server: opens them, sends messages at a steady rate, and prints as JSON
 * what that took. Or, as `flood`, sends as much as it can from one address. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Stays below the usual limit of connections per address. */
#define CONNECTIONS_PER_ADDRESS 30
#define PAYLOAD 300
#define READ_SIZE 65536
#define QUIET 500 /* ms without a message after the last one */

typedef struct {
  guint16 port;
  pid_t pid;
  guint rooms;
  guint rate;
  guint seconds;
} Plan;

typedef struct {
  int *sockets;
  guint count;
  int epoll;
  GArray *delays; /* of double, in ms */
} Load;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static double
read_cpu_ms (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  unsigned long user = 0, system = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (sscanf (strrchr (text, ')') + 2,
                           "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                           &user,
                           &system),
                   ==,
                   2);

  return (double) (user + system) * 1000 / (double) sysconf (_SC_CLK_TCK);
}

static double
read_memory_kib (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char *pss;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  pss = strstr (text, "\nPss:");
  g_assert_nonnull (pss);

  return g_ascii_strtod (pss + 5, NULL);
}

static int
connect_from (guint32 source, guint16 port)
{
  struct sockaddr_in local = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (source) };
  struct sockaddr_in remote = { .sin_family = AF_INET,
                                .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &local, sizeof local), ==, 0);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect (fd, (struct sockaddr *) &remote, sizeof remote) == 0)
    return fd;

  close (fd);

  return -1;
}

static gboolean
shake_hands (int fd, const char *room, const char *peer)
{
  g_autofree char *request =
    g_strdup_printf ("GET /parties/main/%s?_pk=%s HTTP/1.1\r\nHost: localhost\r\n"
                     "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
                     room,
                     peer);
  char answer[4096] = "";
  gsize length = 0;

  if (write (fd, request, strlen (request)) != (gssize) strlen (request))
    return FALSE;

  while (strstr (answer, "\r\n\r\n") == NULL && length < sizeof answer - 1) {
    gssize n = read (fd, answer + length, sizeof answer - 1 - length);

    if (n <= 0)
      return FALSE;
    length += (gsize) n;
    answer[length] = '\0';
  }

  return g_str_has_prefix (answer, "HTTP/1.1 101 ");
}

static char *
name_peer (guint index)
{
  return g_strdup_printf ("peer-%020u", index);
}

static void
open_rooms (Load *load, const Plan *plan)
{
  load->count = 2 * plan->rooms;
  load->sockets = g_new0 (int, load->count);
  load->epoll = epoll_create1 (EPOLL_CLOEXEC);

  for (guint i = 0; i < load->count; i++) {
    g_autofree char *room = g_strdup_printf ("room-%u", i / 2);
    g_autofree char *peer = name_peer (i);
    struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };
    int fd = connect_from (INADDR_LOOPBACK + 1 + i / CONNECTIONS_PER_ADDRESS, plan->port);

    if (fd < 0 || !shake_hands (fd, room, peer))
      g_error ("Connection %u was refused", i);
    fcntl (fd, F_SETFL, O_NONBLOCK);
    epoll_ctl (load->epoll, EPOLL_CTL_ADD, fd, &event);
    load->sockets[i] = fd;
  }
}

/* Every message carries the time when it was sent. */
static void
send_message (Load *load, guint sender)
{
  g_autofree char *from = name_peer (sender);
  g_autofree char *to = name_peer (sender ^ 1);
  g_autofree char *data = g_strnfill (PAYLOAD, 'x');
  g_autofree char *text = g_strdup_printf ("{\"type\":\"sealed\",\"from\":\"%s\",\"to\":\"%s\","
                                           "\"at\":\"%020" G_GINT64_FORMAT "\",\"data\":\"%s\"}",
                                           from,
                                           to,
                                           g_get_monotonic_time (),
                                           data);
  gsize length = strlen (text);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  const guint8 header[] = { 0x81, 0x80 | 126, (guint8) (length >> 8), (guint8) length, 0, 0, 0, 0 };

  g_byte_array_append (frame, header, sizeof header);
  g_byte_array_append (frame, (const guint8 *) text, (guint) length);
  g_assert_cmpint (write (load->sockets[sender], frame->data, frame->len), ==, (gssize) frame->len);
}

static void
note_messages (Load *load, const char *data, gsize length)
{
  static const char mark[] = "\"at\":\"";
  const char *at = data;

  while ((at = memmem (at, length - (gsize) (at - data), mark, strlen (mark))) != NULL) {
    double delay =
      (double) (g_get_monotonic_time () - g_ascii_strtoll (at + strlen (mark), NULL, 10)) / 1000;

    g_array_append_val (load->delays, delay);
    at++;
  }
}

static gboolean
receive (Load *load, int timeout)
{
  struct epoll_event events[256];
  int count = epoll_wait (load->epoll, events, G_N_ELEMENTS (events), timeout);

  for (int i = 0; i < count; i++) {
    static char buffer[READ_SIZE];
    guint index = events[i].data.u32;
    gssize length = read (load->sockets[index], buffer, sizeof buffer - 1);

    if (length == 0 || (length < 0 && errno != EAGAIN))
      g_error ("Connection %u was closed", index);
    if (length > 0) {
      buffer[length] = '\0';
      note_messages (load, buffer, (gsize) length);
    }
  }

  return count > 0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static guint
run_messages (Load *load, const Plan *plan)
{
  guint total = plan->rate * plan->seconds;
  double start = now_ms ();
  guint sent = 0;

  while (sent < total) {
    double due = start + (double) sent * 1000 / plan->rate;

    if (now_ms () >= due)
      send_message (load, (sent++ * 7919u) % load->count);
    else
      receive (load, 1);
  }
  while (receive (load, QUIET) && load->delays->len < total)
    continue;

  return sent;
}

static void
measure (const Plan *plan)
{
  Load load = { .delays = g_array_new (FALSE, FALSE, sizeof (double)) };
  double memory = read_memory_kib (plan->pid);
  double opened = now_ms ();
  double cpu;
  guint sent;

  open_rooms (&load, plan);
  opened = now_ms () - opened;
  while (receive (&load, QUIET))
    continue;
  memory = read_memory_kib (plan->pid) - memory;

  g_array_set_size (load.delays, 0);
  cpu = read_cpu_ms (plan->pid);
  sent = run_messages (&load, plan);
  cpu = read_cpu_ms (plan->pid) - cpu;
  g_assert_cmpuint (load.delays->len, >, 0);
  g_array_sort (load.delays, compare);

  printf ("{\"connections\": %u, \"openMs\": %.0f, \"kibPerConnection\": %.2f, \"sent\": %u, "
          "\"received\": %u, \"medianMs\": %.3f, \"p99Ms\": %.3f, \"cpuUsPerMessage\": %.1f}\n",
          load.count,
          opened,
          memory / load.count,
          sent,
          load.delays->len,
          g_array_index (load.delays, double, load.delays->len / 2),
          g_array_index (load.delays, double, load.delays->len * 99 / 100),
          cpu * 1000 / sent);
}

/* As much as goes from one address: 32 connections that send until they are thrown out, again and
 * again. */
static void
flood (guint16 port, guint seconds)
{
  double end = now_ms () + seconds * 1000.0;
  g_autofree char *junk = g_strnfill (READ_SIZE, 'x');
  int sockets[32];
  guint next = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sockets); i++)
    sockets[i] = -1;

  while (now_ms () < end) {
    int *fd = &sockets[next++ % G_N_ELEMENTS (sockets)];

    if (*fd < 0) {
      g_autofree char *room = g_strdup_printf ("flood-%u", next);

      *fd = connect_from (INADDR_LOOPBACK, port);
      if (*fd >= 0 && shake_hands (*fd, room, "flood-flood-flood-flood"))
        fcntl (*fd, F_SETFL, O_NONBLOCK);
    }
    if (*fd >= 0 && write (*fd, junk, READ_SIZE) < 0 && errno != EAGAIN) {
      close (*fd);
      *fd = -1;
    }
  }
}

static guint
number (const char *text)
{
  return (guint) g_ascii_strtoull (text, NULL, 10);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "flood")) {
    flood ((guint16) number (argv[2]), number (argv[3]));
    return 0;
  }
  if (argc != 6) {
    fprintf (stderr, "room-load PORT PID ROOMS RATE SECONDS | flood PORT SECONDS\n");
    return 2;
  }
  measure (&(Plan){ (guint16) number (argv[1]),
                    (pid_t) number (argv[2]),
                    number (argv[3]),
                    number (argv[4]),
                    number (argv[5]) });

  return 0;
}
