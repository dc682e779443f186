/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-poller.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/epoll.h>
#include <unistd.h>

/* So many at once, then the main loop's other sources have their turn. */
#define BATCH 256

/**
 * DuoPoller:
 *
 * Watches many descriptors with one source of the main loop. GLib asks poll() about each of its
 * descriptors in each iteration, which with thousands of idle connections is most of the work;
 * epoll is told once.
 */
struct _DuoPoller {
  GSource source;

  /* Owned */
  int epoll;
  GPtrArray *removed; /* those that may still stand in the batch at hand */
  gboolean dispatching;
};

struct _DuoPollerWatch {
  /* Owned */
  DuoPoller *poller;

  /* Borrowed */
  int fd;
  gpointer user_data;

  DuoPollerFunc func; /* NULL once removed */
};

static void
watch_free (gpointer data)
{
  DuoPollerWatch *watch = data;

  g_source_unref ((GSource *) watch->poller);
  g_free (watch);
}

static GIOCondition
to_condition (guint32 events)
{
  GIOCondition condition = 0;

  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP))
    condition |= G_IO_IN;
  if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
    condition |= G_IO_OUT;

  return condition;
}

static gboolean
duo_poller_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  DuoPoller *self = (DuoPoller *) source;
  struct epoll_event events[BATCH];
  int count = epoll_wait (self->epoll, events, BATCH, 0);

  self->dispatching = TRUE;
  for (int i = 0; i < count; i++) {
    DuoPollerWatch *watch = events[i].data.ptr;

    if (watch->func != NULL)
      watch->func (to_condition (events[i].events), watch->user_data);
  }
  self->dispatching = FALSE;
  g_ptr_array_set_size (self->removed, 0);

  return G_SOURCE_CONTINUE;
}

static void
duo_poller_finalize (GSource *source)
{
  DuoPoller *self = (DuoPoller *) source;

  g_clear_pointer (&self->removed, g_ptr_array_unref);
  if (self->epoll >= 0)
    close (self->epoll);
}

static GSourceFuncs duo_poller_funcs = {
  .dispatch = duo_poller_dispatch,
  .finalize = duo_poller_finalize,
};

/**
 * duo_poller_new:
 * @context: (nullable): the main context to call back in, %NULL for the default one
 *
 * Makes a poller without watches.
 *
 * Returns: (transfer full): the poller
 */
DuoPoller *
duo_poller_new (GMainContext *context)
{
  DuoPoller *self = (DuoPoller *) g_source_new (&duo_poller_funcs, sizeof (DuoPoller));

  self->removed = g_ptr_array_new_with_free_func (watch_free);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll < 0)
    g_error ("No epoll: %s", g_strerror (errno));

  g_source_set_static_name (&self->source, "Duologue poller");
  /* Nothing here runs a main loop of its own. GLib would take the descriptor of a source that must
   * not recurse out of its poll() and put it back for every dispatch, and wake itself up twice. */
  g_source_set_can_recurse (&self->source, TRUE);
  g_source_add_unix_fd (&self->source, self->epoll, G_IO_IN);
  g_source_attach (&self->source, context);

  return self;
}

/**
 * duo_poller_free:
 * @self: (transfer full): a poller
 *
 * Takes the poller out of its main context: no watch is called any more. Watches that are still
 * there may be removed later.
 */
void
duo_poller_free (DuoPoller *self)
{
  g_source_destroy (&self->source);
  g_source_unref (&self->source);
}

/**
 * duo_poller_add:
 * @self: a poller
 * @fd: a descriptor, to be kept open until the watch is removed
 * @func: called whenever there is something to read
 * @user_data: handed to @func
 * @error: return location for a #GIOErrorEnum
 *
 * Starts to watch a descriptor.
 *
 * Returns: (transfer full) (nullable): the watch, to be given to duo_poller_watch_remove()
 */
DuoPollerWatch *
duo_poller_add (DuoPoller *self, int fd, DuoPollerFunc func, gpointer user_data, GError **error)
{
  DuoPollerWatch *watch = g_new0 (DuoPollerWatch, 1);
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = watch };

  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
    g_free (watch);
    return NULL;
  }

  watch->poller = (DuoPoller *) g_source_ref (&self->source);
  watch->fd = fd;
  watch->func = func;
  watch->user_data = user_data;

  return watch;
}

/**
 * duo_poller_watch_set_writable:
 * @watch: a watch
 * @writable: whether to call it too when the descriptor can be written
 *
 * Changes what is watched for.
 */
void
duo_poller_watch_set_writable (DuoPollerWatch *watch, gboolean writable)
{
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = watch };

  if (writable)
    event.events |= EPOLLOUT;
  if (epoll_ctl (watch->poller->epoll, EPOLL_CTL_MOD, watch->fd, &event) != 0)
    g_warning ("Cannot watch a connection: %s", g_strerror (errno));
}

/**
 * duo_poller_watch_remove:
 * @watch: (transfer full): a watch
 *
 * Ends a watch. It is not called again.
 */
void
duo_poller_watch_remove (DuoPollerWatch *watch)
{
  struct epoll_event event = { 0 };

  epoll_ctl (watch->poller->epoll, EPOLL_CTL_DEL, watch->fd, &event);
  watch->func = NULL;
  if (watch->poller->dispatching)
    g_ptr_array_add (watch->poller->removed, watch);
  else
    watch_free (watch);
}
