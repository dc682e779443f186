# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the linters: what they say is told when they object."""

import shutil
import subprocess

import tap


def check(*command, **options):
    """Runs a command that has to succeed; returns what it printed."""
    if not shutil.which(str(command[0])):
        raise tap.Skip(f"{command[0]} is not installed")
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        **options,
    )
    words = " ".join(str(part) for part in command[:4])
    assert done.returncode == 0, f"{words} …: status {done.returncode}\n{done.stdout}"
    return done.stdout
