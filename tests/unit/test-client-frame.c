/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-client-frame.h"

#define ME "me-me-me-me-me-me-me-me"

#define RELAY DUO_CLIENT_FRAME_RELAY
#define PING DUO_CLIENT_FRAME_PING
#define BAD DUO_CLIENT_FRAME_MALFORMED

static const struct {
  const char *text;
  DuoClientFrame verdict;
  const char *to;
} frames[] = {
  { "{\"type\":\"sealed\",\"from\":\"" ME "\",\"to\":\"you\",\"iv\":\"x\"}", RELAY, "you" },
  { "{\"type\":\"hello\",\"from\":\"" ME "\"}", RELAY, NULL },
  { "{\"type\":\"\",\"from\":\"" ME "\"}", RELAY, NULL },
  { "{\"type\":\"a\xf0\x9f\x98\x80\",\"from\":\"" ME "\"}", RELAY, NULL },
  { " {\"type\":\"x\" , \"from\":\"" ME "\",\"deep\":[[[1]]]} ", RELAY, NULL },
  { "{\"type\":\"ping\"}", PING, NULL },
  { "{\"type\":\"ping\",\"from\":\"" ME "\",\"to\":\"you\"}", PING, NULL },
  { "{\"type\":\"ping\",\"from\":\"you\"}", BAD, NULL },
  { "{\"type\":\"offer\"}", RELAY, NULL },
  { "{\"type\":\"offer\",\"to\":\"you\"}", RELAY, "you" },
  { "{\"type\":\"hello\",\"from\":\"you\"}", BAD, NULL },
  { "{\"type\":\"hello\",\"from\":7}", BAD, NULL },
  { "{\"type\":\"hello\",\"from\":null}", BAD, NULL },
  { "{\"type\":\"hello\",\"from\":\"" ME "\",\"to\":null}", BAD, NULL },
  { "{\"type\":\"hello\",\"from\":\"" ME "\",\"to\":[\"you\"]}", BAD, NULL },
  { "{\"type\":\"hello\",\"from\":\"" ME "\",\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"type\":7,\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"type\":\"room-joined\",\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"type\":\"peer-joined\",\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"type\":\"peer-disconnected\",\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"type\":\"announcement\",\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"type\":\"pong\"}", BAD, NULL },
  { "{\"type\":\"error\",\"from\":\"" ME "\"}", BAD, NULL },
  { "{\"type\":\"x\",\"from\":\"" ME "\",\"n\":1.0e400}", BAD, NULL },
  { "{'type':'x','from':'" ME "'}", BAD, NULL },
  { "{\"type\":\"x\",\"from\":\"" ME "\"} {}", BAD, NULL },
  { "[{\"type\":\"x\",\"from\":\"" ME "\"}]", BAD, NULL },
  { "null", BAD, NULL },
  { "hello", BAD, NULL },
  { "{", BAD, NULL },
  { "", BAD, NULL },
};

static void
test_frames (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    const char *text = frames[i].text;
    g_autofree char *to = NULL;

    g_test_message ("%s", frames[i].text);
    g_assert_cmpint (duo_client_frame_check (text, strlen (text), ME, &to), ==, frames[i].verdict);
    g_assert_cmpstr (to, ==, frames[i].to);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-frame/frames", test_frames);

  return g_test_run ();
}
