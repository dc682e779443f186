#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files around the code: desktop entry, metainfo, schema, icons, .ui files, manuals, manifest."""

import json
import re
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

SOURCE, BUILD = (Path(argument) for argument in sys.argv[1:3])
sys.path.insert(0, str(SOURCE / "tests/support"))
import commands
import tap

APP_ID = "io.github.duologue.Duologue"
DATA = SOURCE / "data"


def desktop_entry():
    commands.check("desktop-file-validate", BUILD / f"data/{APP_ID}.desktop")


def metainfo():
    path = BUILD / f"data/{APP_ID}.metainfo.xml"
    commands.check("appstreamcli", "validate", "--no-net", path)
    version = xml.parse(path).find("releases/release").get("version")
    assert version == sys.argv[3], f"the newest release is {version}, the project {sys.argv[3]}"


def schema():
    commands.check("glib-compile-schemas", "--strict", "--dry-run", DATA)


def icon(path, size):
    commands.check("xmllint", "--noout", "--nonet", path)
    root = xml.parse(path).getroot()
    assert root.get("viewBox") == f"0 0 {size} {size}", f"the view box is {root.get('viewBox')}"
    with tempfile.TemporaryDirectory() as folder:
        commands.check("rsvg-convert", "--width=16", f"--output={folder}/icon.png", path)


def resources(manifest):
    """What a GResource names is there, well-formed, and nothing beside it was forgotten."""
    named = set()
    for file in xml.parse(manifest).iter("file"):
        path = manifest.parent / file.text
        named.add(path)
        assert path.exists(), f"{manifest.name} names {file.text}, which is not there"
        if path.suffix in (".ui", ".svg"):
            commands.check("xmllint", "--noout", "--nonet", path)
    forgotten = set(manifest.parent.rglob("*.ui")) - named
    assert not forgotten, f"not in {manifest.name}: {sorted(str(path) for path in forgotten)}"


def manual(path):
    commands.check("mandoc", "-T", "lint", "-W", "warning", path)
    assert ".Os Duologue" in path.read_text(encoding="utf-8"), "no .Os Duologue"


def manifest():
    path = SOURCE / f"flatpak/{APP_ID}.json"
    root = json.loads(path.read_text(encoding="utf-8"))
    assert root["id"] == APP_ID
    for argument in root["finish-args"]:
        refused = re.match(r"--(filesystem|device=all|socket=(session|system)-bus)", argument)
        assert not refused, f"the sandbox has a hole: {argument}"


def units():
    """systemd finds no fault with the units, and rates the service as its comment says."""
    with tempfile.TemporaryDirectory() as folder:
        service = Path(folder) / "duologue-server.service"
        text = (DATA / "systemd/duologue-server.service.in").read_text(encoding="utf-8")
        service.write_text(text.replace("@bindir@", str(BUILD / "src/server")), encoding="utf-8")
        socket = Path(folder) / "duologue-server.socket"
        socket.write_bytes((DATA / "systemd/duologue-server.socket").read_bytes())
        said = commands.check("systemd-analyze", "verify", "--man=no", service, socket)
        assert not said.strip(), said
        rating = commands.check("systemd-analyze", "security", "--offline=true", service)
    figure = re.search(r"exposure level for \S+: ([0-9.]+)", rating).group(1)
    assert f"its exposure {figure}, of 10" in text, f"it is {figure} today"


def main():
    plan = tap.Plan()
    plan.run("desktop entry", desktop_entry)
    plan.run("metainfo", metainfo)
    plan.run("settings schema", schema)
    plan.run("icon", icon, DATA / f"icons/{APP_ID}.svg", 128)
    plan.run("symbolic icon", icon, DATA / f"icons/{APP_ID}-symbolic.svg", 16)
    for path in sorted(SOURCE.glob("src/**/*.gresource.xml")):
        plan.run(f"resources of {path.relative_to(SOURCE)}", resources, path)
    for path in sorted(DATA.glob("man/*.1")):
        plan.run(f"manual {path.name}", manual, path)
    plan.run("Flatpak manifest", manifest)
    plan.run("systemd units", units)
    plan.finish()


if __name__ == "__main__":
    main()
