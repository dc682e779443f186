/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-protocol-error.h"
#include "duo-server-address.h"

/* Hosts and ports are in the vectors of join links; here is what a person types as a server. */
static const struct {
  const char *text;
  const char *address; /* NULL: refused */
  DuoProtocolError code;
} servers[] = {
  { "https://meet.example", "https://meet.example" },
  { "https://meet.example/", "https://meet.example" },
  { " HTTPS://Meet.Example:443 \n", "https://meet.example" },
  { "http://192.168.1.20:8080", "http://192.168.1.20:8080" },
  { "http://[0:0:0:0:0:0:0:1]", "http://[::1]" },
  { "https://bücher.example", "https://xn--bcher-kva.example" },
  { "", NULL, DUO_PROTOCOL_ERROR_LINK },
  { "meet.example", NULL, DUO_PROTOCOL_ERROR_LINK },
  { "wss://meet.example", NULL, DUO_PROTOCOL_ERROR_LINK },
  { "https://meet.example/rooms", NULL, DUO_PROTOCOL_ERROR_LINK_PATH },
  { "https://meet.example//", NULL, DUO_PROTOCOL_ERROR_LINK_PATH },
  { "https://meet.example?x", NULL, DUO_PROTOCOL_ERROR_LINK_PATH },
  { "https://meet.example#x", NULL, DUO_PROTOCOL_ERROR_LINK_PATH },
  { "https://ada@meet.example", NULL, DUO_PROTOCOL_ERROR_LINK_USER_INFO },
  { "https://", NULL, DUO_PROTOCOL_ERROR_LINK_HOST },
  { "https://meet\nexample", NULL, DUO_PROTOCOL_ERROR_LINK_HOST },
  { "https://meet.example:0", NULL, DUO_PROTOCOL_ERROR_LINK_HOST },
  { "https://m\xff", NULL, DUO_PROTOCOL_ERROR_LINK_HOST },
};

static void
test_normalize (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *address = duo_server_address_normalize (servers[i].text, &error);

    g_assert_cmpstr (address, ==, servers[i].address);
    if (servers[i].address == NULL)
      g_assert_error (error, DUO_PROTOCOL_ERROR, (int) servers[i].code);
    else
      g_assert_no_error (error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-address/normalize", test_normalize);

  return g_test_run ();
}
