/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-close-code.h"

static const struct {
  DuoRoomCloseCode code;
  const char *text;
} explanations[] = {
  { DUO_ROOM_CLOSE_CODE_MALFORMED, "The message or the address is malformed" },
  { DUO_ROOM_CLOSE_CODE_TAKEN_OVER, "A newer connection has taken the seat" },
  { DUO_ROOM_CLOSE_CODE_FULL, "The room is full" },
  { DUO_ROOM_CLOSE_CODE_EXPIRED, "The room has expired" },
  { DUO_ROOM_CLOSE_CODE_NOT_ALLOWED, "That is not allowed" },
  { DUO_ROOM_CLOSE_CODE_NOT_STARTED, "The room has not been started yet" },
  { DUO_ROOM_CLOSE_CODE_TOO_FAST, "Too much or too large" },
};

/**
 * duo_room_close_code_explain:
 * @code: a close code
 *
 * Returns: (nullable): in English what the client is told, or %NULL where nothing is to be said
 */
const char *
duo_room_close_code_explain (DuoRoomCloseCode code)
{
  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++) {
    if (explanations[i].code == code)
      return explanations[i].text;
  }

  return NULL;
}

/**
 * duo_room_close_code_is_final:
 * @code: a close code
 *
 * Returns: whether the client has lost its seat with it, rather than its connection only
 */
gboolean
duo_room_close_code_is_final (DuoRoomCloseCode code)
{
  return code >= DUO_ROOM_CLOSE_CODE_MALFORMED;
}

/**
 * duo_room_close_code_refuse:
 * @verdict: why somebody was not admitted
 *
 * Returns: the code to close the connection with
 */
DuoRoomCloseCode
duo_room_close_code_refuse (DuoRoomVerdict verdict)
{
  switch (verdict) {
  case DUO_ROOM_FULL:
    return DUO_ROOM_CLOSE_CODE_FULL;
  case DUO_ROOM_EXPIRED:
    return DUO_ROOM_CLOSE_CODE_EXPIRED;
  case DUO_ROOM_FORBIDDEN:
  case DUO_ROOM_ADMITTED:
  default:
    return DUO_ROOM_CLOSE_CODE_NOT_ALLOWED;
  }
}
