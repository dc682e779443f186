/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-channel-message.h"
#include "duo-json.h"
#include "duo-peer-message.h"
#include "duo-server-message.h"
#include "fuzz-target.h"

/* What is taken is written so that it is taken again. */

static void
try_json (JsonObject *object)
{
  g_autofree char *text = duo_json_to_string (object);
  g_autoptr (JsonObject) again = duo_json_parse (text, -1, NULL);

  g_assert_nonnull (again);
  g_assert_true (json_object_equal (object, again));
}

static void
try_peer_message (JsonObject *object, gboolean open_room)
{
  g_autoptr (DuoPeerMessage) message = duo_peer_message_from_json (object, open_room, NULL);
  g_autoptr (DuoPeerMessage) copy = NULL;
  g_autoptr (DuoPeerMessage) again = NULL;
  g_autoptr (JsonObject) written = NULL;

  if (message == NULL)
    return;
  copy = duo_peer_message_copy (message);
  written = duo_peer_message_to_json (copy);
  again = duo_peer_message_from_json (written, open_room, NULL);
  g_assert_nonnull (again);
}

static void
try_server_message (JsonObject *object)
{
  g_autoptr (DuoServerMessage) message = duo_server_message_from_json (object, NULL);
  g_autoptr (DuoServerMessage) copy = NULL;
  g_autoptr (DuoServerMessage) again = NULL;
  g_autoptr (JsonObject) written = NULL;

  if (message == NULL)
    return;
  copy = duo_server_message_copy (message);
  written = duo_server_message_to_json (copy);
  again = duo_server_message_from_json (written, NULL);
  g_assert_nonnull (again);
}

static void
try_channel_message (JsonObject *object)
{
  g_autoptr (DuoChannelMessage) message = duo_channel_message_from_json (object, NULL);
  g_autoptr (DuoChannelMessage) copy = NULL;
  g_autoptr (DuoChannelMessage) again = NULL;
  g_autoptr (JsonObject) written = NULL;

  if (message == NULL)
    return;
  copy = duo_channel_message_copy (message);
  written = duo_channel_message_to_json (copy);
  again = duo_channel_message_from_json (written, NULL);
  g_assert_nonnull (again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = duo_json_parse ((const char *) data, size, &error);

  g_assert_true ((object == NULL) == (error != NULL));
  if (object == NULL)
    return 0;
  try_json (object);
  try_peer_message (object, FALSE);
  try_peer_message (object, TRUE);
  try_server_message (object);
  try_channel_message (object);

  return 0;
}
