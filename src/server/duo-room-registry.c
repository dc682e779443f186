/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-registry.h"

#include "duo-room-connection.h"
#include "duo-room-notice.h"

/* Expiry need not be to the second; what has to be exact is looked at when somebody joins. */
#define SWEEP_INTERVAL 5 /* seconds */

/**
 * DuoRoomRegistry:
 *
 * The rooms of a server and the connections in them: lets clients in, tells the others, passes
 * messages on, and forgets rooms that are over. It knows nothing of HTTP.
 */
struct _DuoRoomRegistry {
  GObject parent_instance;

  /* Owned */
  GHashTable *rooms;       /* name → DuoRoom */
  GHashTable *connections; /* the set of DuoRoomConnection whose socket is not closed yet */
  guint sweep_id;

  DuoRoomRules rules;
  guint ping_interval;
  gint64 wall_offset; /* from the monotonic clock of the rooms to 1970, in milliseconds */
};

G_DEFINE_FINAL_TYPE (DuoRoomRegistry, duo_room_registry, G_TYPE_OBJECT)

static gint64
get_now (void)
{
  return g_get_monotonic_time () / 1000;
}

static char *
get_room_name (const DuoRoomAddress *address)
{
  return g_strconcat (address->party, "/", address->room, NULL);
}

static void
collect_participant (const char *peer_id, gint64 joined_at, gpointer connection, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (connection));
}

/* Sending may close a slow reader and so change the room: work on a copy. */
static GPtrArray *
list_participants (DuoRoom *room)
{
  GPtrArray *participants = g_ptr_array_new_with_free_func (g_object_unref);

  duo_room_foreach (room, collect_participant, participants);

  return participants;
}

/* Takes the message. */
static void
tell_others (DuoRoom *room, DuoRoomConnection *except, DuoServerMessage *message)
{
  g_autoptr (DuoServerMessage) owned = message;
  g_autoptr (GPtrArray) participants = list_participants (room);

  for (guint i = 0; i < participants->len; i++) {
    DuoRoomConnection *connection = g_ptr_array_index (participants, i);

    if (connection != except)
      duo_room_connection_send_message (connection, owned);
  }
}

static void
connection_message_cb (DuoRoomConnection *connection,
                       const char *to,
                       GBytes *text,
                       gpointer user_data)
{
  DuoRoomRegistry *self = user_data;
  DuoRoom *room = g_hash_table_lookup (self->rooms, duo_room_connection_get_room (connection));
  g_autoptr (GPtrArray) participants = NULL;
  DuoRoomConnection *target;

  if (room == NULL)
    return;

  if (to != NULL) {
    target = duo_room_find (room, to);
    if (target != NULL && target != connection)
      duo_room_connection_send (target, text);
    return;
  }

  participants = list_participants (room);
  for (guint i = 0; i < participants->len; i++) {
    target = g_ptr_array_index (participants, i);
    if (target != connection)
      duo_room_connection_send (target, text);
  }
}

static void
connection_gone_cb (DuoRoomConnection *connection, gboolean for_good, gpointer user_data)
{
  DuoRoomRegistry *self = user_data;
  DuoRoom *room = g_hash_table_lookup (self->rooms, duo_room_connection_get_room (connection));
  g_autofree char *peer_id = NULL;

  if (room == NULL)
    return;

  peer_id = duo_room_leave (room, connection, for_good, get_now ());
  if (peer_id != NULL)
    tell_others (room, connection, duo_room_notice_gone (peer_id));
}

static void
connection_closed_cb (DuoRoomConnection *connection, gpointer user_data)
{
  DuoRoomRegistry *self = user_data;

  g_hash_table_remove (self->connections, connection);
}

/* The room goes out of the table first: nobody hears of the others' leaving a room that is over. */
static void
end_room (DuoRoomRegistry *self, const char *name, DuoRoomCloseCode code)
{
  g_autofree char *stolen_name = NULL;
  g_autoptr (DuoRoom) room = NULL;
  g_autoptr (GPtrArray) participants = NULL;

  if (!g_hash_table_steal_extended (self->rooms,
                                    name,
                                    (gpointer *) &stolen_name,
                                    (gpointer *) &room))
    return;

  participants = list_participants (room);
  for (guint i = 0; i < participants->len; i++)
    duo_room_connection_close (g_ptr_array_index (participants, i), code);
}

static gboolean
sweep_cb (gpointer user_data)
{
  DuoRoomRegistry *self = user_data;
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (g_free);
  gint64 now = get_now ();
  GHashTableIter iter;
  gpointer name, room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, &name, &room)) {
    if (duo_room_is_over (room, now))
      g_ptr_array_add (over, g_strdup (name));
  }

  for (guint i = 0; i < over->len; i++)
    end_room (self, g_ptr_array_index (over, i), DUO_ROOM_CLOSE_CODE_EXPIRED);

  if (over->len > 0)
    g_info ("%u rooms ended, %u left", over->len, g_hash_table_size (self->rooms));

  if (g_hash_table_size (self->rooms) > 0)
    return G_SOURCE_CONTINUE;

  self->sweep_id = 0;

  return G_SOURCE_REMOVE;
}

/* The room of that name, a new one if there is none or only one that is over. */
static DuoRoom *
ensure_room (DuoRoomRegistry *self, const char *name, gint64 now)
{
  DuoRoom *room = g_hash_table_lookup (self->rooms, name);

  if (room != NULL && duo_room_is_over (room, now)) {
    end_room (self, name, DUO_ROOM_CLOSE_CODE_EXPIRED);
    room = NULL;
  }

  if (room == NULL) {
    room = duo_room_new (&self->rules, now);
    g_hash_table_insert (self->rooms, g_strdup (name), room);
  }

  if (self->sweep_id == 0)
    self->sweep_id = g_timeout_add_seconds (SWEEP_INTERVAL, sweep_cb, self);

  return room;
}

static void
seat_connection (DuoRoomRegistry *self,
                 DuoRoomConnection *connection,
                 const DuoRoomAddress *address,
                 const char *secret)
{
  DuoRoom *room = ensure_room (self, duo_room_connection_get_room (connection), get_now ());
  const char *peer_id = duo_room_connection_get_peer_id (connection);
  g_autoptr (DuoServerMessage) greeting = NULL;
  g_auto (DuoRoomEntry) entry = { 0 };

  switch (duo_room_join (room, peer_id, secret, connection, get_now (), &entry)) {
  case DUO_ROOM_FULL:
    duo_room_connection_close (connection, DUO_ROOM_CLOSE_CODE_FULL);
    return;
  case DUO_ROOM_FORBIDDEN:
    duo_room_connection_close (connection, DUO_ROOM_CLOSE_CODE_NOT_ALLOWED);
    return;
  case DUO_ROOM_EXPIRED:
    duo_room_connection_close (connection, DUO_ROOM_CLOSE_CODE_EXPIRED);
    return;
  case DUO_ROOM_ADMITTED:
  default:
    break;
  }

  if (entry.replaced != NULL)
    duo_room_connection_close (entry.replaced, DUO_ROOM_CLOSE_CODE_TAKEN_OVER);

  greeting = duo_room_notice_greeting (room, address->room, connection, self->wall_offset);
  duo_room_connection_send_message (connection, greeting);
  if (entry.gone_peer != NULL)
    tell_others (room, connection, duo_room_notice_gone (entry.gone_peer));
  if (entry.announce)
    tell_others (room, connection, duo_room_notice_joined (room, connection, self->wall_offset));

  g_info ("Somebody joined: %u connections in %u rooms",
          g_hash_table_size (self->connections),
          g_hash_table_size (self->rooms));
}

static void
duo_room_registry_finalize (GObject *object)
{
  DuoRoomRegistry *self = DUO_ROOM_REGISTRY (object);

  g_clear_handle_id (&self->sweep_id, g_source_remove);
  g_clear_pointer (&self->rooms, g_hash_table_unref);
  g_clear_pointer (&self->connections, g_hash_table_unref);

  G_OBJECT_CLASS (duo_room_registry_parent_class)->finalize (object);
}

static void
duo_room_registry_class_init (DuoRoomRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = duo_room_registry_finalize;
}

static void
duo_room_registry_init (DuoRoomRegistry *self)
{
  self->rooms =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) duo_room_free);
  self->connections = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->wall_offset = g_get_real_time () / 1000 - get_now ();
}

/**
 * duo_room_registry_new:
 * @rules: the limits of every room; copied
 * @ping_interval: the time between two pings of a client, in seconds
 *
 * Makes a registry without rooms. Its timers and sockets run on the main context.
 *
 * Returns: (transfer full): the registry
 */
DuoRoomRegistry *
duo_room_registry_new (const DuoRoomRules *rules, guint ping_interval)
{
  DuoRoomRegistry *self;

  g_return_val_if_fail (rules != NULL, NULL);

  self = g_object_new (DUO_TYPE_ROOM_REGISTRY, NULL);
  self->rules = *rules;
  self->ping_interval = ping_interval;

  return self;
}

/**
 * duo_room_registry_admit:
 * @self: a registry
 * @websocket: a connection that has just been opened
 * @address: the room it asks for
 * @identity: (nullable): who it says it is, or %NULL if it did not say so properly
 *
 * Lets a client into its room, or closes its connection with the code that says why not.
 */
void
duo_room_registry_admit (DuoRoomRegistry *self,
                         SoupWebsocketConnection *websocket,
                         const DuoRoomAddress *address,
                         const DuoRoomIdentity *identity)
{
  g_autoptr (DuoRoomConnection) connection = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (DUO_IS_ROOM_REGISTRY (self));
  g_return_if_fail (SOUP_IS_WEBSOCKET_CONNECTION (websocket));
  g_return_if_fail (address != NULL);

  name = get_room_name (address);
  connection = duo_room_connection_new (websocket,
                                        name,
                                        identity != NULL ? identity->peer_id : "",
                                        self->ping_interval);
  g_hash_table_add (self->connections, g_object_ref (connection));
  g_signal_connect_object (connection,
                           "message",
                           G_CALLBACK (connection_message_cb),
                           self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (connection,
                           "gone",
                           G_CALLBACK (connection_gone_cb),
                           self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (connection,
                           "closed",
                           G_CALLBACK (connection_closed_cb),
                           self,
                           G_CONNECT_DEFAULT);

  if (identity != NULL)
    seat_connection (self, connection, address, identity->secret);
  else
    duo_room_connection_close (connection, DUO_ROOM_CLOSE_CODE_MALFORMED);
}

/**
 * duo_room_registry_close_all:
 * @self: a registry
 *
 * Tells every client that the server goes away, and forgets all rooms. The sockets close by
 * themselves once the clients have answered, or some seconds later.
 */
void
duo_room_registry_close_all (DuoRoomRegistry *self)
{
  g_autoptr (GList) names = NULL;

  g_return_if_fail (DUO_IS_ROOM_REGISTRY (self));

  names = g_hash_table_get_keys (self->rooms);
  for (GList *l = names; l != NULL; l = l->next)
    end_room (self, l->data, DUO_ROOM_CLOSE_CODE_GOING_AWAY);

  g_clear_handle_id (&self->sweep_id, g_source_remove);
}

/**
 * duo_room_registry_count_participants:
 * @self: a registry
 * @address: a room
 *
 * Returns: how many are connected in that room, 0 if there is no such room
 */
guint
duo_room_registry_count_participants (DuoRoomRegistry *self, const DuoRoomAddress *address)
{
  g_autofree char *name = NULL;
  DuoRoom *room;

  g_return_val_if_fail (DUO_IS_ROOM_REGISTRY (self), 0);
  g_return_val_if_fail (address != NULL, 0);

  name = get_room_name (address);
  room = g_hash_table_lookup (self->rooms, name);

  return room != NULL ? duo_room_count (room) : 0;
}

/**
 * duo_room_registry_count_rooms:
 * @self: a registry
 *
 * Returns: how many rooms there are, with those that wait for somebody to come back
 */
guint
duo_room_registry_count_rooms (DuoRoomRegistry *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_REGISTRY (self), 0);

  return g_hash_table_size (self->rooms);
}

/**
 * duo_room_registry_count_connections:
 * @self: a registry
 *
 * Returns: how many client sockets are not closed yet
 */
guint
duo_room_registry_count_connections (DuoRoomRegistry *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_REGISTRY (self), 0);

  return g_hash_table_size (self->connections);
}
