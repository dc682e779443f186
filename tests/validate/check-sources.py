#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules that every source file keeps: format, licence line, length, no loose ends."""

import re
import sys
from pathlib import Path

SOURCE = Path(sys.argv[1])
sys.path.insert(0, str(SOURCE / "tests/support"))
import commands
import tap

FORMATTER = "14"
LONGEST = 450
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
LOOSE_END = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")


def sources(*suffixes):
    for folder in ("src", "tests"):
        for path in sorted((SOURCE / folder).rglob("*")):
            if path.suffix in suffixes and "node_modules" not in path.parts:
                yield path


def report(faults):
    assert not faults, "\n".join(faults)


def formatted():
    version = commands.check("clang-format", "--version")
    if f"version {FORMATTER}." not in version:
        raise tap.Skip(f"formatted by clang-format {FORMATTER}, this is {version.strip()}")
    files = list(sources(".c", ".h"))
    commands.check("clang-format", "--dry-run", "-Werror", *files, cwd=SOURCE)


def licensed():
    files = [*sources(".c", ".h", ".py", ".js", ".mjs", ".ts")]
    report(
        [
            f"{path.relative_to(SOURCE)}: no licence line"
            for path in files
            if LICENCE not in path.read_text(encoding="utf-8")[:200]
        ]
    )


def short_enough():
    faults = []
    for path in sources(".c", ".h", ".py", ".js", ".mjs", ".ts"):
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST:
            faults.append(f"{path.relative_to(SOURCE)}: {lines} lines, {LONGEST} are the limit")
    report(faults)


def finished():
    faults = []
    for path in sources(".c", ".h", ".py", ".js", ".mjs", ".ts", ".ui", ".build"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if LOOSE_END.search(line):
                faults.append(f"{path.relative_to(SOURCE)}:{number}: {line.strip()}")
    report(faults)


def main():
    plan = tap.Plan()
    plan.run("format", formatted)
    plan.run("licence lines", licensed)
    plan.run("length of files", short_enough)
    plan.run("no loose ends", finished)
    plan.finish()


if __name__ == "__main__":
    main()
