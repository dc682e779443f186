/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-stun.h"

#include <string.h>

#define BINDING_REQUEST 0x0001
#define BINDING_SUCCESS 0x0101
#define BINDING_ERROR 0x0111
#define MAGIC_COOKIE 0x2112a442u

#define ATTRIBUTE_ERROR_CODE 0x0009
#define ATTRIBUTE_UNKNOWN 0x000a
#define ATTRIBUTE_XOR_MAPPED_ADDRESS 0x0020
/* From here on attributes may be ignored. */
#define ATTRIBUTE_OPTIONAL 0x8000

#define FAMILY_IPV4 1
#define FAMILY_IPV6 2

/* RFC 8489 section 14.8: class 4, number 20. */
static const guint8 error_420[] = { 0, 0, 4, 20, 'U', 'n', 'k', 'n', 'o', 'w', 'n', ' ' };

/* What a request may hold although it means nothing here, as nobody has to log in: USERNAME,
 * MESSAGE-INTEGRITY, REALM, NONCE, MESSAGE-INTEGRITY-SHA256, PASSWORD-ALGORITHM, USERHASH. */
static const guint16 harmless[] = { 0x0006, 0x0008, 0x0014, 0x0015, 0x001c, 0x001d, 0x001e };

static guint
read_16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

static guint32
read_32 (const guint8 *data)
{
  return (guint32) read_16 (data) << 16 | read_16 (data + 2);
}

static void
append_16 (GByteArray *out, guint value)
{
  const guint8 bytes[] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
append_attribute (GByteArray *out, guint type, const guint8 *value, guint length)
{
  static const guint8 padding[3] = { 0 };

  append_16 (out, type);
  append_16 (out, length);
  g_byte_array_append (out, value, length);
  g_byte_array_append (out, padding, (4 - length % 4) % 4);
}

static gboolean
is_harmless (guint type)
{
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++) {
    if (harmless[i] == type)
      return TRUE;
  }

  return type >= ATTRIBUTE_OPTIONAL;
}

/* Walks over the attributes and collects those that must be understood and are not. Returns FALSE
 * if they do not fill the message. */
static gboolean
check_attributes (const guint8 *data, gsize length, GByteArray *unknown)
{
  while (length > 0) {
    gsize size;
    guint type;

    if (length < 4)
      return FALSE;
    type = read_16 (data);
    size = 4 + ((read_16 (data + 2) + 3u) & ~3u);
    if (size > length)
      return FALSE;
    if (!is_harmless (type))
      append_16 (unknown, type);
    data += size;
    length -= size;
  }

  return TRUE;
}

static void
append_address (GByteArray *out, const guint8 *key, GInetAddress *address, guint16 port)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  gsize size = g_inet_address_get_native_size (address);
  guint8 value[4 + 16] = { 0 };

  value[1] = size == 4 ? FAMILY_IPV4 : FAMILY_IPV6;
  value[2] = (guint8) ((port >> 8) ^ key[0]);
  value[3] = (guint8) (port ^ key[1]);
  for (gsize i = 0; i < size; i++)
    value[4 + i] = bytes[i] ^ key[i];

  append_attribute (out, ATTRIBUTE_XOR_MAPPED_ADDRESS, value, (guint) (4 + size));
}

/**
 * duo_stun_answer:
 * @request: (array length=length): a datagram
 * @length: its length in bytes
 * @address: whom it comes from
 * @port: whose port it comes from
 *
 * Answers a STUN Binding request (RFC 8489) with the address it came from, or with an error where
 * it holds attributes that would have to be understood.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL for what is not to be answered
 */
GBytes *
duo_stun_answer (const guint8 *request, gsize length, GInetAddress *address, guint16 port)
{
  g_autoptr (GByteArray) unknown = NULL;
  GByteArray *answer;

  g_return_val_if_fail (request != NULL || length == 0, NULL);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  if (length < DUO_STUN_HEADER_BYTES || length > DUO_STUN_REQUEST_MAX ||
      read_16 (request) != BINDING_REQUEST || read_32 (request + 4) != MAGIC_COOKIE ||
      read_16 (request + 2) != length - DUO_STUN_HEADER_BYTES)
    return NULL;

  unknown = g_byte_array_new ();
  if (!check_attributes (request + DUO_STUN_HEADER_BYTES, length - DUO_STUN_HEADER_BYTES, unknown))
    return NULL;

  answer = g_byte_array_new ();
  append_16 (answer, unknown->len > 0 ? BINDING_ERROR : BINDING_SUCCESS);
  append_16 (answer, 0);
  g_byte_array_append (answer, request + 4, DUO_STUN_HEADER_BYTES - 4);

  if (unknown->len > 0) {
    append_attribute (answer, ATTRIBUTE_ERROR_CODE, error_420, sizeof error_420);
    append_attribute (answer, ATTRIBUTE_UNKNOWN, unknown->data, unknown->len);
  } else {
    append_address (answer, request + 4, address, port);
  }

  answer->data[2] = (guint8) ((answer->len - DUO_STUN_HEADER_BYTES) >> 8);
  answer->data[3] = (guint8) (answer->len - DUO_STUN_HEADER_BYTES);

  return g_byte_array_free_to_bytes (answer);
}
