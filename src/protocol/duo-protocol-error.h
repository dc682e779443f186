/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoProtocolError:
 * @DUO_PROTOCOL_ERROR_LINK: the text is no join link of a known form
 * @DUO_PROTOCOL_ERROR_CODE: the room code has a wrong length or symbol
 * @DUO_PROTOCOL_ERROR_CODE_MISTYPED: the room code's check symbol is wrong: a typing mistake
 * @DUO_PROTOCOL_ERROR_CODE_NEEDS_SERVER: a code alone was given and no server is set
 * @DUO_PROTOCOL_ERROR_JSON: the text is not one strict JSON object
 * @DUO_PROTOCOL_ERROR_MESSAGE: a message lacks a field or a field has a wrong type, size or grammar
 * @DUO_PROTOCOL_ERROR_UNKNOWN_TYPE: a message of a type nobody here knows; it is to be ignored
 * @DUO_PROTOCOL_ERROR_SEAL: a sealed message did not open, is old, or is not for us
 * @DUO_PROTOCOL_ERROR_RANDOM: the kernel gave no random bytes
 * @DUO_PROTOCOL_ERROR_LINK_TOO_LONG: a link of more than 2,048 bytes
 * @DUO_PROTOCOL_ERROR_LINK_CONTROL: a link with control characters, or that is no UTF-8
 * @DUO_PROTOCOL_ERROR_LINK_USER_INFO: a link with a user name or password in it
 * @DUO_PROTOCOL_ERROR_LINK_PATH: a link whose path (or query) is not the one of a call
 * @DUO_PROTOCOL_ERROR_LINK_FRAGMENT: a link with a second "#"
 * @DUO_PROTOCOL_ERROR_LINK_HOST: a link without a host, or whose host or port makes no sense
 *
 * Errors of the protocol layer.
 */
typedef enum {
  DUO_PROTOCOL_ERROR_LINK,
  DUO_PROTOCOL_ERROR_CODE,
  DUO_PROTOCOL_ERROR_CODE_MISTYPED,
  DUO_PROTOCOL_ERROR_CODE_NEEDS_SERVER,
  DUO_PROTOCOL_ERROR_JSON,
  DUO_PROTOCOL_ERROR_MESSAGE,
  DUO_PROTOCOL_ERROR_UNKNOWN_TYPE,
  DUO_PROTOCOL_ERROR_SEAL,
  DUO_PROTOCOL_ERROR_RANDOM,
  DUO_PROTOCOL_ERROR_LINK_TOO_LONG,
  DUO_PROTOCOL_ERROR_LINK_CONTROL,
  DUO_PROTOCOL_ERROR_LINK_USER_INFO,
  DUO_PROTOCOL_ERROR_LINK_PATH,
  DUO_PROTOCOL_ERROR_LINK_FRAGMENT,
  DUO_PROTOCOL_ERROR_LINK_HOST,
} DuoProtocolError;

/**
 * DUO_PROTOCOL_ERROR:
 *
 * The error domain of what does not follow the protocol: links, codes, JSON, messages.
 */
#define DUO_PROTOCOL_ERROR (duo_protocol_error_quark ())
GQuark duo_protocol_error_quark (void);

G_END_DECLS
