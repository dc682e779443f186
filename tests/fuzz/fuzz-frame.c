/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-envelope.h"
#include "duo-json-fields.h"
#include "duo-json.h"
#include "duo-seal.h"
#include "fuzz-target.h"

#include <string.h>

#define ADA "AdaAdaAdaAdaAdaAdaAda0"
#define BOB "Bob_Bob-Bob_Bob-Bob_01"
#define ROOM "3rygd4dywg6e563tr5thp57zkc"

static GBytes *
make_key (void)
{
  return g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
}

static void
receive (DuoEnvelope *envelope, JsonObject *frame)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *from = NULL;
  gboolean addressed = FALSE;
  g_autoptr (DuoPeerMessage) message =
    duo_envelope_unwrap (envelope, frame, &from, &addressed, &error);

  g_assert_true ((message == NULL) == (error != NULL));
  g_assert_true ((message == NULL) == (from == NULL));
  g_assert_cmpstr (from, !=, BOB);
}

/* What a server, or anybody in an open room, can send. */
static void
try_frame (DuoEnvelope *sealed, DuoEnvelope *open, const guint8 *data, gsize size)
{
  g_autoptr (JsonObject) frame = duo_json_parse ((const char *) data, size, NULL);

  if (frame == NULL)
    return;
  receive (sealed, frame);
  receive (open, frame);
}

/* What somebody who knows the code can send. */
static void
try_plain_text (DuoEnvelope *sealed, const guint8 *data, gsize size)
{
  static const guint8 iv_bytes[DUO_SEAL_IV_BYTES] = { 0 };
  g_autofree char *plain_text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autofree char *context = duo_seal_context (ROOM, ADA, BOB);
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (GBytes) iv = g_bytes_new_static (iv_bytes, sizeof iv_bytes);
  g_autoptr (GBytes) closed = duo_seal_close (key, iv, context, plain_text, NULL);
  g_autoptr (JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "type", "sealed");
  json_object_set_string_member (frame, "from", ADA);
  json_object_set_string_member (frame, "to", BOB);
  duo_json_set_bytes (frame, "iv", iv);
  duo_json_set_bytes (frame, "data", closed);
  receive (sealed, frame);
}

/* Bytes that nobody sealed never open. */
static void
try_cipher_text (const guint8 *data, gsize size)
{
  static const guint8 iv_bytes[DUO_SEAL_IV_BYTES] = { 1 };
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (GBytes) iv = g_bytes_new_static (iv_bytes, sizeof iv_bytes);
  g_autoptr (GBytes) closed = g_bytes_new (data, size);
  g_autofree char *opened = NULL;
  gsize length = 0;

  opened = duo_seal_open (key, iv, "duologue/1|fuzz||", closed, &length, NULL);
  g_assert_null (opened);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (DuoEnvelope) sealed = duo_envelope_new (ROOM, BOB, key);
  g_autoptr (DuoEnvelope) open = duo_envelope_new (ROOM, BOB, NULL);

  try_frame (sealed, open, data, size);
  try_plain_text (sealed, data, size);
  try_cipher_text (data, size);

  return 0;
}
