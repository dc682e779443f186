# SPDX-License-Identifier: GPL-3.0-or-later
"""What was built, as it is on the computer of somebody who uses it."""

import subprocess
import sys


def install(root, prefix, build):
    """Installs what was built, below a folder of its own, and gives the prefix there."""
    subprocess.run(
        ["meson", "install", "--no-rebuild", "--quiet", "-C", build, "--destdir", root],
        check=True,
        stdout=sys.stderr,
    )
    installed = f"{root}{prefix}"
    # With a staging folder in play meson leaves this to the packager.
    subprocess.run(
        ["glib-compile-schemas", "--strict", f"{installed}/share/glib-2.0/schemas"], check=True
    )
    return installed
