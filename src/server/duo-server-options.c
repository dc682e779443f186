/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

typedef enum {
  KIND_NUMBER,
  KIND_SECONDS, /* kept in milliseconds, so that a fraction may be given */
  KIND_TEXT,
  KIND_LIST,
} Kind;

typedef gboolean (*Check) (const char *value);

typedef struct {
  DuoServerOption option;
  Kind kind;
  gsize offset;
  guint min;
  guint max;
  Check check;
  const char *allowed;
} Entry;

static gboolean
is_address (const char *value)
{
  return g_hostname_is_ip_address (value);
}

/* GLib warns of a length that no network has. */
static gboolean
is_network (const char *value)
{
  const char *slash = strchr (value, '/');
  g_autoptr (GInetAddressMask) mask = NULL;

  if (slash != NULL && !g_ascii_string_to_unsigned (slash + 1, 10, 0, 128, NULL, NULL))
    return FALSE;
  mask = g_inet_address_mask_new_from_string (value, NULL);

  return mask != NULL;
}

static gboolean
is_file_name (const char *value)
{
  return *value != '\0';
}

static gboolean
matches (const char *pattern, const char *value)
{
  return g_regex_match_simple (pattern, value, G_REGEX_DOLLAR_ENDONLY, 0);
}

#define HOST_AND_PORT "([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?"

static gboolean
is_stun_url (const char *value)
{
  return matches ("^stun:" HOST_AND_PORT "$", value);
}

static gboolean
is_turn_url (const char *value)
{
  return matches ("^turn:" HOST_AND_PORT "(\\?transport=(udp|tcp))?$", value);
}

static gboolean
is_origin (const char *value)
{
  return matches ("^https?://" HOST_AND_PORT "$", value);
}

#define DAYS (24 * 60 * 60 * 1000u)
#define HOURS (60 * 60 * 1000u)
#define MIB (1024 * 1024u)

#define LIMIT(field) G_STRUCT_OFFSET (DuoServerConfig, limits.field)
#define FIELD(field) G_STRUCT_OFFSET (DuoServerConfig, field)
#define NUMBER(name, field, min, max, help, argument)                                              \
  {                                                                                                \
    { name, help, argument }, KIND_NUMBER, field, min, max, NULL, NULL                             \
  }
#define SECONDS(name, field, min, max, help)                                                       \
  {                                                                                                \
    { name, help, N_ ("SECONDS") }, KIND_SECONDS, field, min, max, NULL, NULL                      \
  }
#define TEXT(name, field, check, allowed, help, argument)                                          \
  {                                                                                                \
    { name, help, argument }, KIND_TEXT, field, 0, 0, check, allowed                               \
  }
#define LIST(name, field, check, allowed, help, argument)                                          \
  {                                                                                                \
    { name, help, argument }, KIND_LIST, field, 0, 0, check, allowed                               \
  }

static const Entry entries[] = {
  TEXT ("listen",
        FIELD (listen),
        is_address,
        "an IPv4 or IPv6 address",
        N_ ("Address to listen on, 0.0.0.0 or :: for all (this computer only)"),
        N_ ("ADDRESS")),
  NUMBER ("port", FIELD (port), 0, G_MAXUINT16, N_ ("Port, 0 for any (8080)"), N_ ("PORT")),
  NUMBER ("max-participants",
          LIMIT (max_participants),
          1,
          100,
          N_ ("Participants in a room (2)"),
          N_ ("N")),
  NUMBER ("max-rooms",
          LIMIT (max_rooms),
          1,
          1000000,
          N_ ("Rooms at the same time (10000)"),
          N_ ("N")),
  NUMBER ("connections-per-address",
          LIMIT (connections_per_address),
          1,
          1000000,
          N_ ("Connections from one address (32)"),
          N_ ("N")),
  NUMBER ("message-size",
          LIMIT (message_size),
          1024,
          MIB,
          N_ ("Largest message (65536)"),
          N_ ("BYTES")),
  NUMBER ("message-rate",
          LIMIT (message_rate),
          1,
          100000,
          N_ ("Messages a second from one connection (50)"),
          N_ ("N")),
  NUMBER ("message-burst",
          LIMIT (message_burst),
          1,
          100000,
          N_ ("Messages at once from one connection (200)"),
          N_ ("N")),
  NUMBER ("byte-rate",
          LIMIT (byte_rate),
          1024,
          1024 * MIB,
          N_ ("Bytes a second from one connection (65536)"),
          N_ ("BYTES")),
  NUMBER ("byte-burst",
          LIMIT (byte_burst),
          1024,
          1024 * MIB,
          N_ ("Bytes at once from one connection (524288)"),
          N_ ("BYTES")),
  NUMBER ("unsent-bytes",
          LIMIT (unsent_bytes),
          1024,
          1024 * MIB,
          N_ ("Bytes that may wait for a slow reader (262144)"),
          N_ ("BYTES")),
  SECONDS ("room-lifetime",
           LIMIT (room_lifetime),
           1,
           30 * DAYS,
           N_ ("How long a room lives at most (86400)")),
  SECONDS ("empty-room-time",
           LIMIT (empty_room_time),
           1,
           DAYS,
           N_ ("How long an empty room stays (60)")),
  SECONDS ("seat-hold",
           LIMIT (seat_hold),
           0,
           DAYS,
           N_ ("How long a seat waits for its owner (30)")),
  SECONDS ("ping-interval", LIMIT (ping_interval), 100, HOURS, N_ ("Time between two pings (15)")),
  SECONDS ("header-timeout",
           LIMIT (header_timeout),
           100,
           HOURS,
           N_ ("How long a request may take to come in (10)")),
  LIST ("trusted-proxy",
        FIELD (trusted_proxy),
        is_network,
        "an address or a network such as 10.0.0.0/8",
        N_ ("Whose X-Forwarded-For is believed; may be repeated"),
        N_ ("ADDRESS")),
  NUMBER ("stun-port",
          FIELD (stun_port),
          0,
          G_MAXUINT16,
          N_ ("UDP port for STUN, 0 for none (the same as the port)"),
          N_ ("PORT")),
  LIST ("stun",
        FIELD (stun),
        is_stun_url,
        "stun:HOST or stun:HOST:PORT",
        N_ ("Another STUN server to offer; may be repeated"),
        N_ ("URL")),
  LIST ("turn",
        FIELD (turn),
        is_turn_url,
        "turn:HOST[:PORT][?transport=udp|tcp]",
        N_ ("Relay to offer; may be repeated"),
        N_ ("URL")),
  TEXT ("turn-secret-file",
        FIELD (turn_secret_file),
        is_file_name,
        "a file",
        N_ ("Secret that is shared with the relays"),
        N_ ("FILE")),
  TEXT ("access-secret-file",
        FIELD (access_secret_file),
        is_file_name,
        "a file",
        N_ ("Secret for tokens, which starting a room then needs"),
        N_ ("FILE")),
  LIST ("allow-origin",
        FIELD (allow_origin),
        is_origin,
        "http[s]://HOST[:PORT]",
        N_ ("Whose pages may connect; may be repeated (any)"),
        N_ ("ORIGIN")),
  TEXT ("tls-certificate",
        FIELD (tls_certificate),
        is_file_name,
        "a file",
        N_ ("Certificate chain in PEM, for https"),
        N_ ("FILE")),
  TEXT ("tls-key", FIELD (tls_key), is_file_name, "a file", N_ ("Private key in PEM"), N_ ("FILE")),
};

/**
 * duo_server_config_get_option:
 * @index: which, from 0
 *
 * Lists the options.
 *
 * Returns: (nullable): the option, or %NULL behind the last
 */
const DuoServerOption *
duo_server_config_get_option (guint index)
{
  return index < G_N_ELEMENTS (entries) ? &entries[index].option : NULL;
}

static const Entry *
find_entry (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    if (g_str_equal (entries[i].option.name, name))
      return &entries[i];
  }

  return NULL;
}

static char *
describe (const Entry *entry)
{
  if (entry->kind == KIND_NUMBER)
    return g_strdup_printf ("a whole number from %u to %u", entry->min, entry->max);
  if (entry->kind == KIND_SECONDS)
    return g_strdup_printf ("seconds from %g to %g", entry->min / 1000.0, entry->max / 1000.0);

  return g_strdup (entry->allowed);
}

static gboolean
read_seconds (const char *value, guint min, guint max, guint *milliseconds)
{
  char *end = NULL;
  double seconds;

  if (!matches ("^[0-9]{1,9}(\\.[0-9]{1,3})?$", value))
    return FALSE;

  seconds = g_ascii_strtod (value, &end);
  if (seconds * 1000 < min || seconds * 1000 > max)
    return FALSE;
  *milliseconds = (guint) (seconds * 1000 + 0.5);

  return TRUE;
}

static gboolean
apply (DuoServerConfig *self, const Entry *entry, const char *value)
{
  gpointer field = G_STRUCT_MEMBER_P (self, entry->offset);
  guint64 number;

  switch (entry->kind) {
  case KIND_NUMBER:
    if (!g_ascii_string_to_unsigned (value, 10, entry->min, entry->max, &number, NULL))
      return FALSE;
    *(guint *) field = (guint) number;
    return TRUE;
  case KIND_SECONDS:
    return read_seconds (value, entry->min, entry->max, field);
  case KIND_TEXT:
    if (!entry->check (value))
      return FALSE;
    g_free (*(char **) field);
    *(char **) field = g_strdup (value);
    return TRUE;
  case KIND_LIST:
  default:
    if (!entry->check (value))
      return FALSE;
    g_ptr_array_add (*(GPtrArray **) field, g_strdup (value));
    return TRUE;
  }
}

/**
 * duo_server_config_set:
 * @self: a configuration
 * @name: the name of an option
 * @value: what it is to be; one more where there may be several
 * @error: return location for a #DuoServerConfigError
 *
 * Chooses something.
 *
 * Returns: whether that is allowed
 */
gboolean
duo_server_config_set (DuoServerConfig *self, const char *name, const char *value, GError **error)
{
  const Entry *entry;
  g_autofree char *allowed = NULL;

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  entry = find_entry (name);
  if (entry == NULL) {
    g_set_error (error,
                 DUO_SERVER_CONFIG_ERROR,
                 DUO_SERVER_CONFIG_ERROR_UNKNOWN,
                 "there is no option “%s”",
                 name);
    return FALSE;
  }

  if (apply (self, entry, value))
    return TRUE;

  allowed = describe (entry);
  g_set_error (error,
               DUO_SERVER_CONFIG_ERROR,
               DUO_SERVER_CONFIG_ERROR_VALUE,
               "%s: “%s” is not %s",
               name,
               value,
               allowed);

  return FALSE;
}

/**
 * duo_server_config_is_list:
 * @name: the name of an option
 *
 * Returns: whether there may be several of it
 */
gboolean
duo_server_config_is_list (const char *name)
{
  const Entry *entry = find_entry (name);

  return entry != NULL && entry->kind == KIND_LIST;
}
