/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-target.h"

#include <stdlib.h>
#include <string.h>

/* Stands in for libFuzzer where the compiler has none: runs a target on each file of a folder and
 * then on so many mutations of them. The same numbers make the same inputs. */

#define SEED 20261120
#define MAX_STEPS 6
#define MAX_BYTES (16 * 1024)

/* What a grammar trips over, and random bytes seldom are. */
static const char *const pieces[] = {
  "\"",
  "\\",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "null",
  "true",
  "-1",
  "0",
  "1e3",
  "1.5",
  "\"to\":",
  "#",
  "@",
  "/",
  "?",
  "%",
  "%00",
  "://",
  "\\u0000",
  "\\ud83d",
  "\xff",
  "\xc3",
  "\xe2\x80\xae",
  "\n",
  " ",
  "-",
  "[::1]",
  ":0",
  "wss",
  "duologue:",
  "=",
  "==",
  "AAAA",
  "9007199254740991",
  "9007199254740992",
  "\"type\":\"hello\",",
  "\"seq\":1,",
  "{\"a\":1,\"a\":1}",
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
load_corpus (const char *folder, GPtrArray *corpus)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  /* The order of a folder is the file system's, and the inputs shall be the same everywhere. */
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++) {
    g_autofree char *text = NULL;
    gsize length = 0;

    g_file_get_contents (g_ptr_array_index (names, i), &text, &length, &error);
    g_assert_no_error (error);
    g_ptr_array_add (corpus, g_byte_array_new_take ((guint8 *) g_steal_pointer (&text), length));
  }
}

static void
insert (GByteArray *input, guint at, const guint8 *data, guint length)
{
  guint old_length = input->len;

  if (length == 0 || old_length + length > MAX_BYTES)
    return;
  g_byte_array_set_size (input, old_length + length);
  memmove (input->data + at + length, input->data + at, old_length - at);
  memcpy (input->data + at, data, length);
}

static void
mutate (GByteArray *input, GPtrArray *corpus, GRand *rand)
{
  guint at = g_rand_int_range (rand, 0, (gint32) input->len + 1);
  guint rest = input->len - at;
  guint length = rest > 0 ? (guint) g_rand_int_range (rand, 1, (gint32) MIN (rest, 32) + 1) : 0;
  const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];
  const GByteArray *other =
    g_ptr_array_index (corpus, g_rand_int_range (rand, 0, (gint32) corpus->len));

  switch (g_rand_int_range (rand, 0, 6)) {
  case 0:
    if (rest > 0)
      input->data[at] ^= 1 << g_rand_int_range (rand, 0, 8);
    break;
  case 1:
    if (rest > 0)
      input->data[at] = (guint8) g_rand_int (rand);
    break;
  case 2:
    g_byte_array_remove_range (input, at, length);
    break;
  case 3: {
    g_autofree guint8 *copy = g_memdup2 (input->data + at, length);

    insert (input, at, copy, length);
    break;
  }
  case 4:
    insert (input, at, (const guint8 *) piece, strlen (piece));
    break;
  default:
    /* The beginning of one and the end of another. */
    g_byte_array_set_size (input, at);
    if (at < other->len)
      g_byte_array_append (input, other->data + at, other->len - at);
    break;
  }
}

/* The input is handed over in a block of its own size, so that reading behind it is noticed. */
static void
run (const GByteArray *input)
{
  g_autofree guint8 *data = g_memdup2 (input->data, input->len);

  LLVMFuzzerTestOneInput (data, input->len);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) corpus =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GByteArray) input = g_byte_array_new ();

  if (argc != 3) {
    g_printerr ("Usage: %s RUNS FOLDER\n", argv[0]);
    return 2;
  }
  load_corpus (argv[2], corpus);
  g_assert_cmpuint (corpus->len, >, 0);
  for (guint i = 0; i < corpus->len; i++)
    run (g_ptr_array_index (corpus, i));

  for (guint64 i = 0; i < g_ascii_strtoull (argv[1], NULL, 10); i++) {
    const GByteArray *seed =
      g_ptr_array_index (corpus, g_rand_int_range (rand, 0, (gint32) corpus->len));
    gint32 n_steps = g_rand_int_range (rand, 1, MAX_STEPS + 1);

    g_byte_array_set_size (input, 0);
    g_byte_array_append (input, seed->data, seed->len);
    for (gint32 step = 0; step < n_steps; step++)
      mutate (input, corpus, rand);
    run (input);
  }

  return 0;
}
