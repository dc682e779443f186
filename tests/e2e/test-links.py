#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way to hand a link to the installed program, the right and the wrong ones.

What the program does with a link on a terminal, without a window, is tests/ui/test-program.py's.
"""

import re

import stage as theatre
from stage import wait_text
import a11y

USAGE = 2
BROKEN = (
    ("http://127.0.0.1:{port}/call#k7qm-4xwp-93h4", "typing mistake"),
    ("http://ada@127.0.0.1:{port}/call#k7qm-4xwp-93h3", "user name"),
    ("http://127.0.0.1:{port}/elsewhere#k7qm-4xwp-93h3", "does not lead to a call"),
    ("http://127.0.0.1:{port}/call#k7qm-4xwp#93h3", "second"),
    ("http://127.0.0.1:{port}/call#k7qm-4xwp-93h3\a", "characters"),
    ("http://127.0.0.1:{port}/call#" + "k" * 2048, "too long"),
    ("duologue:call#k7qm-4xwp-93h3", "no link to a call"),
    ("k7qm-4xwp-93h3", "needs a server"),
)


class Links:
    def __init__(self, stage):
        self.stage = stage
        self.ada = stage.seat(theatre.ADA)
        self.desk = self.ada.desk
        self.port = stage.bench.server.port

    def link(self, host="127.0.0.1"):
        """Another call; by its host the lobby tells them apart."""
        code = self.stage.bench.new_link().split("#")[1]
        return f"http://{host}:{self.port}/call#{code}"

    def hand_over(self, link):
        done = self.ada.start_again(link)
        assert done == [0, ""], done

    def first_start(self):
        self.ada.start(self.link())
        wait_text(self.ada, f"The call is on 127.0.0.1:{self.port}")
        self.stage.picture(self.ada, "links-lobby")

    def second_start(self):
        self.hand_over(self.link("localhost"))
        wait_text(self.ada, f"The call is on localhost:{self.port}")

    def app_link(self):
        self.hand_over(f"duologue:{self.link()}")
        wait_text(self.ada, f"The call is on 127.0.0.1:{self.port}")

    def open_room(self):
        self.hand_over(f"ws://localhost:{self.port}/parties/main/kitchen")
        wait_text(self.ada, "An open room")
        self.stage.picture(self.ada, "links-open-room")

    def new_copied(self):
        status, output = self.ada.start_again("--new", "--copy-link")
        link = output.strip()
        assert status == 0 and re.fullmatch(r"http://\S+/call#[0-9a-z-]{14}", link), output
        wait_text(self.ada, link)
        a11y.wait_until(lambda: self.desk.clipboard() == link, "the link on the clipboard")

    def broken(self):
        """Told where it was asked for, while the window stays as it is."""
        for device in ("Camera", "Microphone", "Speaker"):
            wait_text(self.ada, f"Test {device}")
        before = self.desk.texts()
        for link, words in BROKEN:
            status, output = self.ada.start_again(link.format(port=self.port))
            assert status == USAGE, f"{link}: exit status {status}: {output}"
            lines = output.splitlines()
            assert len(lines) == 1 and words in lines[0], f"{link}: {output}"
        a11y.wait_until(lambda: self.desk.texts() == before, "the window as it was")

    def from_desktop(self):
        """Nobody reads what a program prints that was started by a click."""
        broken = BROKEN[0][0].format(port=self.port)
        status, _ = self.ada.start_again_from_desktop(broken)
        assert status == USAGE, status
        self.desk.find("label", "This Call Cannot Be Opened")
        wait_text(self.ada, "typing mistake")
        self.stage.picture(self.ada, "links-dialog")
        self.desk.press("button", "Close")
        self.desk.wait_gone("label", "This Call Cannot Be Opened")

    def bare_code(self):
        """A code alone is one on the server of the preferences, in both places where it is given."""
        self.ada.set("server", f"http://localhost:{self.port}")
        code = self.link().split("#")[1]
        # The program that runs hears of the change in its own time.
        a11y.wait_until(lambda: self.ada.start_again(code) == [0, ""], "the code to be taken")
        wait_text(self.ada, f"The call is on localhost:{self.port}")

        self.desk.press("button", "Back")
        self.desk.type("text", "Link or code of the call to join", code.upper().replace("-", " "))
        wait_text(self.ada, f"A call on localhost:{self.port}")
        self.desk.press("button", "Join")
        wait_text(self.ada, f"The call is on localhost:{self.port}")

    def mistyped(self):
        self.desk.press("button", "Back")
        self.desk.type("text", "Link or code of the call to join", "k7qm-4xwp-93h4")
        wait_text(self.ada, "typing mistake")
        a11y.wait_until(lambda: not self.desk.is_sensitive("button", "Join"), "nothing to join")
        self.stage.picture(self.ada, "links-mistyped")
        self.desk.type("text", "Link or code of the call to join", "")

    def named(self):
        """A name without a call is that of the calls to come, and is not kept."""
        status, output = self.ada.start_again("--name", "Zoe", f"--server=http://localhost:{self.port}")
        assert (status, output) == (0, ""), output
        self.desk.press("button", "New Call")
        wait_text(self.ada, f"http://localhost:{self.port}/call#")
        name = self.desk.text("text", "Your name")
        assert name == "Zoe", name
        self.desk.press("button", "Back")

    def during_call(self):
        """A link during a call asks whether to leave; both answers are taken."""
        self.hand_over(self.link())
        wait_text(self.ada, f"The call is on 127.0.0.1:{self.port}")
        self.desk.press("button", "Join")
        self.desk.find("label", "Waiting for Somebody to Join")

        other = self.link("localhost")
        self.hand_over(other)
        self.desk.find("label", "Leave This Call?")
        self.stage.picture(self.ada, "links-leave")
        self.desk.press("button", "Stay")
        self.desk.wait_gone("label", "Leave This Call?")
        self.desk.find("label", "Waiting for Somebody to Join")

        self.hand_over(other)
        self.desk.press("button", "Leave")
        wait_text(self.ada, f"The call is on localhost:{self.port}")

    def quit(self):
        self.desk.key("ctrl+q")
        assert self.desk.wait_exit() == 0, self.desk.log()


def main():
    with theatre.Stage() as stage:
        links = Links(stage)
        stage.perform(
            (
                ("a link at the first start", links.first_start),
                ("a link at a second start", links.second_start),
                ("a duologue: link", links.app_link),
                ("an open room", links.open_room),
                ("a new call, its link printed and copied", links.new_copied),
                ("broken links", links.broken),
                ("a broken link from the desktop", links.from_desktop),
                ("a bare code", links.bare_code),
                ("a mistyped code", links.mistyped),
                ("a name without a link", links.named),
                ("a link during a call", links.during_call),
                ("quit", links.quit),
            )
        )


if __name__ == "__main__":
    main()
