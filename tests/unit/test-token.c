/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-access.h"
#include "duo-token.h"

#include <string.h>

#define SECRET "0123456789abcdef0123456789abcdef"
#define NOW 1000

/* Signed by hand: what a token must not get away with although its signature is right. */

static const struct {
  const char *name;
  const char *header;
  const char *claims;
  gint64 expires_at;
} cases[] = {
  { "good", "{\"alg\":\"HS256\"}", "{\"scope\":\"start\",\"exp\":1001}", 1001 },
  { "expired", "{\"alg\":\"HS256\"}", "{\"scope\":\"start\",\"exp\":1000}", 0 },
  { "no expiry", "{\"alg\":\"HS256\"}", "{\"scope\":\"start\"}", 0 },
  { "expiry as text", "{\"alg\":\"HS256\"}", "{\"scope\":\"start\",\"exp\":\"2000\"}", 0 },
  { "other scope", "{\"alg\":\"HS256\"}", "{\"scope\":\"ticket\",\"exp\":2000}", 0 },
  { "no scope", "{\"alg\":\"HS256\"}", "{\"exp\":2000}", 0 },
  { "not yet", "{\"alg\":\"HS256\"}", "{\"scope\":\"start\",\"exp\":2000,\"nbf\":1001}", 0 },
  { "already", "{\"alg\":\"HS256\"}", "{\"scope\":\"start\",\"exp\":2000,\"nbf\":1000}", 2000 },
  { "alg none", "{\"alg\":\"none\"}", "{\"scope\":\"start\",\"exp\":2000}", 0 },
  { "alg HS512", "{\"alg\":\"HS512\"}", "{\"scope\":\"start\",\"exp\":2000}", 0 },
  { "no alg", "{}", "{\"scope\":\"start\",\"exp\":2000}", 0 },
  { "crit", "{\"alg\":\"HS256\",\"crit\":[]}", "{\"scope\":\"start\",\"exp\":2000}", 0 },
  { "no object", "[]", "{\"scope\":\"start\",\"exp\":2000}", 0 },
  { "no JSON", "{\"alg\":\"HS256\"}", "{\"scope\":\"start\",\"exp\":2000", 0 },
};

static char *
encode (const guint8 *data, gsize length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}

static char *
forge (const char *header, const char *claims)
{
  g_autofree char *first = encode ((const guint8 *) header, strlen (header));
  g_autofree char *second = encode ((const guint8 *) claims, strlen (claims));
  g_autofree char *text = g_strconcat (first, ".", second, NULL);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) SECRET, strlen (SECRET));
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *signature = NULL;

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &length);
  signature = encode (digest, length);

  return g_strconcat (text, ".", signature, NULL);
}

static void
test_claims (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *token = forge (cases[i].header, cases[i].claims);

    g_test_message ("%s", cases[i].name);
    g_assert_cmpint (duo_token_check (token, SECRET, DUO_TOKEN_START, NULL, NOW),
                     ==,
                     cases[i].expires_at);
  }
}

static void
test_signature (void)
{
  g_autofree char *token = duo_token_make (SECRET, DUO_TOKEN_START, "Zoë", 2000);
  g_autofree char *padded = g_strconcat (token, "=", NULL);
  g_autofree char *longer = g_strconcat (token, ".x", NULL);

  g_assert_cmpint (duo_token_check (token, SECRET, DUO_TOKEN_START, NULL, NOW), ==, 2000);
  g_assert_cmpint (duo_token_check (token, SECRET, DUO_TOKEN_START, "Zoë", NOW), ==, 2000);
  g_assert_cmpint (duo_token_check (token, SECRET, DUO_TOKEN_START, "Bob", NOW), ==, 0);
  g_assert_cmpint (duo_token_check (token, SECRET, DUO_TOKEN_ANNOUNCE, NULL, NOW), ==, 0);
  g_assert_cmpint (duo_token_check (token, SECRET "x", DUO_TOKEN_START, NULL, NOW), ==, 0);
  g_assert_cmpint (duo_token_check (padded, SECRET, DUO_TOKEN_START, NULL, NOW), ==, 0);
  g_assert_cmpint (duo_token_check (longer, SECRET, DUO_TOKEN_START, NULL, NOW), ==, 0);
  g_assert_cmpint (duo_token_check ("", SECRET, DUO_TOKEN_START, NULL, NOW), ==, 0);
  g_assert_cmpint (duo_token_check ("..", SECRET, DUO_TOKEN_START, NULL, NOW), ==, 0);

  /* Not a single symbol may be another. */
  for (gsize i = 0; token[i] != '\0'; i++) {
    g_autofree char *changed = g_strdup (token);

    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    g_assert_cmpint (duo_token_check (changed, SECRET, DUO_TOKEN_START, NULL, NOW), ==, 0);
  }
}

static void
test_access (void)
{
  char secret[] = SECRET;
  const DuoAccess closed = { secret };
  const DuoAccess open = { NULL };
  g_autofree char *start = duo_token_make (SECRET, DUO_TOKEN_START, "Ada", 2000);
  g_autofree char *late = duo_token_make (SECRET, DUO_TOKEN_START, "Ada", 999);
  g_autofree char *ticket = duo_access_make_ticket (&closed, "main/lobby", 1500);
  g_autofree char *none = duo_access_make_ticket (&open, "main/lobby", 1500);
  gint64 expires_at = -1;

  g_assert_null (none);
  g_assert_cmpint (duo_access_check (&open, NULL, "main/lobby", NOW, &expires_at), ==, 0);
  g_assert_cmpint (duo_access_check (&closed, NULL, "main/lobby", NOW, &expires_at), ==, 4006);
  g_assert_cmpint (duo_access_check (&closed, late, "main/lobby", NOW, &expires_at), ==, 4005);
  g_assert_cmpint (duo_access_check (&closed, start, "main/lobby", NOW, &expires_at), ==, 0);
  g_assert_cmpint (expires_at, ==, 0);
  g_assert_cmpint (duo_access_check (&closed, ticket, "main/other", NOW, &expires_at), ==, 4005);
  g_assert_cmpint (duo_access_check (&closed, ticket, "main/lobby", NOW, &expires_at), ==, 0);
  g_assert_cmpint (expires_at, ==, 1500);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/claims", test_claims);
  g_test_add_func ("/token/signature", test_signature);
  g_test_add_func ("/token/access", test_access);

  return g_test_run ();
}
