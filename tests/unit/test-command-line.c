/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the command line asks for, and what it cannot mean. */

#include "config.h"

#include "duo-command-line.h"

#define LINK "https://calls.example.org/call#k7qm-4xwp-93h3"

typedef struct {
  const char *name;
  const char *arguments;
  const char *default_server;
  /* What is expected: the link (or "" for none), or else a word of the refusal. */
  const char *link;
  const char *refusal;
} Case;

static const Case cases[] = {
  { "nothing", "", NULL, "", NULL },
  { "link", LINK, NULL, LINK, NULL },
  { "app-link", "duologue:" LINK, NULL, LINK, NULL },
  { "http-link",
    "http://192.168.1.5:8080/call#K7QM4XWP93H3",
    NULL,
    "http://192.168.1.5:8080/call#k7qm-4xwp-93h3",
    NULL },
  { "open-room",
    "ws://localhost:1999/parties/main/demo",
    NULL,
    "ws://localhost:1999/parties/main/demo",
    NULL },
  { "code", "k7qm-4xwp-93h3", "https://calls.example.org", LINK, NULL },
  { "code-and-server", "--server calls.example.org k7qm4xwp93h3", NULL, NULL, "server" },
  { "code-and-server-url",
    "--server https://calls.example.org k7qm4xwp93h3",
    "https://other.example",
    LINK,
    NULL },
  { "code-alone", "k7qm-4xwp-93h3", NULL, NULL, "needs a server" },
  { "mistyped", "https://calls.example.org/call#k7qm-4xwp-93h4", NULL, NULL, "typing mistake" },
  { "short-code", "https://calls.example.org/call#k7qm", NULL, NULL, "12 letters" },
  { "no-code", "https://calls.example.org/call", NULL, NULL, "12 letters" },
  { "user-info",
    "https://ada:secret@calls.example.org/call#k7qm-4xwp-93h3",
    NULL,
    NULL,
    "user name" },
  { "path", "https://calls.example.org/join#k7qm-4xwp-93h3", NULL, NULL, "does not lead" },
  { "second-hash", "https://calls.example.org/call#k7qm-4xwp#93h3", NULL, NULL, "second" },
  { "host", "https:///call#k7qm-4xwp-93h3", NULL, NULL, "makes no sense" },
  { "scheme", "ftp://calls.example.org/call#k7qm-4xwp-93h3", NULL, NULL, "no link" },
  { "two-links", LINK " " LINK, NULL, NULL, "one link" },
  { "new-and-link", "--new " LINK, NULL, NULL, "--new" },
  { "copy-without-new", "--copy-link " LINK, NULL, NULL, "--new" },
  { "join-without-link", "--join", NULL, NULL, "--join" },
  { "bad-server", "--new --server ftp://example.org", NULL, NULL, "server" },
};

/* Reads the arguments as GApplication does. */
static GVariantDict *
read_options (const char *arguments)
{
  g_autofree char *command = g_strconcat ("duologue ", arguments, NULL);
  GVariantDict *options = g_variant_dict_new (NULL);
  g_auto (GStrv) argv = NULL;
  int argc;

  g_assert_true (g_shell_parse_argv (command, &argc, &argv, NULL));
  for (int i = 1; i < argc; i++) {
    const char *name = argv[i] + 2;

    if (!g_str_has_prefix (argv[i], "--")) {
      g_variant_dict_insert_value (options,
                                   G_OPTION_REMAINING,
                                   g_variant_new_strv ((const char **) argv + i, argc - i));
      break;
    }
    if (g_str_equal (name, "server") || g_str_equal (name, "name"))
      g_variant_dict_insert (options, name, "s", argv[++i]);
    else
      g_variant_dict_insert (options, name, "b", TRUE);
  }
  return options;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GVariantDict) options = read_options (test->arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoCommandLine) line = duo_command_line_parse (options, test->default_server, &error);
  g_autofree char *link = NULL;

  if (test->refusal != NULL) {
    g_assert_null (line);
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, test->refusal));
    /* One line, a whole sentence. */
    g_assert_null (strchr (error->message, '\n'));
    g_assert_true (g_str_has_suffix (error->message, "."));
    return;
  }
  g_assert_no_error (error);
  link = line->link != NULL ? duo_join_link_to_string (line->link) : g_strdup ("");
  g_assert_cmpstr (link, ==, test->link);
}

static void
test_switches (void)
{
  g_autoptr (GVariantDict) options =
    read_options ("--new --copy-link --join --no-camera --no-microphone --test-media "
                  "--name ' Ada\tLovelace '");
  g_autoptr (GVariantDict) none = read_options ("");
  g_autoptr (DuoCommandLine) line = duo_command_line_parse (options, NULL, NULL);
  g_autoptr (DuoCommandLine) plain = duo_command_line_parse (none, NULL, NULL);

  g_assert_true (line->new_call && line->copy_link && line->join && line->test_media);
  g_assert_false (line->camera || line->microphone);
  g_assert_nonnull (line->name);
  g_assert_null (strchr (line->name, '\t'));
  g_assert_false (plain->new_call || plain->copy_link || plain->join || plain->test_media);
  g_assert_true (plain->camera && plain->microphone);
  g_assert_null (plain->name);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/command-line/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/command-line/switches", test_switches);
  return g_test_run ();
}
