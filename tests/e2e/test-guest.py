#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call from the window to somebody who has only a browser."""

import json
import os
import subprocess
from pathlib import Path

import stage as theatre
from stage import wait_text
import a11y
from two_windows import LINK, PATIENCE

HERE = Path(__file__).resolve().parent


class BrowserGuest:
    """The guest's page, driven by browser-guest.mjs."""

    def __init__(self, link):
        self.node = subprocess.Popen(
            ["node", HERE / "browser-guest.mjs", link],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.answer() == "ready"

    def answer(self):
        answer = json.loads(self.node.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer

    def do(self, what):
        print(what, file=self.node.stdin, flush=True)
        return self.answer()

    def close(self):
        self.node.stdin.close()
        self.node.wait(PATIENCE)
        self.node.stdout.close()


class Guest:
    def __init__(self, stage):
        self.stage = stage
        self.host = f"127.0.0.1:{stage.bench.server.port}"
        self.ada = stage.seat(theatre.ADA)
        self.desk = self.ada.desk
        self.bob = None

    def join(self):
        self.ada.start("--new", "--server", f"http://{self.host}")
        link = a11y.wait_until(
            lambda: LINK.search("\n".join(self.desk.texts())), "the link in the lobby"
        ).group()
        self.desk.press("button", "Join")
        self.bob = BrowserGuest(link)
        self.bob.do("join")
        self.desk.find("label", "Bob", timeout=PATIENCE)
        self.bob.do("see and hear")
        self.wait_picture()
        self.stage.picture(self.ada, "guest-call")

    def trust(self):
        """The app shows the words of the page, and says what they are worth."""
        self.desk.press("button", f"Safety pictures: as trustworthy as {self.host}")
        wait_text(self.ada, f"As trustworthy as {self.host}")
        for word in self.bob.do("words"):
            wait_text(self.ada, word)
        self.stage.picture(self.ada, "guest-trust")
        self.desk.key("Escape")

    def camera(self):
        self.bob.do("camera")
        wait_text(self.ada, "Bob’s camera is off")
        self.stage.picture(self.ada, "guest-no-camera")

    def share(self):
        """In place of the camera, which is off. What Chromium pretends to share looks as its camera."""
        self.bob.do("share")
        self.wait_picture()
        self.stage.picture(self.ada, "guest-screen")
        self.bob.do("stop sharing")
        wait_text(self.ada, "Bob’s camera is off")
        self.bob.do("camera")
        self.wait_picture()

    def wait_picture(self):
        self.desk.find("image", "Picture of Bob")
        a11y.wait_until(
            lambda: self.ada.look().share_near((0, 100, 0), 70) > 0.3, "the greens of Chromium"
        )

    def leave(self):
        self.bob.do("leave")
        wait_text(self.ada, "Bob left.")

    def close(self):
        if self.bob is not None:
            self.bob.close()


def main():
    if not Path(os.environ["DUO_NODE_MODULES"], "puppeteer-core").exists():
        print("1..0 # SKIP build-aux/test installs what this needs from npm")
        return
    with theatre.Stage() as stage:
        guest = Guest(stage)
        try:
            stage.perform(
                (
                    ("a guest comes by browser", guest.join),
                    ("what the shield says", guest.trust),
                    ("the guest's camera is off", guest.camera),
                    ("the guest's screen", guest.share),
                    ("the guest leaves", guest.leave),
                )
            )
        finally:
            guest.close()


if __name__ == "__main__":
    main()
