/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ice-offer.h"
#include "duo-stun.h"

#include <string.h>

#define ID "2112a442b7e7a701bc34d686fa87dfae"

/* The address and the answers for it follow the examples of RFC 5769. */
static const struct {
  const char *name;
  const char *address;
  const char *request;
  const char *answer;
} cases[] = {
  { "IPv4", "192.0.2.1", "00010000" ID, "0101000c" ID "002000080001a147e112a643" },
  { "IPv6",
    "2001:db8:1234:5678:11:2233:4455:6677",
    "00010000" ID,
    "01010018" ID "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9" },
  { "SOFTWARE",
    "192.0.2.1",
    "00010008" ID "8022000361626300",
    "0101000c" ID "002000080001a147e112a643" },
  { "USERNAME",
    "192.0.2.1",
    "00010008" ID "0006000361626300",
    "0101000c" ID "002000080001a147e112a643" },
  { "PRIORITY",
    "192.0.2.1",
    "00010008" ID "0024000400000001",
    "01110018" ID "0009000c00000414556e6b6e6f776e20000a000200240000" },
  { "empty", "192.0.2.1", "", NULL },
  { "short", "192.0.2.1", "000100002112a442", NULL },
  { "indication", "192.0.2.1", "00110000" ID, NULL },
  { "answer", "192.0.2.1", "01010000" ID, NULL },
  { "RFC 3489",
    "192.0.2.1",
    "00010000"
    "00000000b7e7a701bc34d686fa87dfae",
    NULL },
  { "length too large", "192.0.2.1", "00010004" ID, NULL },
  { "length too small", "192.0.2.1", "00010000" ID "80220000", NULL },
  { "half an attribute", "192.0.2.1", "00010002" ID "8022", NULL },
  { "attribute too long", "192.0.2.1", "00010004" ID "80220001", NULL },
};

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; hex[i] != '\0'; i += 2) {
    guint8 byte = (guint8) (g_ascii_xdigit_value (hex[i]) << 4 | g_ascii_xdigit_value (hex[i + 1]));

    g_byte_array_append (bytes, &byte, 1);
  }

  return bytes;
}

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GByteArray) request = from_hex (cases[i].request);
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);
    g_autoptr (GBytes) answer = duo_stun_answer (request->data, request->len, address, 32853);

    g_test_message ("%s", cases[i].name);
    if (cases[i].answer == NULL) {
      g_assert_null (answer);
    } else {
      g_autoptr (GByteArray) expected = from_hex (cases[i].answer);

      g_assert_nonnull (answer);
      g_assert_cmpmem (g_bytes_get_data (answer, NULL),
                       g_bytes_get_size (answer),
                       expected->data,
                       expected->len);
    }
  }
}

static void
test_too_long (void)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GByteArray) request = from_hex ("00010400" ID);

  g_byte_array_set_size (request, 20 + 0x400);
  g_assert_null (duo_stun_answer (request->data, request->len, address, 1));
}

static const struct {
  const char *host;
  gboolean loopback_only;
  const char *url;
} hosts[] = {
  { "calls.example.org", FALSE, "stun:calls.example.org:3478" },
  { "calls.example.org:8443", FALSE, "stun:calls.example.org:3478" },
  { "192.0.2.1:8080", FALSE, "stun:192.0.2.1:3478" },
  { "[2001:db8::1]:8080", FALSE, "stun:[2001:db8::1]:3478" },
  { "localhost:8080", TRUE, "stun:localhost:3478" },
  { "127.0.0.1", TRUE, "stun:127.0.0.1:3478" },
  { "calls.example.org", TRUE, NULL },
  { "", FALSE, NULL },
  { "a@b", FALSE, NULL },
  { "a/b", FALSE, NULL },
  { "a b", FALSE, NULL },
  { "a?transport=tcp", FALSE, NULL },
  { NULL, FALSE, NULL },
};

static void
test_hosts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    g_autoptr (DuoIceOffer) offer = duo_ice_offer_new ();
    g_autoptr (DuoServerMessage) greeting = duo_server_message_new (DUO_SERVER_MESSAGE_ROOM_JOINED);

    g_test_message ("%s", hosts[i].host);
    offer->stun_port = 3478;
    offer->loopback_only = hosts[i].loopback_only;
    duo_ice_offer_add_to (offer, greeting, hosts[i].host, "me");
    g_assert_cmpuint (greeting->ice_servers->len, ==, hosts[i].url != NULL ? 1 : 0);
    if (hosts[i].url != NULL) {
      const DuoIceServer *server = g_ptr_array_index (greeting->ice_servers, 0);

      g_assert_cmpstr (server->urls[0], ==, hosts[i].url);
    }
  }
}

/* Made with: echo -n 1700000000:me | openssl dgst -sha1 -hmac 'north' -binary | base64 */
static void
test_credentials (void)
{
  g_autoptr (DuoIceOffer) offer = duo_ice_offer_new ();
  g_autoptr (DuoServerMessage) greeting = duo_server_message_new (DUO_SERVER_MESSAGE_ROOM_JOINED);
  const DuoIceServer *server;

  offer->turn_secret = g_strdup ("north");
  g_ptr_array_add (offer->turn, g_strdup ("turn:a"));
  g_ptr_array_add (offer->turn, g_strdup ("turn:a?transport=tcp"));
  greeting->expires_at = G_GINT64_CONSTANT (1700000000999);
  duo_ice_offer_add_to (offer, greeting, NULL, "me");

  g_assert_cmpuint (greeting->ice_servers->len, ==, 1);
  server = g_ptr_array_index (greeting->ice_servers, 0);
  g_assert_cmpuint (g_strv_length (server->urls), ==, 2);
  g_assert_cmpstr (server->username, ==, "1700000000:me");
  g_assert_cmpstr (server->credential, ==, "DZAmFJD+yRbyG0+e8cpTCwLxbuo=");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stun/answers", test_answers);
  g_test_add_func ("/stun/too-long", test_too_long);
  g_test_add_func ("/ice-offer/hosts", test_hosts);
  g_test_add_func ("/ice-offer/credentials", test_credentials);

  return g_test_run ();
}
