#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A call in which something goes wrong: the server, the other person, the room, the key.

The limits in seconds are promises of the program, counted from the fault.
"""

import signal
import subprocess
import time

import stage as theatre
from stage import by, wait_text
import a11y

NOTICED = 6
MAY_LEAVE = 10
OVER = 60
# What the end may come later, on a machine that does other things as well.
SLACK = 10


class Faults:
    def __init__(self, stage):
        self.stage = stage
        self.server = stage.bench.server
        self.ada = stage.seat(theatre.ADA)
        self.grace = stage.seat(theatre.GRACE)
        self.link = stage.bench.link
    def wait_in_call(self):
        for person, other in ((self.ada, "Grace"), (self.grace, "Ada")):
            person.desk.find("label", other, timeout=40)
            person.desk.wait_gone("label", "Reconnecting…", timeout=40)
        self.wait_moving()

    def wait_moving(self):
        for person in (self.ada, self.grace):
            name = person.who["name"]
            a11y.wait_until(person.sees_ball, f"the other's ball on {name}'s screen")
            # The test picture's ball is a small one; what it is in the self view is lost in the look.
            a11y.wait_until(
                lambda: person.sees_movement(0.0005), f"the other's ball to move on {name}'s screen"
            )

    def kill_grace(self):
        """Gives when: certainly not before the first, and not after the second."""
        before = time.monotonic()
        self.grace.desk.kill()
        return before, time.monotonic()

    def server_killed(self):
        """Media needs no server; who hangs up later is heard."""
        self.ada.start("--join", "--test-media", self.link)
        self.grace.start("--join", "--test-media", self.link)
        self.wait_in_call()

        self.server.process.kill()
        self.server.process.wait()
        # Longer than a silent connection is trusted.
        end = time.monotonic() + 8
        while time.monotonic() < end:
            self.wait_moving()
            for person in self.stage.people:
                assert not person.desk.shows("label", "Reconnecting…"), "the call was given up"
        self.stage.picture(self.ada, "faults-without-server")

        self.server.start()
        a11y.wait_until(lambda: self.server.count_connections() >= 2, "both to be back in the room", 40)
        self.wait_moving()

        self.grace.desk.press("button", "Hang up")
        wait_text(self.ada, "Grace left.")
        self.stage.picture(self.ada, "faults-other-left")

    def peer_killed(self):
        """The other side is named, leaving is offered, and who is started again is back."""
        for person in self.stage.people:
            person.desk.press("button", "Rejoin")
        self.wait_in_call()

        before, killed = self.kill_grace()
        by((killed, NOTICED), lambda: self.ada.desk.shows("label", "Reconnecting…"), "reconnecting")
        wait_text(self.ada, "Grace’s connection was lost")
        assert not self.ada.desk.shows("button", "Leave") or time.monotonic() > before + 8
        self.stage.picture(self.ada, "faults-reconnecting")
        by((killed, MAY_LEAVE), lambda: self.ada.desk.shows("button", "Leave"), "leaving offered")
        self.stage.picture(self.ada, "faults-may-leave")

        self.grace.start("--join", "--test-media", self.link)
        self.wait_in_call()
        self.stage.picture(self.ada, "faults-back")

    def peer_gone(self):
        """Nobody is waited for longer than a minute; meanwhile the third one is told to wait."""
        before, killed = self.kill_grace()
        self.ada.desk.find("label", "Reconnecting…")
        self.room_full()
        remaining = killed + OVER + SLACK - time.monotonic()
        self.ada.desk.find("label", "Connection Lost", timeout=remaining)
        assert time.monotonic() > before + OVER - 1, "given up too early"
        wait_text(self.ada, "Grace could not be reached")
        self.stage.picture(self.ada, "faults-connection-lost")

    def room_full(self):
        """Somebody who comes third, to another call."""
        bench = self.stage.bench
        bench.link = bench.new_link()
        ben, _ = pair = bench.join("Ben"), bench.join("Cem")
        for join in pair:
            join.state("connected")

        self.grace.start("--test-media", bench.link)
        wait_text(self.grace, "The Call Is Full")
        self.stage.picture(self.grace, "faults-full-lobby")
        self.grace.desk.press("button", "Join")
        self.grace.desk.find("label", "Room Full")
        self.grace.desk.find("button", "Leave")
        self.stage.picture(self.grace, "faults-full")

        # Both go when one hangs up.
        ben.signal(signal.SIGINT)
        self.grace.desk.find("label", "Waiting for Somebody to Join", timeout=40)
        self.grace.desk.press("button", "Hang up")
        wait_text(self.grace, "You left.")

    def wrong_fingerprint(self):
        """Somebody in the middle is refused before anything of theirs is seen."""
        bench = self.stage.bench
        link = bench.new_link()
        desk = self.grace.desk
        with subprocess.Popen([self.stage.build / "tests/call/hostile-guest", link]) as hostile:
            try:
                assert self.grace.start_again("--test-media", link) == [0, ""]
                wait_text(self.grace, "Somebody Is Waiting for You")
                desk.press("button", "Join")
                shown = set()
                deadline = time.monotonic() + OVER
                while "Not Safe to Go On" not in (texts := desk.texts()):
                    shown.update(texts)
                    assert time.monotonic() < deadline, "nothing happened"
                wait_text(self.grace, "no picture and no sound were sent")
                assert not any(text.startswith("Picture of") for text in shown), shown
                assert not desk.shows("button", "Rejoin"), "rejoining is offered"
                self.stage.picture(self.grace, "faults-fingerprint")
                assert hostile.wait(a11y.PATIENCE) == 0
            finally:
                hostile.kill()

    def quit(self):
        for person in self.stage.people:
            person.desk.key("ctrl+q")
            assert person.desk.wait_exit() == 0, person.desk.log()


def main():
    with theatre.Stage() as stage:
        faults = Faults(stage)
        stage.perform(
            (
                ("the server is killed and comes back", faults.server_killed),
                ("the other is killed and comes back", faults.peer_killed),
                ("the other is killed for good, and a room is full", faults.peer_gone),
                ("the other's key is not the announced one", faults.wrong_fingerprint),
                ("quit", faults.quit),
            )
        )


if __name__ == "__main__":
    main()
