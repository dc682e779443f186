/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room.h"

#include <string.h>

typedef struct {
  /* Owned */
  char *peer_id;
  char *secret; /* NULL: nothing is held for this one */

  /* Borrowed */
  gpointer connection; /* NULL while the seat is held */

  gint64 joined_at;
  gint64 lost_at;
} Seat;

struct _DuoRoom {
  /* Owned */
  GPtrArray *seats;

  DuoRoomRules rules;
  gint64 expires_at;
  gint64 empty_since;
};

static void
seat_free (gpointer data)
{
  Seat *seat = data;

  g_free (seat->peer_id);
  g_free (seat->secret);
  g_free (seat);
}

/* The comparison takes the same time wherever the two differ, so that a secret cannot be found out
 * symbol by symbol. */
static gboolean
secret_equal (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (length != strlen (b))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);

  return difference == 0;
}

static Seat *
find_seat_by_secret (DuoRoom *self, const char *secret)
{
  for (guint i = 0; secret != NULL && i < self->seats->len; i++) {
    Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->secret != NULL && secret_equal (seat->secret, secret))
      return seat;
  }

  return NULL;
}

static Seat *
find_seat_by_peer (DuoRoom *self, const char *peer_id)
{
  for (guint i = 0; i < self->seats->len; i++) {
    Seat *seat = g_ptr_array_index (self->seats, i);

    if (g_str_equal (seat->peer_id, peer_id))
      return seat;
  }

  return NULL;
}

static Seat *
find_seat_by_connection (DuoRoom *self, gpointer connection)
{
  for (guint i = 0; i < self->seats->len; i++) {
    Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->connection == connection)
      return seat;
  }

  return NULL;
}

static void
take_seat (Seat *seat, const char *peer_id, gpointer connection, gint64 now, DuoRoomEntry *entry)
{
  gboolean same_peer = g_str_equal (seat->peer_id, peer_id);

  entry->replaced = seat->connection;

  if (!same_peer) {
    g_ptr_array_add (entry->gone, g_steal_pointer (&seat->peer_id));
    entry->announce = TRUE;
    seat->peer_id = g_strdup (peer_id);
    seat->joined_at = now;
  }

  seat->connection = connection;
}

/**
 * duo_room_entry_clear:
 * @entry: what duo_room_join() filled in
 *
 * Frees what is in @entry.
 */
void
duo_room_entry_clear (DuoRoomEntry *entry)
{
  g_clear_pointer (&entry->gone, g_ptr_array_unref);
}

/**
 * duo_room_new:
 * @rules: the limits of the room; copied
 * @now: the present time in milliseconds
 *
 * Makes an empty room. It lingers like one that everybody has left.
 *
 * Returns: (transfer full): the room
 */
DuoRoom *
duo_room_new (const DuoRoomRules *rules, gint64 now)
{
  DuoRoom *self;

  g_return_val_if_fail (rules != NULL, NULL);

  self = g_new0 (DuoRoom, 1);
  self->seats = g_ptr_array_new_with_free_func (seat_free);
  self->rules = *rules;
  self->expires_at = now + rules->lifetime;
  self->empty_since = now;

  return self;
}

/**
 * duo_room_free:
 * @self: (transfer full): a room
 *
 * Frees the room. Its connections are none of its business.
 */
void
duo_room_free (DuoRoom *self)
{
  g_ptr_array_unref (self->seats);
  g_free (self);
}

/**
 * duo_room_give_up_seats:
 * @self: a room
 * @now: the present time in milliseconds
 *
 * Frees the seats that have waited long enough for their SECRETs.
 *
 * Returns: (transfer full) (element-type utf8): the PEERs that the others must be told have gone
 */
GPtrArray *
duo_room_give_up_seats (DuoRoom *self, gint64 now)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, g_steal_pointer (&gone));

  for (guint i = self->seats->len; i > 0; i--) {
    Seat *seat = g_ptr_array_index (self->seats, i - 1);

    if (seat->connection == NULL && now - seat->lost_at >= self->rules.seat_hold) {
      g_ptr_array_add (gone, g_steal_pointer (&seat->peer_id));
      g_ptr_array_remove_index (self->seats, i - 1);
    }
  }

  return g_steal_pointer (&gone);
}

/**
 * duo_room_join:
 * @self: a room
 * @peer_id: the PEER of the newcomer
 * @secret: (nullable): the newcomer's SECRET
 * @connection: the newcomer's connection
 * @now: the present time in milliseconds
 * @entry: (out caller-allocates): what changed
 *
 * Seats a connection: in the seat of its SECRET if there is one, in a free one otherwise. A PEER
 * that sits there without a SECRET is replaced by its next connection, as a PartyKit client without
 * one has no other way back; a PEER that belongs to another SECRET is not.
 *
 * Returns: whether the connection has a seat, or why not
 */
DuoRoomVerdict
duo_room_join (DuoRoom *self,
               const char *peer_id,
               const char *secret,
               gpointer connection,
               gint64 now,
               DuoRoomEntry *entry)
{
  Seat *own, *namesake;

  g_return_val_if_fail (self != NULL && peer_id != NULL, DUO_ROOM_FORBIDDEN);
  g_return_val_if_fail (connection != NULL && entry != NULL, DUO_ROOM_FORBIDDEN);

  *entry = (DuoRoomEntry){ 0 };

  if (duo_room_is_expired (self, now))
    return DUO_ROOM_EXPIRED;

  entry->gone = duo_room_give_up_seats (self, now);
  own = find_seat_by_secret (self, secret);
  namesake = find_seat_by_peer (self, peer_id);

  if (namesake != NULL && namesake != own && (own != NULL || namesake->secret != NULL))
    return DUO_ROOM_FORBIDDEN;

  if (own == NULL && namesake != NULL) {
    own = namesake;
    own->secret = g_strdup (secret);
  }

  if (own == NULL) {
    if (self->seats->len >= self->rules.max_participants)
      return DUO_ROOM_FULL;

    own = g_new0 (Seat, 1);
    own->peer_id = g_strdup (peer_id);
    own->secret = g_strdup (secret);
    own->joined_at = now;
    g_ptr_array_add (self->seats, own);
    entry->announce = TRUE;
  }

  take_seat (own, peer_id, connection, now, entry);

  return DUO_ROOM_ADMITTED;
}

/**
 * duo_room_leave:
 * @self: a room
 * @connection: the connection that is gone
 * @for_good: whether its owner said so; if not, the seat is held for the SECRET
 * @now: the present time in milliseconds
 *
 * Takes a connection out of the room. One that has lost its seat to a newer connection is not there
 * any more: nothing happens then. While a seat is held, its PEER has not gone.
 *
 * Returns: (transfer full) (nullable): the PEER that the others must be told has gone
 */
char *
duo_room_leave (DuoRoom *self, gpointer connection, gboolean for_good, gint64 now)
{
  Seat *seat;
  char *peer_id = NULL;

  g_return_val_if_fail (self != NULL && connection != NULL, NULL);

  seat = find_seat_by_connection (self, connection);
  if (seat == NULL)
    return NULL;

  seat->connection = NULL;
  seat->lost_at = now;

  if (for_good || seat->secret == NULL) {
    peer_id = g_steal_pointer (&seat->peer_id);
    g_ptr_array_remove (self->seats, seat);
  }

  if (duo_room_count (self) == 0)
    self->empty_since = now;

  return peer_id;
}

/**
 * duo_room_find:
 * @self: a room
 * @peer_id: a PEER
 *
 * Looks a participant up.
 *
 * Returns: (transfer none) (nullable): the connection, or %NULL if that PEER is not connected
 */
gpointer
duo_room_find (DuoRoom *self, const char *peer_id)
{
  Seat *seat;

  g_return_val_if_fail (self != NULL && peer_id != NULL, NULL);

  seat = find_seat_by_peer (self, peer_id);

  return seat != NULL ? seat->connection : NULL;
}

/**
 * duo_room_count:
 * @self: a room
 *
 * Returns: how many participants are connected; held seats do not count
 */
guint
duo_room_count (DuoRoom *self)
{
  guint count = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->seats->len; i++) {
    const Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->connection != NULL)
      count++;
  }

  return count;
}

/**
 * duo_room_foreach:
 * @self: a room
 * @func: (scope call): called for each connected participant
 * @user_data: handed to @func
 *
 * Visits the connected participants.
 */
void
duo_room_foreach (DuoRoom *self, DuoRoomFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL && func != NULL);

  for (guint i = 0; i < self->seats->len; i++) {
    const Seat *seat = g_ptr_array_index (self->seats, i);

    if (seat->connection != NULL)
      func (seat->peer_id, seat->joined_at, seat->connection, user_data);
  }
}

/**
 * duo_room_get_max_participants:
 * @self: a room
 *
 * Returns: the number of seats
 */
guint
duo_room_get_max_participants (DuoRoom *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rules.max_participants;
}

/**
 * duo_room_get_expires_at:
 * @self: a room
 *
 * Returns: when the room ends at the latest, in milliseconds
 */
gint64
duo_room_get_expires_at (DuoRoom *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->expires_at;
}

/**
 * duo_room_is_expired:
 * @self: a room
 * @now: the present time in milliseconds
 *
 * Returns: whether the room has lived its time, even if somebody is in it
 */
gboolean
duo_room_is_expired (DuoRoom *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return now >= self->expires_at;
}

/**
 * duo_room_is_over:
 * @self: a room
 * @now: the present time in milliseconds
 *
 * Returns: whether the room is to be forgotten: it has expired, or everybody has long gone
 */
gboolean
duo_room_is_over (DuoRoom *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return duo_room_is_expired (self, now) ||
         (duo_room_count (self) == 0 && now - self->empty_since >= self->rules.linger);
}
