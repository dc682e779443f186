/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-render"

#include "config.h"

#include "duo-render.h"

#include "duo-render-device.h"

#include <gtk/gtk.h>
#include <malloc.h>

static DuoRenderMode render_mode = DUO_RENDER_MODE_SOFTWARE;

/* Frames are megabytes. Left alone, malloc maps and unmaps each of them and every page is faulted
 * in anew, thirty times a second. One arena, because every peer connection starts a dozen threads
 * and each would leave an arena of its own behind. */
static void
prepare_malloc (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 256 << 20);
  mallopt (M_TRIM_THRESHOLD, 256 << 20);
  mallopt (M_ARENA_MAX, 1);
#endif
}

/* Keeps GTK from looking for GL at all, which would load LLVM. */
static void
disable_gl (void)
{
  if (gtk_get_major_version () == 4 && gtk_get_minor_version () < 16)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  else
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
}

/**
 * duo_render_prepare:
 *
 * Chooses how frames are painted, by what there is to paint with, and tells GTK through its
 * environment. Whoever has set `GSK_RENDERER` has chosen already and is obeyed.
 *
 * Call it first thing in `main()`: before gtk_init() and before there are threads.
 */
void
duo_render_prepare (void)
{
  const char *renderer = g_getenv ("GSK_RENDERER");
  gboolean software;

  if (renderer != NULL && *renderer != '\0')
    software = g_str_equal (renderer, "cairo");
  else
    software = !duo_render_device_is_present ("/dev/dri");

  render_mode = software ? DUO_RENDER_MODE_SOFTWARE : DUO_RENDER_MODE_TEXTURE;
  if (software) {
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
    disable_gl ();
  }

  prepare_malloc ();
  g_debug ("Painting by %s", software ? "the processor" : "OpenGL");
}

/**
 * duo_render_get_mode:
 *
 * Tells what duo_render_prepare() decided. Any thread.
 *
 * Returns: the mode; software before duo_render_prepare()
 */
DuoRenderMode
duo_render_get_mode (void)
{
  return render_mode;
}
