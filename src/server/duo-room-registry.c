/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-registry.h"

#include "duo-address-count.h"
#include "duo-room-notice.h"
#include "duo-room-relay.h"
#include "duo-room-table.h"
#include "duo-room.h"

/* One timer for all connections: each timer of its own would be looked at in every iteration of the
 * main loop. Expiry need not be exact; where it has to be, it is looked at when somebody joins. */
#define TICK_INTERVAL 500 /* ms */
#define TICKS_PER_SWEEP 10

/**
 * DuoRoomRegistry:
 *
 * The rooms of a server and the connections in them: lets clients in, tells the others, passes
 * messages on, and forgets rooms that are over. It knows nothing of HTTP.
 */
struct _DuoRoomRegistry {
  GObject parent_instance;

  /* Owned */
  DuoRoomTable *table;
  GHashTable *connections; /* the set of DuoRoomConnection whose socket is not closed yet */
  DuoAddressCount *addresses;
  guint tick_id;

  /* Borrowed */
  const DuoIceOffer *ice; /* nullable */

  DuoRoomConnectionHost host;
  guint ticks;
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
connection_message_cb (
  DuoRoomConnection *connection, const char *to, const guint8 *text, gsize length, gpointer owner)
{
  DuoRoomRegistry *self = owner;
  DuoRoom *room = duo_room_table_find (self->table, duo_room_connection_get_room (connection));

  if (room != NULL)
    duo_room_relay (room, connection, to, text, length);
}

static void
connection_gone_cb (DuoRoomConnection *connection, gboolean for_good, gpointer owner)
{
  DuoRoomRegistry *self = owner;
  DuoRoom *room = duo_room_table_find (self->table, duo_room_connection_get_room (connection));
  g_autofree char *peer_id = NULL;

  if (room == NULL)
    return;

  peer_id = duo_room_leave (room, connection, for_good, get_now ());
  if (peer_id != NULL)
    duo_room_relay_tell (room, connection, duo_room_notice_gone (peer_id));
}

static void
connection_closed_cb (DuoRoomConnection *connection, gpointer owner)
{
  DuoRoomRegistry *self = owner;

  duo_address_count_remove (self->addresses, duo_room_connection_get_client (connection));
  g_hash_table_remove (self->connections, connection);
}

/* The room goes out of the table first: nobody hears of the others' leaving a room that is over. */
static void
end_room (DuoRoomRegistry *self, const char *name, DuoRoomCloseCode code)
{
  g_autoptr (DuoRoom) room = duo_room_table_take (self->table, name);
  g_autoptr (GPtrArray) participants = room != NULL ? duo_room_relay_list (room) : NULL;

  for (guint i = 0; participants != NULL && i < participants->len; i++)
    duo_room_connection_close (g_ptr_array_index (participants, i), code);
}

static void
give_up_seats (DuoRoom *room, gpointer user_data)
{
  const gint64 *now = user_data;
  g_autoptr (GPtrArray) gone = duo_room_give_up_seats (room, *now);

  duo_room_relay_tell_gone (room, NULL, gone);
}

static void
sweep (DuoRoomRegistry *self)
{
  gint64 now = get_now ();
  g_autoptr (GPtrArray) over = NULL;

  duo_room_table_foreach (self->table, give_up_seats, &now);
  over = duo_room_table_list (self->table, TRUE, now);

  for (guint i = 0; i < over->len; i++)
    end_room (self, g_ptr_array_index (over, i), DUO_ROOM_CLOSE_CODE_EXPIRED);

  if (over->len > 0)
    g_info ("%u rooms ended, %u left", over->len, duo_room_table_count (self->table));
}

/* Nobody is removed from the table by what happens here: sockets close later. */
static void
check_pings (DuoRoomRegistry *self)
{
  gint64 now = get_now ();
  GHashTableIter iter;
  gpointer connection;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    duo_room_connection_check_pings (connection, now);
}

static gboolean
tick_cb (gpointer user_data)
{
  DuoRoomRegistry *self = user_data;

  check_pings (self);
  if (++self->ticks % TICKS_PER_SWEEP == 0)
    sweep (self);

  if (duo_room_table_count (self->table) > 0)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;

  return G_SOURCE_REMOVE;
}

/* The room of that name, a new one if there is none or only one that is over. */
static DuoRoom *
ensure_room (DuoRoomRegistry *self, const char *name, const char *token, DuoRoomCloseCode *code)
{
  DuoRoom *room = duo_room_table_find (self->table, name);
  gint64 now = get_now ();

  if (room != NULL && duo_room_is_over (room, now)) {
    end_room (self, name, DUO_ROOM_CLOSE_CODE_EXPIRED);
    room = NULL;
  }
  if (room != NULL)
    return room;

  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK_INTERVAL, tick_cb, self);

  return duo_room_table_start (self->table, name, token, now, code);
}

static void
seat_connection (DuoRoomRegistry *self,
                 DuoRoomConnection *connection,
                 const DuoUpgrade *upgrade,
                 const DuoRoomAddress *address,
                 const DuoRoomIdentity *identity)
{
  const char *name = duo_room_connection_get_room (connection);
  DuoRoomCloseCode code = 0;
  DuoRoom *room = ensure_room (self, name, identity->token, &code);
  const char *peer_id = duo_room_connection_get_peer_id (connection);
  g_autoptr (DuoServerMessage) greeting = NULL;
  g_auto (DuoRoomEntry) entry = { 0 };
  DuoRoomVerdict verdict;

  if (room == NULL) {
    duo_room_connection_close (connection, code);
    return;
  }

  verdict = duo_room_join (room, peer_id, identity->secret, connection, get_now (), &entry);
  if (verdict != DUO_ROOM_ADMITTED) {
    duo_room_relay_tell_gone (room, NULL, entry.gone);
    duo_room_connection_close (connection, duo_room_close_code_refuse (verdict));
    return;
  }

  if (entry.replaced != NULL)
    duo_room_connection_close (entry.replaced, DUO_ROOM_CLOSE_CODE_TAKEN_OVER);

  greeting = duo_room_notice_greeting (room, address->room, connection, self->wall_offset);
  greeting->ticket = duo_room_table_make_ticket (self->table, name, greeting->expires_at);
  if (self->ice != NULL)
    duo_ice_offer_add_to (self->ice, greeting, upgrade->host, peer_id);
  duo_room_connection_send_message (connection, greeting);
  duo_room_relay_tell_gone (room, connection, entry.gone);
  if (entry.announce)
    duo_room_relay_tell (room,
                         connection,
                         duo_room_notice_joined (room, connection, self->wall_offset));

  g_info ("Somebody joined: %u connections in %u rooms",
          g_hash_table_size (self->connections),
          duo_room_table_count (self->table));
}

static void
duo_room_registry_finalize (GObject *object)
{
  DuoRoomRegistry *self = DUO_ROOM_REGISTRY (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->table, duo_room_table_free);
  g_clear_pointer (&self->connections, g_hash_table_unref);
  g_clear_pointer (&self->addresses, duo_address_count_free);
  g_clear_pointer (&self->host.poller, duo_poller_free);

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
  self->connections =
    g_hash_table_new_full (NULL, NULL, (GDestroyNotify) duo_room_connection_free, NULL);
  self->addresses = duo_address_count_new ();
  self->host.poller = duo_poller_new (NULL);
  self->host.message = connection_message_cb;
  self->host.gone = connection_gone_cb;
  self->host.closed = connection_closed_cb;
  self->host.owner = self;
  self->wall_offset = g_get_real_time () / 1000 - get_now ();
}

/**
 * duo_room_registry_new:
 * @limits: what clients may do; copied
 *
 * Makes a registry without rooms. Its timers and sockets run on the main context.
 *
 * Returns: (transfer full): the registry
 */
DuoRoomRegistry *
duo_room_registry_new (const DuoServerLimits *limits)
{
  DuoRoomRegistry *self;

  g_return_val_if_fail (limits != NULL, NULL);

  self = g_object_new (DUO_TYPE_ROOM_REGISTRY, NULL);
  self->host.limits = *limits;
  self->table = duo_room_table_new (limits, self->wall_offset, &self->host.counters);

  return self;
}

/**
 * duo_room_registry_announce:
 * @self: a registry
 * @address: a room
 * @text: what to say; at most 200 characters, plain
 *
 * Says something to a room in the server's name.
 *
 * Returns: whether there is such a room
 */
gboolean
duo_room_registry_announce (DuoRoomRegistry *self, const DuoRoomAddress *address, const char *text)
{
  g_autofree char *name = get_room_name (address);
  DuoRoom *room = duo_room_table_find (self->table, name);
  DuoServerMessage *message;

  if (room == NULL)
    return FALSE;

  message = duo_server_message_new (DUO_SERVER_MESSAGE_ANNOUNCEMENT);
  message->text = g_strdup (text);
  duo_room_relay_tell (room, NULL, message);

  return TRUE;
}

/**
 * duo_room_registry_set_terms:
 * @self: a registry
 * @access: (nullable): who may start rooms, %NULL for anybody; outlives its use
 * @ice: (nullable): the STUN and TURN servers that newcomers are offered; outlives its use
 *
 * Chooses on what terms clients come in.
 */
void
duo_room_registry_set_terms (DuoRoomRegistry *self, const DuoAccess *access, const DuoIceOffer *ice)
{
  g_return_if_fail (DUO_IS_ROOM_REGISTRY (self));

  duo_room_table_set_access (self->table, access);
  self->ice = ice;
}

/**
 * duo_room_registry_admit:
 * @self: a registry
 * @upgrade: a connection that has just become a WebSocket
 * @address: the room it asks for
 * @identity: (nullable): who it says it is, or %NULL if it did not say so properly
 *
 * Lets a client into its room, or closes its connection with the code that says why not.
 */
void
duo_room_registry_admit (DuoRoomRegistry *self,
                         const DuoUpgrade *upgrade,
                         const DuoRoomAddress *address,
                         const DuoRoomIdentity *identity)
{
  guint most = self->host.limits.connections_per_address;
  DuoRoomConnection *connection;
  g_autofree char *name = NULL;
  gboolean allowed;

  g_return_if_fail (DUO_IS_ROOM_REGISTRY (self));
  g_return_if_fail (upgrade != NULL && address != NULL);

  name = get_room_name (address);
  connection =
    duo_room_connection_new (upgrade, name, identity != NULL ? identity->peer_id : "", &self->host);
  g_hash_table_add (self->connections, connection);
  allowed = duo_address_count_add (self->addresses, upgrade->client, most);
  if (!allowed)
    duo_address_count_add (self->addresses, upgrade->client, G_MAXUINT);

  if (!allowed) {
    self->host.counters.drops[DUO_SERVER_DROP_ADDRESS]++;
    duo_room_connection_close (connection, DUO_ROOM_CLOSE_CODE_TRY_LATER);
  } else if (identity == NULL) {
    duo_room_connection_close (connection, DUO_ROOM_CLOSE_CODE_MALFORMED);
  } else {
    seat_connection (self, connection, upgrade, address, identity);
  }

  duo_room_connection_start (connection, upgrade->early);
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
  g_autoptr (GPtrArray) names = NULL;

  g_return_if_fail (DUO_IS_ROOM_REGISTRY (self));

  names = duo_room_table_list (self->table, FALSE, get_now ());
  for (guint i = 0; i < names->len; i++)
    end_room (self, g_ptr_array_index (names, i), DUO_ROOM_CLOSE_CODE_RESTART);

  g_clear_handle_id (&self->tick_id, g_source_remove);
}

/**
 * duo_room_registry_get_counters:
 * @self: a registry
 *
 * Returns: (transfer none): what has happened so far, to be counted on
 */
DuoServerCounters *
duo_room_registry_get_counters (DuoRoomRegistry *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_REGISTRY (self), NULL);

  return &self->host.counters;
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
  room = duo_room_table_find (self->table, name);

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

  return duo_room_table_count (self->table);
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
