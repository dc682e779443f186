#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PartyKit room: types, and locks that name no host."""

import sys
from pathlib import Path

SOURCE = Path(sys.argv[1])
sys.path.insert(0, str(SOURCE / "tests/support"))
import commands
import tap

PARTY = SOURCE / "src/party"


def types():
    commands.check("node", "collect-pages.mjs", cwd=PARTY)
    commands.check("node", "node_modules/typescript/bin/tsc", "--noEmit", cwd=PARTY)


def locks():
    for folder in ("src", "tests"):
        for path in (SOURCE / folder).rglob("package-lock.json"):
            if "node_modules" not in path.parts:
                assert '"resolved"' not in path.read_text(encoding="utf-8"), path


def main():
    plan = tap.Plan()
    plan.run("types of the PartyKit room", types)
    plan.run("lock files name no host", locks)
    plan.finish()


if __name__ == "__main__":
    main()
