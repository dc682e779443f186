# SPDX-License-Identifier: GPL-3.0-or-later
"""A call between two Duologue windows; the first one hosts it."""

import signal
import statistics
import time

from desk import Desk
from screen import Screen, wait_until

STARTS = 5
# libadwaita's accent background, blue first.
ACCENT = (0xE4, 0x84, 0x35)


def wait_for(condition, seconds, what):
    """What the condition gives, once it gives something."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.05)
    return result


def middle_of_accent(screen):
    """Where the suggested button is: the middle of what is painted in the accent colour."""
    points = [(x, y) for y in range(0, screen.height, 4) for x in range(0, screen.width, 4)
              if tuple(screen.pixel(x, y)) == ACCENT]
    return sorted(points)[len(points) // 2] if len(points) > 100 else None


class DuologueCall:
    name = "Duologue"

    def __init__(self, desks, program):
        self.desks = desks
        self.program = program
        host, guest = desks
        for desk in desks:
            self.fill_screen(desk)
        self.pids = [host.launch([program, "--new", "--copy-link", "--join", "--name", "Ada"])]
        link = self.wait_for_link(host)
        self.pids.append(guest.launch([program, "--name", "Bo", link]))
        guest.find("button", "Join")
        x, y = wait_for(lambda: middle_of_accent(Screen(guest)), 20, "a button to click")
        guest.run(["xdotool", "mousemove", str(x), str(y)])

    def fill_screen(self, desk):
        """So that a picture of 1280x720 is painted as it is."""
        for key, size in (("window-width", "1280"), ("window-height", "800")):
            desk.run(["gsettings", "set", "io.github.duologue.Duologue", key, size])

    def wait_for_link(self, desk):
        def link():
            return next((line.strip() for line in desk.log().splitlines() if "/call#" in line), None)

        return wait_for(link, 20, "the link")

    def join(self):
        # By mouse: GTK lets a quarter of a second pass before it believes keyboard or screen reader.
        self.desks[1].run(["xdotool", "click", "1"])

    def describe(self):
        return ""

    def extra(self):
        """What only concerns a window of one's own: how soon it is there."""
        with Desk("start") as desk:
            screen = Screen(desk)
            times = []
            for _ in range(STARTS + 1):
                desk.launch([self.program], accessible=False)
                times.append(wait_until(screen.is_lit, 20, "the window"))
                desk.signal(signal.SIGTERM)
                desk.wait_exit()
                wait_until(lambda: not screen.is_lit(), 5, "the screen to be black again")
        # The first start reads plug-ins from a cold disk.
        return {"window on the screen, ms": f"{statistics.median(times[1:]) * 1000:.0f}"}

    def close(self):
        for desk in self.desks:
            desk.signal(signal.SIGTERM)
            desk.wait_exit()
