/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-keys.h"

#include "duo-protocol-error.h"
#include "duo-room-code.h"
#include "duo-secret.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define SALT "duologue/1"
#define ROUNDS 200000
#define ROOM_BYTES 16
#define ROOM_SYMBOLS 26
#define HASH_BYTES 32

struct _DuoRoomKeys {
  gatomicrefcount ref_count;
  char room_id[ROOM_SYMBOLS + 1];

  /* Owned */
  GBytes *seal_key;
};

G_DEFINE_BOXED_TYPE (DuoRoomKeys, duo_room_keys, duo_room_keys_ref, duo_room_keys_unref)

/* Most significant bit first, zero bits behind: 16 bytes are 25 symbols and 3 bits. */
static void
encode_base32 (const guint8 *bytes, gsize length, char *out)
{
  static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < length; i++) {
    bits = bits << 8 | bytes[i];
    n_bits += 8;
    while (n_bits >= 5) {
      n_bits -= 5;
      *out++ = alphabet[bits >> n_bits & 0x1f];
    }
  }
  if (n_bits > 0)
    *out++ = alphabet[bits << (5 - n_bits) & 0x1f];
  *out = '\0';
}

static gboolean
check (int result, GError **error)
{
  if (result >= 0)
    return TRUE;
  g_set_error (error,
               DUO_PROTOCOL_ERROR,
               DUO_PROTOCOL_ERROR_SEAL,
               "No keys from the code: %s",
               gnutls_strerror (result));

  return FALSE;
}

static gboolean
derive_master (const char *symbols, guint8 *master, GError **error)
{
  gnutls_datum_t key = { (guint8 *) symbols, strlen (symbols) };
  gnutls_datum_t salt = { (guint8 *) SALT, strlen (SALT) };

  return check (gnutls_pbkdf2 (GNUTLS_MAC_SHA256, &key, &salt, ROUNDS, master, HASH_BYTES), error);
}

static gboolean
derive_part (const guint8 *master, const char *label, guint8 *out, GError **error)
{
  return check (gnutls_hmac_fast (GNUTLS_MAC_SHA256,
                                  master,
                                  HASH_BYTES,
                                  label,
                                  strlen (label),
                                  out),
                error);
}

/**
 * duo_room_keys_derive:
 * @symbols: the 12 symbols of a room code
 * @error: return location for an error
 *
 * Derives the keys of a room. That is made slow on purpose, some tenths of a second: call it from
 * any thread but the main one, or use duo_room_keys_derive_async().
 *
 * Returns: (transfer full) (nullable): the keys
 */
DuoRoomKeys *
duo_room_keys_derive (const char *symbols, GError **error)
{
  g_autoptr (DuoRoomKeys) self = NULL;
  guint8 master[HASH_BYTES];
  guint8 room[HASH_BYTES];
  guint8 seal[HASH_BYTES];
  gboolean derived = FALSE;

  g_return_val_if_fail (symbols != NULL && strlen (symbols) == DUO_ROOM_CODE_SYMBOLS, NULL);

  derived = derive_master (symbols, master, error) &&
            derive_part (master, "room\x01", room, error) &&
            derive_part (master, "seal\x01", seal, error);
  if (derived) {
    self = g_new0 (DuoRoomKeys, 1);
    g_atomic_ref_count_init (&self->ref_count);
    encode_base32 (room, ROOM_BYTES, self->room_id);
    self->seal_key = duo_secret_bytes_new (seal, DUO_SEAL_KEY_BYTES);
  }
  gnutls_memset (master, 0, sizeof master);
  gnutls_memset (seal, 0, sizeof seal);

  return g_steal_pointer (&self);
}

static void
derive_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  DuoRoomKeys *self = duo_room_keys_derive (task_data, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify) duo_room_keys_unref);
  else
    g_task_return_error (task, error);
}

static void
secret_string_destroy (gpointer text)
{
  duo_secret_string_free (text);
}

/**
 * duo_room_keys_derive_async:
 * @symbols: the 12 symbols of a room code
 * @cancellable: (nullable): to give up; the thread then finishes by itself, unheard
 * @callback: called on the thread-default main context of the caller
 * @user_data: data for @callback
 *
 * Derives the keys of a room in a thread of its own.
 */
void
duo_room_keys_derive_async (const char *symbols,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (symbols != NULL && strlen (symbols) == DUO_ROOM_CODE_SYMBOLS);

  g_task_set_source_tag (task, duo_room_keys_derive_async);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_set_task_data (task, g_strdup (symbols), secret_string_destroy);
  g_task_run_in_thread (task, derive_in_thread);
}

/**
 * duo_room_keys_derive_finish:
 * @result: the result that the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the keys
 */
DuoRoomKeys *
duo_room_keys_derive_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * duo_room_keys_ref:
 * @self: room keys
 *
 * Returns: (transfer full): @self with one more reference
 */
DuoRoomKeys *
duo_room_keys_ref (DuoRoomKeys *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * duo_room_keys_unref:
 * @self: (transfer full): room keys
 *
 * Gives a reference back.
 */
void
duo_room_keys_unref (DuoRoomKeys *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_bytes_unref (self->seal_key);
  g_free (self);
}

/**
 * duo_room_keys_get_room_id:
 * @self: room keys
 *
 * Returns: the ROOM that the server is asked for, 26 symbols
 */
const char *
duo_room_keys_get_room_id (const DuoRoomKeys *self)
{
  return self->room_id;
}

/**
 * duo_room_keys_get_seal_key:
 * @self: room keys
 *
 * Returns: (transfer none): the key that seals peer messages, %DUO_SEAL_KEY_BYTES long
 */
GBytes *
duo_room_keys_get_seal_key (const DuoRoomKeys *self)
{
  return self->seal_key;
}
