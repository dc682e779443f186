/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-token.h"

#include "duo-json.h"

#include <string.h>

#define HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"
#define TOKEN_MAX 1024
#define DIGEST_BYTES 32

static const char *const scopes[] = {
  [DUO_TOKEN_START] = "start",
  [DUO_TOKEN_TICKET] = "ticket",
  [DUO_TOKEN_ANNOUNCE] = "announce",
};

/* RFC 4648 section 5, without padding. */
static char *
encode (const guint8 *data, gsize length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

static guint8 *
decode (const char *text, gsize *length)
{
  g_autoptr (GString) padded = g_string_new (text);
  g_autofree guint8 *data = NULL;
  g_autofree char *again = NULL;

  g_string_replace (padded, "-", "+", 0);
  g_string_replace (padded, "_", "/", 0);
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');

  /* GLib reads over what is not base64: only what comes out again the same was right. */
  data = g_base64_decode (padded->str, length);
  again = encode (data, *length);

  return g_str_equal (again, text) ? g_steal_pointer (&data) : NULL;
}

static char *
sign (const char *secret, const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  guint8 digest[DIGEST_BYTES];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &length);

  return encode (digest, length);
}

/* Takes the same time wherever the two differ. */
static gboolean
equal (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);

  return difference == 0;
}

static JsonObject *
parse_part (const char *part)
{
  gsize length = 0;
  g_autofree guint8 *data = decode (part, &length);

  return data != NULL ? duo_json_parse ((const char *) data, (gssize) length, NULL) : NULL;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gint64
get_integer (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return fallback;

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : G_MAXINT64;
}

static gboolean
check_header (const char *part)
{
  g_autoptr (JsonObject) header = parse_part (part);

  return header != NULL && g_strcmp0 (get_string (header, "alg"), "HS256") == 0 &&
         !json_object_has_member (header, "crit");
}

/* Returns when the token expires, 0 if it is not good. */
static gint64
check_claims (const char *part, DuoTokenScope scope, const char *subject, gint64 now)
{
  g_autoptr (JsonObject) claims = parse_part (part);
  gint64 expires_at;

  if (claims == NULL || g_strcmp0 (get_string (claims, "scope"), scopes[scope]) != 0)
    return 0;
  if (subject != NULL && g_strcmp0 (get_string (claims, "sub"), subject) != 0)
    return 0;
  if (get_integer (claims, "nbf", 0) > now)
    return 0;

  expires_at = get_integer (claims, "exp", 0);

  return expires_at > now && expires_at <= DUO_JSON_MAX_INTEGER ? expires_at : 0;
}

/**
 * duo_token_make:
 * @secret: the server's secret
 * @scope: what the token is to be good for
 * @subject: whom or what it is for
 * @expires_at: when it ends, in seconds since 1970
 *
 * Makes a JSON Web Token (RFC 7519), signed with HMAC-SHA256.
 *
 * Returns: (transfer full): the token
 */
char *
duo_token_make (const char *secret, DuoTokenScope scope, const char *subject, gint64 expires_at)
{
  g_autoptr (JsonObject) claims = json_object_new ();
  g_autofree char *json = NULL;
  g_autofree char *header = encode ((const guint8 *) HEADER, strlen (HEADER));
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (secret != NULL && subject != NULL, NULL);

  json_object_set_string_member (claims, "sub", subject);
  json_object_set_string_member (claims, "scope", scopes[scope]);
  json_object_set_int_member (claims, "exp", expires_at);
  json = duo_json_to_string (claims);
  body = encode ((const guint8 *) json, strlen (json));
  text = g_strconcat (header, ".", body, NULL);
  signature = sign (secret, text);

  return g_strconcat (text, ".", signature, NULL);
}

/**
 * duo_token_check:
 * @token: what a client has brought
 * @secret: the server's secret
 * @scope: what it is to be good for
 * @subject: (nullable): whom or what it has to be for, %NULL for anybody
 * @now: the present time in seconds since 1970
 *
 * Looks whether a token is ours and still good. Only HS256 is taken, whatever the token says of
 * itself, and nothing in it is read before the signature was found to be right.
 *
 * Returns: when it expires, in seconds since 1970, or 0 if it is not good
 */
gint64
duo_token_check (
  const char *token, const char *secret, DuoTokenScope scope, const char *subject, gint64 now)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (token != NULL && secret != NULL, 0);

  if (strlen (token) > TOKEN_MAX)
    return 0;

  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3)
    return 0;

  text = g_strconcat (parts[0], ".", parts[1], NULL);
  signature = sign (secret, text);
  if (!equal (signature, parts[2]) || !check_header (parts[0]))
    return 0;

  return check_claims (parts[1], scope, subject, now);
}
