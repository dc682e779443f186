#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations: every file with strings is listed, and every language is whole and correct."""

import re
import sys
import tempfile
from pathlib import Path

SOURCE = Path(sys.argv[1])
sys.path.insert(0, str(SOURCE / "tests/support"))
import commands
import tap

PO = SOURCE / "po"
MARKED = re.compile(r'\b(_|N_|C_|NC_|ngettext|g_dngettext) ?\("|translatable="(yes|true|1)"')


def listed():
    return [
        line.strip()
        for line in (PO / "POTFILES.in").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def potfiles():
    names = set(listed())
    for name in names:
        assert (SOURCE / name).exists(), f"POTFILES.in names {name}, which is not there"
    marked = {
        str(path.relative_to(SOURCE))
        for path in (SOURCE / "src").rglob("*")
        if path.suffix in (".c", ".h", ".ui") and MARKED.search(path.read_text(encoding="utf-8"))
    }
    assert marked <= names, f"not in POTFILES.in: {sorted(marked - names)}"


def language(code, template):
    path = PO / f"{code}.po"
    commands.check("msgfmt", "--check", "--output-file=/dev/null", path)
    missing = commands.check("msgcmp", "--use-untranslated", path, template)
    assert "error" not in missing, missing
    counts = commands.check("msgfmt", "--statistics", "--output-file=/dev/null", path)
    assert "untranslated" not in counts and "fuzzy" not in counts, f"not whole: {counts}"


def extract(template):
    """The strings of today, as xgettext finds them with the keywords of meson's preset."""
    keywords = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]
    commands.check(
        "xgettext",
        "--from-code=UTF-8",
        "--add-comments",
        f"--directory={SOURCE}",
        f"--files-from={PO / 'POTFILES.in'}",
        f"--output={template}",
        *(f"--keyword={keyword}" for keyword in keywords),
    )


def main():
    plan = tap.Plan()
    plan.run("POTFILES.in", potfiles)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "duologue.pot"
        plan.run("strings", extract, template)
        for code in (PO / "LINGUAS").read_text(encoding="utf-8").split():
            plan.run(code, language, code, template)
    plan.finish()


if __name__ == "__main__":
    main()
