/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-client-frame.h"
#include "duo-stun.h"
#include "duo-websocket-reader.h"
#include "fuzz-target.h"

#include <string.h>

#define ME "AdaAdaAdaAdaAdaAdaAda0"
#define MAX_MESSAGE 512

static gboolean
message_cb (
  DuoWebsocketOpcode opcode, const guint8 *data, gsize length, guint code, gpointer user_data)
{
  gsize *total = user_data;

  g_assert_cmpuint (length, <=, MAX_MESSAGE);
  *total += length;

  return TRUE;
}

/* However the bytes are cut, the same comes out. */
static void
try_websocket (const guint8 *data, gsize size)
{
  gsize totals[2] = { 0 };
  guint codes[2] = { 0 };

  for (guint i = 0; i < 2; i++) {
    g_autoptr (DuoWebsocketReader) reader = duo_websocket_reader_new (MAX_MESSAGE);
    g_autofree guint8 *copy = g_memdup2 (data, size);
    gsize step = i == 0 ? size : 3;

    for (gsize at = 0; at < size && codes[i] == 0; at += step)
      codes[i] = duo_websocket_reader_feed (reader,
                                            copy + at,
                                            MIN (step, size - at),
                                            message_cb,
                                            &totals[i]);
  }
  g_assert_cmpuint (totals[0], ==, totals[1]);
  g_assert_cmpuint (codes[0], ==, codes[1]);
}

static void
try_stun (const guint8 *data, gsize size)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GBytes) answer = duo_stun_answer (data, size, address, 1);

  g_assert_true (answer == NULL || g_bytes_get_size (answer) >= DUO_STUN_HEADER_BYTES);
}

static void
try_frame (const char *text, gsize size)
{
  g_autofree char *to = NULL;

  if (duo_client_frame_check (text, size, ME, &to) != DUO_CLIENT_FRAME_RELAY)
    g_assert_null (to);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");

  try_websocket (data, size);
  try_stun (data, size);
  try_frame (text, strlen (text));

  return 0;
}
