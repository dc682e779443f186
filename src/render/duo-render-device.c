/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-render"

#include "config.h"

#include "duo-render-device.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Two calls of the kernel's stable interface, spelled out here to need no headers of libdrm. */
typedef struct {
  int version[3];
  gsize name_length;
  char *name;
  gsize date_length;
  char *date;
  gsize description_length;
  char *description;
} DrmVersion;

typedef struct {
  guint64 parameter;
  guint64 value;
} VirtioParameter;

#define IOCTL_DRM_VERSION _IOWR ('d', 0x00, DrmVersion)
#define IOCTL_VIRTIO_GET_PARAMETER _IOWR ('d', 0x43, VirtioParameter)
#define VIRTIO_PARAMETER_3D_FEATURES 1

/* Kernel drivers with a render node and nothing behind it that draws. */
static const char *const drivers_without_gpu[] = { "vgem", "vkms", "udl", "simpledrm", NULL };

/* A virtual machine's card has a render node whether or not the host draws for it. */
static gboolean
virtio_has_3d (int fd)
{
  int has_3d = 0;
  VirtioParameter parameter = {
    .parameter = VIRTIO_PARAMETER_3D_FEATURES,
    .value = (guint64) (gsize) &has_3d,
  };

  return ioctl (fd, IOCTL_VIRTIO_GET_PARAMETER, &parameter) == 0 && has_3d != 0;
}

static gboolean
node_is_gpu (const char *path)
{
  char name[32] = "";
  DrmVersion version = { .name = name, .name_length = sizeof name - 1 };
  gboolean is_gpu;
  int fd;

  fd = open (path, O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    g_debug ("%s cannot be opened: %s", path, g_strerror (errno));
    return FALSE;
  }

  if (ioctl (fd, IOCTL_DRM_VERSION, &version) != 0)
    is_gpu = FALSE;
  else if (g_str_equal (name, "virtio_gpu"))
    is_gpu = virtio_has_3d (fd);
  else
    is_gpu = !g_strv_contains (drivers_without_gpu, name);

  g_debug ("%s: driver “%s”, %s", path, name, is_gpu ? "a GPU" : "no GPU");
  close (fd);
  return is_gpu;
}

/**
 * duo_render_device_is_present:
 * @directory: where the kernel's render nodes are: `/dev/dri`
 *
 * Tells whether a graphics processor is there and may be used by this process.
 *
 * The kernel is asked instead of OpenGL: a query of GL in a process without a GPU loads Mesa's
 * llvmpipe, and LLVM with it, which costs 30 MiB that never come back; a child process that did
 * it would cost tens of milliseconds at every start.
 *
 * Returns: %TRUE if there is a usable render node
 */
gboolean
duo_render_device_is_present (const char *directory)
{
  g_autoptr (GDir) nodes = NULL;
  const char *name;

  g_return_val_if_fail (directory != NULL, FALSE);

  nodes = g_dir_open (directory, 0, NULL);
  while (nodes != NULL && (name = g_dir_read_name (nodes)) != NULL) {
    g_autofree char *path = g_build_filename (directory, name, NULL);

    if (g_str_has_prefix (name, "renderD") && node_is_gpu (path))
      return TRUE;
  }

  return FALSE;
}
