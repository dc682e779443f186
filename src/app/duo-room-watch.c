/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-watch.h"

#include "duo-room-keys.h"
#include "duo-server-probe.h"

/* How often the server is asked. */
#define ASK_SECONDS 4

/**
 * DuoRoomWatch:
 *
 * Keeps asking a server who is in a room, without going in.
 */
struct _DuoRoomWatch {
  GObject parent_instance;

  /* Owned */
  DuoJoinLink *link;
  GCancellable *cancellable;
  char *room_id;
  guint ask_source;

  DuoLobbyCompany company;
};

enum {
  PROP_0,
  PROP_COMPANY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoRoomWatch, duo_room_watch, G_TYPE_OBJECT)

static void
set_company (DuoRoomWatch *self, DuoLobbyCompany company)
{
  if (self->company == company)
    return;
  self->company = company;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPANY]);
}

static void
on_participants (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoRoomWatch) self = DUO_ROOM_WATCH (user_data);
  g_autoptr (GError) error = NULL;
  int participants = duo_server_probe_participants_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    set_company (self, DUO_LOBBY_COMPANY_UNREACHABLE);
  else if (participants == 0)
    set_company (self, DUO_LOBBY_COMPANY_NOBODY);
  else if (participants == 1)
    set_company (self, DUO_LOBBY_COMPANY_SOMEBODY);
  else
    set_company (self, DUO_LOBBY_COMPANY_FULL);
}

static gboolean
ask (gpointer user_data)
{
  DuoRoomWatch *self = DUO_ROOM_WATCH (user_data);

  duo_server_probe_participants_async (duo_join_link_get_server (self->link),
                                       self->room_id,
                                       self->cancellable,
                                       on_participants,
                                       g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
on_keys (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoRoomWatch) self = DUO_ROOM_WATCH (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoRoomKeys) keys = duo_room_keys_derive_finish (result, &error);

  if (keys == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->room_id = g_strdup (duo_room_keys_get_room_id (keys));
  ask (self);
  self->ask_source = g_timeout_add_seconds (ASK_SECONDS, ask, self);
}

static void
duo_room_watch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoRoomWatch *self = DUO_ROOM_WATCH (object);

  switch (id) {
  case PROP_COMPANY:
    g_value_set_uint (value, self->company);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_room_watch_dispose (GObject *object)
{
  DuoRoomWatch *self = DUO_ROOM_WATCH (object);

  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (duo_room_watch_parent_class)->dispose (object);
}

static void
duo_room_watch_finalize (GObject *object)
{
  DuoRoomWatch *self = DUO_ROOM_WATCH (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->room_id, g_free);
  g_clear_pointer (&self->link, duo_join_link_unref);

  G_OBJECT_CLASS (duo_room_watch_parent_class)->finalize (object);
}

static void
duo_room_watch_class_init (DuoRoomWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_room_watch_get_property;
  object_class->dispose = duo_room_watch_dispose;
  object_class->finalize = duo_room_watch_finalize;

  /**
   * DuoRoomWatch:company:
   *
   * Who is there, a #DuoLobbyCompany.
   */
  properties[PROP_COMPANY] = g_param_spec_uint ("company",
                                                NULL,
                                                NULL,
                                                0,
                                                DUO_LOBBY_COMPANY_UNREACHABLE,
                                                DUO_LOBBY_COMPANY_ASKING,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_room_watch_init (DuoRoomWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * duo_room_watch_new:
 * @link: the way to the room
 *
 * Returns: (transfer full): a watch that asks until it is disposed of
 */
DuoRoomWatch *
duo_room_watch_new (DuoJoinLink *link)
{
  DuoRoomWatch *self = g_object_new (DUO_TYPE_ROOM_WATCH, NULL);

  self->link = duo_join_link_ref (link);
  /* Not every server of open rooms tells, and a wrong answer is worse than none. */
  if (duo_join_link_is_open (link))
    self->company = DUO_LOBBY_COMPANY_UNKNOWN;
  else
    duo_room_keys_derive_async (duo_join_link_get_symbols (link),
                                self->cancellable,
                                on_keys,
                                g_object_ref (self));
  return self;
}

/**
 * duo_room_watch_get_company:
 *
 * Returns: who is there, as far as is known
 */
DuoLobbyCompany
duo_room_watch_get_company (DuoRoomWatch *self)
{
  g_return_val_if_fail (DUO_IS_ROOM_WATCH (self), DUO_LOBBY_COMPANY_UNKNOWN);

  return self->company;
}
