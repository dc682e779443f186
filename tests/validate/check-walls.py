#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The walls between the layers, tried with the compiler.

The compiler is asked, with the very options that meson compiles a layer with, for a header of each
other layer: it has to find those that the layer may use, and none of the others.
"""

import json
import shlex
import subprocess
import sys
from pathlib import Path

SOURCE, BUILD = (Path(argument) for argument in sys.argv[1:3])
sys.path.insert(0, str(SOURCE / "tests/support"))
import tap

MAY_USE = {
    "protocol": set(),
    "server": {"protocol"},
    "signaling": {"protocol"},
    "media": set(),
    "rtc": set(),
    "call": {"protocol", "signaling", "media", "rtc"},
    "render": set(),
    "cli": {"protocol", "signaling", "call", "media", "rtc"},
    "app": {"protocol", "server", "signaling", "call", "media", "rtc", "render"},
}
# What no layer below the windows may see.
TOOLKIT = "gtk/gtk.h"
MAY_USE_TOOLKIT = {"render", "app"}


def flags(layer):
    """The compiler and its options for a source file of the layer, None where it has none yet."""
    for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        if path.parent != SOURCE / "src" / layer or path.suffix != ".c":
            continue
        words = shlex.split(entry["command"])
        kept, skip = [], False
        for word in words:
            if skip or word in ("-c", str(entry["file"])):
                skip = False
            elif word in ("-o", "-MF", "-MQ"):
                skip = True
            elif word not in ("-MD", "-Winvalid-pch"):
                kept.append(word)
        return kept, entry["directory"]
    return None


def finds(command, directory, header):
    """Whether the compiler, with these options, finds the header."""
    done = subprocess.run(
        [*command, "-E", "-x", "c", "-"],
        input=f"#if !__has_include(<{header}>)\n#error not found\n#endif\n",
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0 or "not found" in done.stdout, done.stdout
    return done.returncode == 0


def wall(layer):
    found = flags(layer)
    if not found:
        raise tap.Skip(f"nothing is compiled from src/{layer}")
    command, directory = found
    for other in MAY_USE:
        header = next(iter(sorted((SOURCE / "src" / other).glob("duo-*.h"))), None)
        if other == layer or not header:
            continue
        allowed = other in MAY_USE[layer]
        verdict = finds(command, directory, header.name)
        assert verdict == allowed, (
            f"{layer} {'can' if verdict else 'cannot'} include {header.name} of {other}"
        )
    assert finds(command, directory, TOOLKIT) == (layer in MAY_USE_TOOLKIT), (
        f"{layer} and {TOOLKIT}"
    )


def main():
    plan = tap.Plan()
    for layer in MAY_USE:
        plan.run(layer, wall, layer)
    plan.finish()


if __name__ == "__main__":
    main()
