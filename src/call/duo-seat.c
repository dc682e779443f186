/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-call"

#include "config.h"

#include "duo-seat.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "duo-random.h"
#include "duo-secret.h"
#include "duo-text.h"

/* No room lives longer. */
#define LIFETIME (24 * 60 * 60)
/* More rooms than anybody visits in that time. */
#define MAX_SEATS 64
/* A secret and the end of its line. */
#define MAX_LENGTH (DUO_ID_MAX_CHARS + 1)

struct _DuoSeat {
  /* Owned */
  int fd; /* locked for as long as the seat is in use; -1 if the secret is not kept */
  char *secret;
};

typedef struct {
  char *path;
  gint64 modified;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->path);
  g_free (entry);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const Entry *first = *(Entry *const *) a;
  const Entry *second = *(Entry *const *) b;

  return (first->modified < second->modified) - (first->modified > second->modified);
}

/* Opens a seat's file and locks it. -1 if another program sits there, or if it cannot be had. */
static int
open_locked (const char *path)
{
  for (guint attempt = 0; attempt < 3; attempt++) {
    struct stat status;
    int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) {
      g_debug ("No seat kept: %s", g_strerror (errno));
      return -1;
    }
    if (flock (fd, LOCK_EX | LOCK_NB) != 0 || fstat (fd, &status) != 0 ||
        !S_ISREG (status.st_mode)) {
      close (fd);
      return -1;
    }
    if (status.st_nlink > 0)
      return fd;

    /* Expired and removed by another program between the two calls. */
    close (fd);
  }

  return -1;
}

static void
expire (const char *directory, const char *keep, gint64 now)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    struct stat status;
    Entry *entry;

    if (strcmp (path, keep) == 0 || lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
      continue;

    entry = g_new0 (Entry, 1);
    entry->path = g_steal_pointer (&path);
    entry->modified = status.st_mtime;
    g_ptr_array_add (entries, entry);
  }

  g_ptr_array_sort (entries, compare_newest_first);

  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = g_ptr_array_index (entries, i);
    int fd;

    if (i < MAX_SEATS - 1 && now - entry->modified < LIFETIME)
      continue;

    fd = open (entry->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
      continue;
    if (flock (fd, LOCK_EX | LOCK_NB) == 0)
      (void) g_unlink (entry->path);
    close (fd);
  }
}

static gboolean
is_secret (const char *text, gsize length)
{
  return strlen (text) == length && duo_text_is_peer_id (text);
}

/* Reads the secret of a locked file; NULL if there is none that is still good. */
static char *
read_secret (int fd, gboolean *damaged)
{
  char buffer[MAX_LENGTH + 1];
  gssize length = pread (fd, buffer, sizeof buffer, 0);
  struct stat status;

  *damaged = FALSE;
  if (length == 0 || fstat (fd, &status) != 0 ||
      g_get_real_time () / G_USEC_PER_SEC - status.st_mtime >= LIFETIME)
    return NULL;

  if (length > 0 && length <= MAX_LENGTH && buffer[length - 1] == '\n') {
    buffer[length - 1] = '\0';
    if (is_secret (buffer, length - 1))
      return g_strdup (buffer);
  }

  *damaged = TRUE;

  return NULL;
}

static gboolean
write_secret (int fd, const char *secret)
{
  g_autofree char *line = g_strconcat (secret, "\n", NULL);
  gsize length = strlen (line);

  /* In place and in one piece: nobody reads without the lock, and half a line is damage. */
  return ftruncate (fd, 0) == 0 && pwrite (fd, line, length, 0) == (gssize) length &&
         fsync (fd) == 0;
}

static int
set_aside (const char *path, int fd)
{
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

  g_message ("Setting a damaged file aside: %s", aside);

  if (g_rename (path, aside) != 0)
    (void) g_unlink (path);
  close (fd);

  return open_locked (path);
}

static char *
default_directory (void)
{
  return g_build_filename (g_get_user_state_dir (), "duologue", "seats", NULL);
}

/* The name says nothing about the room to those who see the directory. */
static char *
seat_path (const char *folder, const char *room)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, room, -1);

  return g_build_filename (folder, name, NULL);
}

/**
 * duo_seat_take:
 * @directory: (nullable): where to keep secrets, or %NULL for the user's state directory
 * @room: what names the room: a room id, or the URI of an open room
 * @error: return location for a #GError
 *
 * Takes the seat of this user in a room: the one of last time, or a new one. A seat that another
 * program of this user sits on is left alone, so that two of them can be in one call. A secret that
 * cannot be stored is as good, but for coming back after a crash; a file that makes no sense is set
 * aside. Secrets expire after a day, and only some are kept.
 *
 * Blocks for the time of a small file.
 *
 * Returns: (transfer full): a seat, or %NULL if there is no randomness
 */
DuoSeat *
duo_seat_take (const char *directory, const char *room, GError **error)
{
  g_autofree char *folder = directory != NULL ? g_strdup (directory) : default_directory ();
  g_autofree char *path = NULL;
  g_autofree char *secret = NULL;
  gboolean damaged = FALSE;
  DuoSeat *self;
  int fd = -1;

  g_return_val_if_fail (room != NULL, NULL);

  path = seat_path (folder, room);
  if (g_mkdir_with_parents (folder, 0700) == 0) {
    expire (folder, path, g_get_real_time () / G_USEC_PER_SEC);
    fd = open_locked (path);
  }

  if (fd >= 0)
    secret = read_secret (fd, &damaged);
  if (damaged)
    fd = set_aside (path, fd);

  if (secret == NULL) {
    secret = duo_random_id (error);
    if (fd >= 0 && (secret == NULL || !write_secret (fd, secret))) {
      close (fd);
      fd = -1;
    }
  }
  if (secret == NULL)
    return NULL;

  self = g_new0 (DuoSeat, 1);
  self->fd = fd;
  self->secret = g_steal_pointer (&secret);

  return self;
}

/**
 * duo_seat_release:
 * @self: (transfer full): a seat
 *
 * Stands up. The secret stays stored.
 */
void
duo_seat_release (DuoSeat *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  duo_secret_string_free (self->secret);
  g_free (self);
}

/**
 * duo_seat_get_secret:
 * @self: a seat
 *
 * Returns: (transfer none): the SECRET; never to be logged
 */
const char *
duo_seat_get_secret (DuoSeat *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret;
}

/**
 * duo_seat_is_kept:
 * @self: a seat
 *
 * Returns: whether the secret is stored, so that this seat is found again after a crash
 */
gboolean
duo_seat_is_kept (DuoSeat *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->fd >= 0;
}
