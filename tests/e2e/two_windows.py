# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people with a desk each, who call each other with the installed program."""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import a11y
import desk
import signals

APP_ID = "io.github.duologue.Duologue"

# What the camera of each shows and the microphone hears: never the same, so that nobody is mistaken
# for the other. Both tones are where an echo canceller knows speech by, and neither is an overtone of
# the other: it takes away what could be an echo when both sound at once.
CALLER = {"name": "Ada", "pattern": "ball", "tone": 700}
GUEST = {"name": "Grace", "pattern": "smpte", "tone": 1900}

# Two calls' worth of encoding and painting on a machine that has other things to do.
PATIENCE = 60

BARS = {
    "yellow": (255, 255, 0),
    "cyan": (0, 255, 255),
    "green": (0, 255, 0),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
}
LINK = re.compile(r"https?://[^/\s]+/call#[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}")


class Person:
    """One of the two at their desk."""

    def __init__(self, prefix, who, portrait=False, options=()):
        data = f"{prefix}/share:{os.environ.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share')}"
        self.who = who
        self._program = f"{prefix}/bin/duologue"
        # The settings are those of this desk, and those of a fresh installation.
        self.desk = desk.Desk(
            who["name"].lower(),
            "--pattern",
            who["pattern"],
            "--tone",
            str(who["tone"]),
            *(("--without", "camera") if portrait else ()),
            *options,
            environment={"XDG_DATA_DIRS": data, "GSETTINGS_BACKEND": "keyfile", "LC_ALL": "C.UTF-8"},
        )
        self.set("name", who["name"])
        if portrait:
            self.desk.pose(who["name"].lower())
            # The shape of the picture, so that it fills the window.
            self.set("window-width", "970")
            self.set("window-height", "550")

    def set(self, key, value):
        """Changes a setting, as its owner once did in Preferences."""
        status, output = self.desk.run(["gsettings", "set", APP_ID, key, value])
        assert status == 0, output

    def start(self, *arguments):
        self.desk.launch([self._program, *arguments])

    def start_again(self, *arguments):
        """Starts the program once more beside the running one; returns its status and output."""
        return self.desk.run([self._program, *arguments])

    def start_again_from_desktop(self, *arguments):
        """The same as a desktop or a browser does it."""
        return self.desk.run(["env", "DESKTOP_STARTUP_ID=desk", self._program, *arguments])

    def sees_bars(self):
        """Whether the colour bars of the guest's camera fill a good part of the screen."""
        picture = self.look()
        return all(picture.share_near(colour) > 0.015 for colour in BARS.values())

    def sees_ball(self):
        """Whether the caller's ball flies in the night; in the self view it is too small to be seen."""
        return self.look().shows_ball()

    def sees_movement(self, share=0.0015):
        """Whether the screen changes from one look to the next.

        The ball, and the snow beside the self view, change more than 0.2 % of it; in the self view the
        ball changes 0.02 % and the snow 0.1 %.
        """
        before = self.look()
        time.sleep(0.4)
        return before.share_changed(self.look()) > share

    def look(self):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/screen.png"
            self.desk.screenshot(path)
            return signals.Picture(path, "25%")

    def hears(self, frequency):
        """Whether the tone makes most of what the speaker plays."""
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/speaker.raw"
            self.desk.record_speaker(path, 1)
            samples = signals.read_recording(path)
        return signals.loudness(samples) > 0.003 and signals.tone_share(samples, frequency) > 0.5

    def close(self):
        self.desk.close()


class Call:
    """The call of the two, from the first window to the last."""

    def __init__(self, prefix, portraits=False):
        self.caller = Person(prefix, CALLER, portraits)
        self.guest = Person(prefix, GUEST, portraits)
        self.people = (self.caller, self.guest)

    def make(self):
        """The caller makes a call and gives its link away."""
        caller = self.caller.desk
        self.caller.start()
        caller.press("button", "New Call")
        link = a11y.wait_until(
            lambda: LINK.search("\n".join(caller.texts())), "the link in the lobby"
        ).group()
        caller.press("button", "Copy Link")
        a11y.wait_until(lambda: caller.clipboard() == link, "the link on the clipboard")
        return link

    def join(self, link):
        """Both go from their lobbies into the call."""
        self.guest.start(link)
        self.caller.desk.press("button", "Join")
        self.guest.desk.press("button", "Join")

    def wait_connected(self):
        """Each has the other's name above the picture."""
        for person, other in (self.people, reversed(self.people)):
            person.desk.find("label", other.who["name"], timeout=PATIENCE)

    def prove(self):
        """Each sees the other's moving picture and hears the other's tone; asserts what is missing."""
        caller, guest = self.people
        proofs = (
            (caller.sees_bars, "the guest's colour bars on the caller's screen"),
            (caller.sees_movement, "the guest's picture to move"),
            (guest.sees_ball, "the caller's ball on the guest's screen"),
            (guest.sees_movement, "the caller's ball to move"),
            (lambda: caller.hears(GUEST["tone"]), "the guest's tone in the caller's speaker"),
            (lambda: guest.hears(CALLER["tone"]), "the caller's tone in the guest's speaker"),
        )
        for proof, what in proofs:
            a11y.wait_until(proof, what, PATIENCE)

    def hang_up(self):
        """The caller hangs up, and both are told."""
        self.caller.desk.press("button", "Hang up")
        for person in self.people:
            a11y.wait_until(
                lambda: "Call Ended" in person.desk.texts() or "Rejoin" in person.desk.texts(),
                f"{person.who['name']} to see that the call ended",
                PATIENCE,
            )

    def quit(self):
        for person in self.people:
            person.desk.key("ctrl+q")
            assert person.desk.wait_exit() == 0, person.desk.log()

    def screenshots(self, folder, whole_screen=True):
        """What both see, as two files."""
        paths = []
        for person in self.people:
            path = Path(folder) / f"call-{person.who['name'].lower()}.png"
            person.desk.screenshot(str(path), whole_screen)
            paths.append(path)
        return paths

    def report(self):
        return "\n".join(person.desk.report() for person in self.people)

    def close(self):
        for person in self.people:
            person.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
