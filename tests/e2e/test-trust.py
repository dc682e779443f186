#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom one can trust, and who may start calls: open rooms, access tokens, the server's own words,
and calls that may only go through a relay."""

import signal
import subprocess
import tempfile
import urllib.request
from pathlib import Path

import stage as theatre
from stage import wait_text
import a11y
import cli

UNVERIFIED = "Open room: its server can read the introduction, and nobody has been verified yet"
LOST = "No longer verified: compare the pictures again"
WAITING = "Waiting for Somebody to Join"


class Trust:
    def __init__(self, stage, folder):
        self.stage = stage
        self.ada = stage.seat(theatre.ADA)
        self.grace = stage.seat(theatre.GRACE)
        self.program = stage.bench.server.program
        self.secret = Path(folder) / "secret"
        self.secret.write_text("0123456789abcdef" * 4 + "\n", encoding="utf-8")
        self.guarded = cli.Server(self.program, f"--access-secret-file={self.secret}")
        self.open_link = f"ws://127.0.0.1:{stage.bench.server.port}/parties/main/kitchen"

    def token(self, *options):
        command = [self.program, "token", "--for=Ada", "--days=1", *options]
        done = subprocess.run(
            [*command, f"--access-secret-file={self.secret}"],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def open_room(self):
        """It says that nobody is verified until somebody is, at the end where that is said."""
        for person in self.stage.people:
            person.start("--join", "--test-media", self.open_link)
        self.ada.desk.find("button", UNVERIFIED)
        for person, other in ((self.ada, "Grace"), (self.grace, "Ada")):
            person.desk.find("label", other, timeout=40)
            person.desk.find("button", UNVERIFIED)

        # Twice, as the pictures may come only after what they hang from.
        for _ in range(2):
            self.ada.desk.key("Escape")
            self.ada.desk.wait_gone("label", "Compare These Pictures")
            self.ada.desk.press("button", UNVERIFIED)
            self.ada.desk.find("label", "Compare These Pictures")
        self.stage.picture(self.ada, "trust-compare")
        # What the pictures hang from has given the focus to it.
        self.ada.desk.key("space")
        self.ada.desk.find("label", "Verified")
        self.ada.desk.wait_gone("button", UNVERIFIED)
        self.stage.picture(self.ada, "trust-verified")
        self.ada.desk.key("Escape")
        self.grace.desk.find("button", UNVERIFIED)

    def somebody_else(self):
        """Whoever comes in the place of the other is not verified, and that is said."""
        self.grace.desk.kill()
        self.ada.desk.find("label", "Reconnecting…")
        self.grace.start("--join", "--test-media", self.open_link)
        self.ada.desk.find("button", LOST, timeout=60)
        self.ada.desk.find("label", "Grace", timeout=60)
        self.stage.picture(self.ada, "trust-lost")
        self.grace.desk.signal(signal.SIGTERM)
        wait_text(self.ada, "Grace left.")
        self.quit()

    def is_token_taken(self):
        """Pressed where the focus is, which comes to the row once the page is there."""
        self.ada.desk.key("Return")
        row = "Another access token"
        # An empty entry has nothing to say but its name.
        return self.ada.desk.shows("text", row) and self.ada.desk.text("text", row) == row

    def enter_token(self, row, token, shot):
        """In the preferences, where a page has led."""
        self.ada.desk.press("button", "Preferences")
        self.ada.desk.type("text", row, token)
        a11y.wait_until(self.is_token_taken, "the token to be taken")
        self.stage.picture(self.ada, shot)
        self.ada.desk.key("Escape")

    def not_started(self):
        """Who has no token reads so, and where to enter it."""
        self.ada.set("server", self.guarded.url)
        self.ada.start("--new", "--join", "--test-media")
        self.ada.desk.find("label", "Not Started Yet")
        self.stage.picture(self.ada, "trust-not-started")
        self.enter_token("Access token", "aaa.bbb.ccc", "trust-token")
        self.ada.desk.press("button", "Leave")
        self.ada.desk.press("button", "Rejoin")

    def not_accepted(self):
        """A token that is not good leads back to where another is entered, which starts the call."""
        self.ada.desk.find("label", "Not Allowed")
        self.stage.picture(self.ada, "trust-not-allowed")
        self.enter_token("Another access token", self.token(), "trust-another-token")
        self.ada.desk.press("button", "Rejoin")
        self.ada.desk.find("label", WAITING)

    def announcement(self):
        """What the server says stands under its name, as it is."""
        assert self.ada.start_again(f"{self.guarded.url.replace('http', 'ws')}/parties/main/hall")
        self.ada.desk.press("button", "Leave")
        self.ada.desk.press("button", "Join")
        self.ada.desk.find("label", WAITING)
        request = urllib.request.Request(
            f"{self.guarded.url}/parties/main/hall",
            data=b"Tea at five. <b>No</b> https://links.example",
            headers={"Authorization": f"Bearer {self.token('--announce')}"},
        )
        with urllib.request.urlopen(request, timeout=a11y.PATIENCE) as answer:
            assert answer.status < 300, answer.status
        wait_text(self.ada, "says: Tea at five. <b>No</b> https://links.example")
        self.stage.picture(self.ada, "trust-announcement")
        self.ada.desk.press("button", "Dismiss")
        self.ada.desk.wait_gone("button", "Dismiss")
        self.ada.desk.press("button", "Hang up")

    def relay_only(self):
        """Without a relay such a call says what to do as it begins."""
        # A program that runs hears of the change in its own time.
        self.ada.desk.find("button", "Rejoin")
        self.quit()
        self.ada.set("relay-only", "true")
        self.ada.start("--join", "--test-media", self.open_link)
        self.ada.desk.find("label", "No Relay")
        self.stage.picture(self.ada, "trust-no-relay")
        self.ada.desk.press("button", "Preferences")
        self.ada.desk.find("label", "Relay only")
        self.stage.picture(self.ada, "trust-connection")
        self.ada.desk.key("Escape")
        # Keys go to the newest window.
        self.ada.desk.wait_gone("label", "Relay only")

    def quit(self):
        self.ada.desk.key("ctrl+q")
        assert self.ada.desk.wait_exit() == 0, self.ada.desk.log()


def main():
    with theatre.Stage() as stage, tempfile.TemporaryDirectory() as folder:
        trust = Trust(stage, folder)
        try:
            stage.perform(
                (
                    ("an open room, and pictures compared", trust.open_room),
                    ("somebody else in the place of the other", trust.somebody_else),
                    ("a call that only a token starts", trust.not_started),
                    ("a token that is not good", trust.not_accepted),
                    ("the server's own words", trust.announcement),
                    ("only a relay, and there is none", trust.relay_only),
                    ("quit", trust.quit),
                )
            )
        finally:
            trust.guarded.stop()


if __name__ == "__main__":
    main()
