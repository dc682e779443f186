#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed program in an open room, with somebody who only knows bare offers and answers."""

import subprocess

import stage as theatre
from stage import wait_text
import a11y
from two_windows import PATIENCE


class OpenRoom:
    def __init__(self, stage):
        self.stage = stage
        self.port = stage.bench.server.port
        self.ada = stage.seat(theatre.ADA)
        self.desk = self.ada.desk
        self.guest = None

    def wait(self):
        self.ada.start("--join", f"ws://127.0.0.1:{self.port}/parties/main/open")
        wait_text(self.ada, "call whoever is in the room already")
        wait_text(self.ada, "nobody has been verified yet")
        self.stage.picture(self.ada, "open-room-waiting")

    def call(self):
        """The guest came without a word; the Call button reaches it."""
        program = self.stage.build / "tests/call/plain-guest"
        self.guest = subprocess.Popen([program, str(self.port)], stdout=subprocess.PIPE, text=True)
        assert self.guest.stdout.readline() == "ready\n"
        self.desk.press("button", "Call")
        self.desk.find("label", "Somebody", timeout=PATIENCE)
        wait_text(self.ada, "nobody can be verified")
        # Ada's own picture is colour bars.
        a11y.wait_until(self.ada.sees_ball, "the guest's ball", PATIENCE)
        self.desk.find("button", "Safety pictures: cannot be verified")
        self.stage.picture(self.ada, "open-room-call")

    def leave(self):
        """The guest goes without a word too, and can be called again when it is back."""
        self.close()
        wait_text(self.ada, "Waiting for Somebody to Join", PATIENCE)
        self.call()
        self.desk.press("button", "Hang up")
        wait_text(self.ada, "You left.")

    def close(self):
        if self.guest is not None:
            self.guest.kill()
            self.guest.wait()
            self.guest.stdout.close()
        self.guest = None


def main():
    with theatre.Stage() as stage:
        room = OpenRoom(stage)
        try:
            stage.perform(
                (
                    ("waiting", room.wait),
                    ("a call to a plain web client", room.call),
                    ("it leaves and is called again", room.leave),
                )
            )
        finally:
            room.close()


if __name__ == "__main__":
    main()
