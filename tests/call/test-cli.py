#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls between processes of duologue-cli, through a process of duologue-server.

Usage: test-cli.py DUOLOGUE-CLI DUOLOGUE-SERVER [SUBTEST…]
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
import cli  # noqa: E402
import tap  # noqa: E402

PROGRAMS = sys.argv[1:3]


def is_measured(report):
    """Whether there is of everything that is measured in a call, which comes bit by bit."""
    return (
        report.get("roundTripMs", -1) >= 0
        and report.get("receiveVideoBitrate", 0) > 0
        and report.get("receiveAudioBitrate", 0) > 0
        and report["remotePeak"] > 0.01
    )


def check_summary(summary, other):
    assert summary["type"] == "summary"
    assert summary["state"] == "ended"
    assert summary["fingerprintVerified"]
    assert summary["remoteName"] == other
    assert summary["setupMs"] > 0
    assert summary["framesSent"] > 20 and summary["framesDecoded"] > 20
    assert summary["microphonePeak"] > 0.01 and summary["remotePeak"] > 0.01, "no tone"
    assert summary["roundTripMs"] >= 0
    assert summary["receiveVideoBitrate"] > 0 and summary["receiveAudioBitrate"] > 0
    assert summary["localCandidateType"] and summary["remoteCandidateType"]
    assert len(summary["emoji"]) == 4


def test_call():
    with cli.Bench(*PROGRAMS) as bench:
        ada = bench.join("Ada")
        ben = bench.join("Ben", stdin=True)
        for join in ada, ben:
            join.frames(40)
            join.until(is_measured)
        ada.signal(signal.SIGTERM)
        status, ours = ada.finish()
        assert status == 0, f"exit status {status}"
        status, theirs = ben.finish()
        assert status == 0, f"exit status {status}"
        check_summary(ours, "Ben")
        check_summary(theirs, "Ada")
        assert ours["emoji"] == theirs["emoji"]
        assert ours["endReason"] == "left"
        assert theirs["endReason"] == "remote-left"


def test_record():
    with cli.Bench(*PROGRAMS) as bench:
        path = os.path.join(bench.directory.name, "call.webm")
        ada = bench.join("Ada", "--record", path)
        bench.join("Ben")
        ada.frames(90)
        ada.signal(signal.SIGINT)
        assert ada.finish()[0] == 0
        result = subprocess.run(
            ["gst-launch-1.0", "-e", "-v", "filesrc", f"location={path}", "!", "matroskademux",
             "name=d", "d.video_0", "!", "queue", "!", "vp8dec", "!", "fakesink", "silent=false",
             "name=picture", "d.audio_0", "!", "queue", "!", "opusdec", "!", "fakesink",
             "silent=false", "name=sound"],
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        for name, least in (("picture", 60), ("sound", 100)):
            count = result.stdout.count(f"{name}: last-message = chain")
            assert count >= least, f"only {count} of {name} in the recording"
        status = bench.join("Cem", "--record", "/nowhere/call.webm").finish()[0]
        assert status == 1, f"exit status {status}"


def test_interrupt():
    with cli.Bench(*PROGRAMS) as bench:
        ada, ben = bench.call()
        began = time.monotonic()
        ada.signal(signal.SIGINT)
        assert ada.finish()[0] == 0
        assert ben.finish()[1]["endReason"] == "remote-left"
        assert time.monotonic() - began < 5


def test_control():
    """The link and the commands after it come from standard input."""
    with cli.Bench(*PROGRAMS) as bench:
        ada = bench.join("Ada", "--control", stdin=True)
        ben = bench.join("Ben")
        for join in ada, ben:
            join.frames()
        ada.say("camera off\nmicrophone off")
        ben.until(lambda report: not report["remoteCamera"] and not report["remoteMicrophone"])
        ada.say("dance\n\nmicrophone on")
        ben.until(lambda report: not report["remoteCamera"] and report["remoteMicrophone"])
        ada.say("camera on")
        ben.until(lambda report: report["remoteCamera"])
        ben.frames(40)
        ada.say("hang-up")
        assert ada.finish()[1]["endReason"] == "left"
        assert ben.finish()[1]["endReason"] == "remote-left"


def test_open_room():
    """Two apps in an open room greet each other, however much one of them calls."""
    with cli.Bench(*PROGRAMS) as bench:
        assert bench.run("join", "--call", bench.link).returncode == 2
        bench.link = bench.server.url.replace("http", "ws") + "/parties/main/lobby"
        ada = bench.join("Ada", "--call")
        ada.state("waiting")
        ben = bench.join("Ben", "--call")
        for join in ada, ben:
            join.state("connected")
            join.frames()
            report, _ = join.until(lambda report: report["safety"] == "emoji")
            assert report["remoteName"], "a hello, and so a name"
        ben.signal(signal.SIGINT)
        assert ada.finish()[1]["endReason"] == "remote-left"


def test_alone():
    with cli.Bench(*PROGRAMS) as bench:
        status, summary = bench.join("Ada", "--duration", "2").finish()
        assert status == 1, f"exit status {status}"
        assert summary["framesDecoded"] == 0 and summary["setupMs"] is None


def test_server_killed():
    with cli.Bench(*PROGRAMS) as bench:
        ada, ben = bench.call()
        bench.server.process.kill()
        bench.server.process.wait()
        ada.until(lambda report: not report["signalingConnected"])
        ada.frames(60)
        assert {report["state"] for _, report in ada.reports[-2:]} == {"connected"}

        bench.server.start()
        ada.until(lambda report: report["signalingConnected"])
        ben.until(lambda report: report["signalingConnected"])
        ada.frames(30)
        assert ada.reports[-1][1]["state"] == "connected"

        bench.server.process.kill()
        bench.server.process.wait()
        ada.until(lambda report: not report["signalingConnected"])
        ben.signal(signal.SIGINT)
        assert ada.finish()[1]["endReason"] == "remote-left"


def test_peer_killed():
    """SIGKILL: reconnecting within 6 s, leaving is offered by 10 s, and who comes back is back."""
    with cli.Bench(*PROGRAMS) as bench:
        ada, ben = bench.call()
        emoji = ada.reports[-1][1]["emoji"]
        began = time.monotonic()
        ben.kill()
        report, at = ada.state("reconnecting")
        # 6 s, and up to one until the next report.
        assert at - began < 7, f"noticed after {at - began:.1f} s"
        assert report["trouble"] == "remote", report["trouble"]
        assert not report["canGiveUp"]
        _, at = ada.until(lambda report: report["canGiveUp"])
        assert at - began < 11.5, f"to be left after {at - began:.1f} s"

        again = bench.join("Ben")
        report, _ = ada.state("connected")
        again.state("connected")
        assert not report["canGiveUp"]
        ada.frames()
        again.frames()
        assert ada.reports[-1][1]["emoji"] == again.reports[-1][1]["emoji"] != emoji
        again.signal(signal.SIGINT)
        assert ada.finish()[1]["endReason"] == "remote-left"


def test_peer_restarted_at_once():
    """Back before anybody has noticed that it was gone."""
    with cli.Bench(*PROGRAMS) as bench:
        ada, ben = bench.call()
        ben.kill()
        again = bench.join("Ben")
        again.state("connected")
        again.frames()
        ada.state("connected")
        ada.frames()


def test_peer_frozen():
    """Longer than a connection is waited for: there is a new one, of provably the same person."""
    with cli.Bench(*PROGRAMS) as bench:
        ada, ben = bench.call()
        emoji = ada.reports[-1][1]["emoji"]
        ben.signal(signal.SIGSTOP)
        ada.state("reconnecting")
        time.sleep(5)
        ben.signal(signal.SIGCONT)
        for join in ada, ben:
            join.state("connected")
            join.frames(40)
        report, _ = ada.state("connected")
        assert report["emoji"] == emoji, "other emoji, though the same person"


def test_full():
    with cli.Bench(*PROGRAMS) as bench:
        bench.call()
        cem = bench.join("Cem")
        cem.until(lambda report: report["roomFull"])
        cem.signal(signal.SIGINT)
        assert cem.finish()[0] == 1


def test_links():
    with cli.Bench(*PROGRAMS) as bench:
        for link, words in (
            ("nonsense", ""),
            ("https://host.example/elsewhere#k7qm-4xwp-93h3", ""),
            ("https://host.example/call#k7qm-4xwp-93h4", ""),
            ("k7qm-4xwp-93h3", "--server"),
        ):
            result = bench.run("join", link)
            assert result.returncode == 2, f"{link}: {result.returncode}"
            assert result.stderr.count("\n") == 1 and words in result.stderr, result.stderr
        assert bench.run("new").returncode == 2
        assert bench.run("new", "--server", "nonsense://").returncode == 2
        assert bench.run("join").returncode == 2
        assert bench.run("join", "--stats", "xml", bench.link).returncode == 2
        assert bench.run("dance").returncode == 2
        assert bench.run("--help").returncode == 0
        assert "duologue-cli" in bench.run("--version").stdout


class StunServer(threading.Thread):
    """Answers a Binding, and refuses an Allocate as a TURN server does without credentials."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.start()

    def run(self):
        while True:
            request, sender = self.socket.recvfrom(1500)
            answer = {1: b"\x01\x01", 3: b"\x01\x13"}[request[1]]
            self.socket.sendto(answer + b"\0\0" + request[4:20], sender)


def test_doctor():
    with cli.Bench(*PROGRAMS) as bench:
        stun = StunServer().address
        result = bench.run(
            "doctor", "--server", bench.server.url, "--ice", f"stun:{stun}", "--ice", f"turn:{stun}"
        )
        assert result.returncode == 0, result.stdout + result.stderr
        for line in ("✓ Connections", "✓ Room server", "✓ STUN server", "✓ TURN server"):
            assert line in result.stdout, f"no “{line}” in {result.stdout}"

        nobody = bench.server.url
        bench.server.stop()
        result = bench.run("doctor", "--server", nobody, "--ice", "stun:127.0.0.1:9")
        assert result.returncode == 1
        for line in ("✗ Room server", "✗ STUN server", "→"):
            assert line in result.stdout, f"no “{line}” in {result.stdout}"
        assert bench.run("doctor", "please").returncode == 2


def main():
    plan = tap.Plan()
    for name, function in list(globals().items()):
        if name.startswith("test_") and (len(sys.argv) < 4 or name[5:] in sys.argv[3:]):
            plan.run(name[5:].replace("_", "-"), function)
    plan.finish()


main()
