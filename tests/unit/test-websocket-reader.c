/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-websocket-reader.h"

#include <string.h>

#define MAX_MESSAGE 300
#define MASK 0x5a, 0x00, 0xff, 0x01

/* What comes in, unmasked (the mask is put on by the test), and what it means: "t:" text, "b:"
 * binary, "p:" ping, "o:" pong, "c" close and its code; the last is the fault. */
typedef struct {
  guint8 head;
  const char *payload;
} Frame;

static const struct {
  const char *name;
  Frame frames[6];
  guint count;
  const char *events;
} cases[] = {
  { "text", { { 0x81, "hello" } }, 1, "t:hello " },
  { "empty text", { { 0x81, "" } }, 1, "t: " },
  { "binary", { { 0x82, "hello" } }, 1, "b:hello " },
  { "two", { { 0x81, "a" }, { 0x81, "b" } }, 2, "t:a t:b " },
  { "fragments", { { 0x01, "a" }, { 0x00, "b" }, { 0x80, "c" } }, 3, "t:abc " },
  { "empty fragments", { { 0x01, "" }, { 0x00, "" }, { 0x80, "" } }, 3, "t: " },
  { "ping between", { { 0x01, "a" }, { 0x89, "x" }, { 0x80, "c" } }, 3, "p:x t:ac " },
  { "pong", { { 0x8a, "" } }, 1, "o: " },
  { "split character", { { 0x01, "\xc3" }, { 0x80, "\xa9" } }, 2, "t:é " },
  { "bad text", { { 0x81, "\xff" } }, 1, "1007" },
  { "close", { { 0x88, "\x03\xe8" }, { 0x81, "late" } }, 2, "c:1000 " },
  { "close without code", { { 0x88, "" } }, 1, "c:1005 " },
  { "close with reason", { { 0x88, "\x0f\xa0 why" } }, 1, "c:4000 " },
  { "close 1006", { { 0x88, "\x03\xee" } }, 1, "1002" },
  { "close 2000", { { 0x88, "\x07\xd0" } }, 1, "1002" },
  { "close of one byte", { { 0x88, "\x03" } }, 1, "1002" },
  { "close with bad reason", { { 0x88, "\x03\xe8\xff" } }, 1, "1007" },
  { "continuation first", { { 0x80, "x" } }, 1, "1002" },
  { "text in text", { { 0x01, "a" }, { 0x81, "b" } }, 2, "1002" },
  { "reserved bit", { { 0xc1, "x" } }, 1, "1002" },
  { "unknown", { { 0x83, "x" } }, 1, "1002" },
  { "control in fragments", { { 0x09, "x" } }, 1, "1002" },
};

static gboolean
event_cb (
  DuoWebsocketOpcode opcode, const guint8 *data, gsize length, guint code, gpointer user_data)
{
  static const char letters[] = "?tb?????cpo";
  GString *events = user_data;

  g_string_append_printf (events, "%c:", letters[opcode]);
  if (opcode == DUO_WEBSOCKET_OPCODE_CLOSE)
    g_string_append_printf (events, "%u", code);
  else
    g_string_append_len (events, (const char *) data, (gssize) length);
  g_string_append_c (events, ' ');

  return TRUE;
}

static void
append_frame (GByteArray *wire, guint8 head, const char *payload, gsize length)
{
  static const guint8 mask[] = { MASK };
  guint8 header[DUO_WEBSOCKET_HEADER_MAX];
  gsize size = duo_websocket_frame_write_header (header, head & 0x0f, length);
  g_autofree guint8 *copy = g_memdup2 (payload, length + 1);

  header[0] = head;
  header[1] |= 0x80;
  duo_websocket_frame_unmask (copy, length, mask, 0);
  g_byte_array_append (wire, header, (guint) size);
  g_byte_array_append (wire, mask, sizeof mask);
  g_byte_array_append (wire, copy, (guint) length);
}

/* However the bytes are cut, the outcome is the same. */
static char *
feed (GByteArray *wire, gsize step)
{
  g_autoptr (DuoWebsocketReader) reader = duo_websocket_reader_new (MAX_MESSAGE);
  g_autofree guint8 *copy = g_memdup2 (wire->data, wire->len);
  GString *events = g_string_new (NULL);

  for (gsize at = 0; at < wire->len; at += step) {
    guint code =
      duo_websocket_reader_feed (reader, copy + at, MIN (step, wire->len - at), event_cb, events);

    if (code != 0)
      g_string_append_printf (events, "%u", code);
  }

  return g_string_free (events, FALSE);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GByteArray) wire = g_byte_array_new ();

    for (guint f = 0; f < cases[i].count; f++) {
      const Frame *frame = &cases[i].frames[f];

      append_frame (wire, frame->head, frame->payload, strlen (frame->payload));
    }
    for (gsize step = 1; step <= wire->len; step++) {
      g_autofree char *events = feed (wire, step);

      g_test_message ("%s in steps of %" G_GSIZE_FORMAT, cases[i].name, step);
      g_assert_cmpstr (events, ==, cases[i].events);
    }
  }
}

static char *
feed_text (gsize length, gsize fragment)
{
  g_autofree char *text = g_strnfill (length, 'x');
  g_autoptr (GByteArray) wire = g_byte_array_new ();

  for (gsize at = 0; at < length; at += fragment) {
    gsize part = MIN (fragment, length - at);
    guint8 head = (guint8) ((at == 0 ? 0x01 : 0x00) | (at + part == length ? 0x80 : 0x00));

    append_frame (wire, head, text + at, part);
  }

  return feed (wire, 7);
}

static void
test_size (void)
{
  static const gsize fragments[] = { 1, 100, 200, MAX_MESSAGE + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (fragments); i++) {
    g_autofree char *largest = feed_text (MAX_MESSAGE, fragments[i]);
    g_autofree char *larger = feed_text (MAX_MESSAGE + 1, fragments[i]);

    g_assert_cmpuint (strlen (largest), ==, MAX_MESSAGE + 3);
    g_assert_cmpstr (larger, ==, "1009");
  }
}

static const struct {
  guint8 bytes[14];
  gsize length;
  DuoWebsocketParse parse;
  guint64 payload;
} headers[] = {
  { { 0x81 }, 1, DUO_WEBSOCKET_PARSE_MORE, 0 },
  { { 0x81, 0x80, 1, 2, 3 }, 5, DUO_WEBSOCKET_PARSE_MORE, 0 },
  { { 0x81, 0x80, 1, 2, 3, 4 }, 6, DUO_WEBSOCKET_PARSE_DONE, 0 },
  { { 0x81, 0x00 }, 2, DUO_WEBSOCKET_PARSE_INVALID, 0 },
  { { 0x81, 0xfe, 0, 126, 1, 2, 3, 4 }, 8, DUO_WEBSOCKET_PARSE_DONE, 126 },
  { { 0x81, 0xfe, 0, 125, 1, 2, 3, 4 }, 8, DUO_WEBSOCKET_PARSE_INVALID, 0 },
  { { 0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4 }, 14, DUO_WEBSOCKET_PARSE_DONE, 65536 },
  { { 0x81, 0xff, 0, 0, 0, 0, 0, 0, 255, 255, 1, 2, 3, 4 }, 14, DUO_WEBSOCKET_PARSE_INVALID, 0 },
  { { 0x81, 0xff, 128, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4 }, 14, DUO_WEBSOCKET_PARSE_INVALID, 0 },
  { { 0x89, 0xfe, 0, 126, 1, 2, 3, 4 }, 8, DUO_WEBSOCKET_PARSE_INVALID, 0 },
};

static void
test_headers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    DuoWebsocketFrame frame = { 0 };

    g_test_message ("%u", i);
    g_assert_cmpint (duo_websocket_frame_parse (headers[i].bytes, headers[i].length, &frame),
                     ==,
                     headers[i].parse);
    if (headers[i].parse == DUO_WEBSOCKET_PARSE_DONE)
      g_assert_cmpuint (frame.length, ==, headers[i].payload);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/websocket-reader/cases", test_cases);
  g_test_add_func ("/websocket-reader/size", test_size);
  g_test_add_func ("/websocket-reader/headers", test_headers);

  return g_test_run ();
}
