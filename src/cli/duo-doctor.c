/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-doctor.h"

#include <glib/gi18n.h>

typedef struct {
  char *what;
  DuoDoctorVerdict verdict;
  char *finding;
  char *mend; /* nullable */
} Finding;

struct _DuoDoctor {
  GPtrArray *findings; /* Owned */
};

static void
finding_free (Finding *finding)
{
  g_free (finding->what);
  g_free (finding->finding);
  g_free (finding->mend);
  g_free (finding);
}

/**
 * duo_doctor_new:
 *
 * Returns: (transfer full): an empty table
 */
DuoDoctor *
duo_doctor_new (void)
{
  DuoDoctor *self = g_new0 (DuoDoctor, 1);

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);

  return self;
}

/**
 * duo_doctor_free:
 * @self: (transfer full): a table
 *
 * Frees a table.
 */
void
duo_doctor_free (DuoDoctor *self)
{
  g_ptr_array_unref (self->findings);
  g_free (self);
}

/**
 * duo_doctor_add:
 * @self: a table
 * @what: what was looked at
 * @verdict: how it is
 * @finding: what was found
 * @mend: (nullable): what to do about it
 *
 * Adds a line.
 */
void
duo_doctor_add (DuoDoctor *self,
                const char *what,
                DuoDoctorVerdict verdict,
                const char *finding,
                const char *mend)
{
  Finding *entry = g_new0 (Finding, 1);

  entry->what = g_strdup (what);
  entry->verdict = verdict;
  entry->finding = g_strdup (finding);
  entry->mend = g_strdup (mend);
  g_ptr_array_add (self->findings, entry);
}

static glong
column_width (DuoDoctor *self)
{
  glong width = 0;

  for (guint i = 0; i < self->findings->len; i++) {
    const Finding *finding = g_ptr_array_index (self->findings, i);

    width = MAX (width, g_utf8_strlen (finding->what, -1));
  }

  return width;
}

/**
 * duo_doctor_print:
 * @self: a table
 *
 * Prints the table, with what to do below each line that needs it.
 */
void
duo_doctor_print (DuoDoctor *self)
{
  static const char *const marks[] = {
    [DUO_DOCTOR_GOOD] = "✓",
    [DUO_DOCTOR_HINT] = "–",
    [DUO_DOCTOR_BAD] = "✗",
  };
  glong width = column_width (self);

  for (guint i = 0; i < self->findings->len; i++) {
    const Finding *finding = g_ptr_array_index (self->findings, i);
    int padding = (int) (width - g_utf8_strlen (finding->what, -1));

    g_print ("%s %s%*s  %s\n",
             marks[finding->verdict],
             finding->what,
             padding,
             "",
             finding->finding);
    if (finding->mend != NULL)
      g_print ("  %*s  → %s\n", (int) width, "", finding->mend);
  }
}

/**
 * duo_doctor_is_well:
 * @self: a table
 *
 * Returns: whether calls work
 */
gboolean
duo_doctor_is_well (DuoDoctor *self)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const Finding *finding = g_ptr_array_index (self->findings, i);

    if (finding->verdict == DUO_DOCTOR_BAD)
      return FALSE;
  }

  return TRUE;
}
