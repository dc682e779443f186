#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load on the room server, beside a plain relay in Node and PartyKit's development server."""

import atexit
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3]
SERVER, LOAD = sys.argv[1:3]
MODULES = SOURCE / "tests/server/conformance"
PARTY = SOURCE / "src/party"
RATE, SECONDS = 1000, 8
COLUMNS = ("connections", "kibPerConnection", "medianMs", "p99Ms", "cpuUsPerMessage", "received", "sent")


def start(*command, cwd=None):
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=cwd,
        start_new_session=True,
    )
    return process


def stop(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def read_port(process):
    return int(process.stdout.readline().split()[-1]), process.pid


def duologue():
    process = start(SERVER, "--port=0", "--stun-port=0")
    return process, *read_port(process)


def node():
    process = start("node", str(Path(__file__).parent / "ws-relay.mjs"), str(MODULES))
    return process, *read_port(process)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def workerd_of(parent):
    """The process that does the work among those that the development server starts."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text(encoding="utf-8")
        except OSError:
            continue
        if "(workerd)" in text and os.getpgid(int(stat.parent.name)) == parent:
            return int(stat.parent.name)
    return None


def start_partykit():
    """The development server, or None: right after a crowd it sometimes hangs at its start."""
    port = free_port()
    state = tempfile.mkdtemp(prefix="duo-party-")
    atexit.register(shutil.rmtree, state, ignore_errors=True)
    process = start(
        "node",
        "node_modules/partykit/dist/bin.mjs",
        "dev",
        f"--port={port}",
        f"--persist={state}",
        "--no-hotkeys",
        "--disable-request-cf-fetch",
        cwd=PARTY,
    )
    limit = threading.Timer(30, os.killpg, (process.pid, signal.SIGKILL))
    limit.start()
    for line in process.stdout:
        if "Ready on http" in line:
            limit.cancel()
            # It says a line for every request, and stops when nobody reads them.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return process, port, workerd_of(process.pid)
    limit.cancel()
    process.wait()
    return None


def partykit():
    for _ in range(3):
        started = start_partykit()
        if started is not None:
            return started
    raise RuntimeError("PartyKit's development server does not start")


def run(name, server, rooms, flood=False):
    process, port, pid = server()
    flooder = None
    try:
        if flood:
            flooder = start(LOAD, "flood", str(port), str(SECONDS + 10))
        done = subprocess.run(
            [LOAD, *map(str, (port, pid, rooms, RATE, SECONDS))],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"{name:28} does not get done", flush=True)
        return
    finally:
        if flooder:
            stop(flooder)
        stop(process)
    if done.returncode != 0:
        print(f"{name:28} failed: {done.stderr.strip().splitlines()[-1:]}", flush=True)
        return
    figures = json.loads(done.stdout)
    print(f"{name:28} " + " ".join(f"{figures[column]:>17}" for column in COLUMNS), flush=True)


def main():
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(20000, limit[1]), limit[1]))
    have_node = shutil.which("node") and (MODULES / "node_modules/ws").is_dir()
    have_party = shutil.which("node") and (PARTY / "node_modules/partykit").is_dir()

    print(f"{RATE} messages/s of 420 bytes for {SECONDS} s, load on the same machine")
    print(f"{'':28} " + " ".join(f"{column:>17}" for column in COLUMNS), flush=True)
    run("duologue-server", duologue, 500)
    run("duologue-server, flooded", duologue, 500, flood=True)
    run("duologue-server", duologue, 9000)
    if have_node:
        run("ws relay", node, 500)
        run("ws relay", node, 9000)
    if have_party:
        run("PartyKit dev", partykit, 500)
    if not have_node:
        print("No ws relay: run `npm ci` in tests/server/conformance for it")
    if not have_party:
        print("No PartyKit: run `npm ci` in src/party for it")


if __name__ == "__main__":
    main()
