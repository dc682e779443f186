#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cameras and microphones that come, go, or never were, around a call that goes on.

PipeWire shares its cameras, so what is seen of one that another program holds is that no picture
comes; a device that says that it is busy is the unit tests' to prove.
"""

import stage as theatre
from stage import wait_text
import a11y
import two_windows


class Devices:
    def __init__(self, stage):
        self.stage = stage
        self.ada = stage.seat(theatre.ADA, "--without", "camera", "--without", "microphone")
        self.desk = self.ada.desk
        self.ben = None

    def wait_told(self, camera, microphone):
        """The other is told what of ours works, and gets pictures where there are some."""
        self.ben.until(
            lambda report: report["remoteCamera"] == camera
            and report["remoteMicrophone"] == microphone
        )
        if camera:
            self.ben.frames(10)

    def wait_own_picture(self):
        """The bars of one's own camera are in their corner; the other's ball has no colour."""
        a11y.wait_until(
            lambda: self.ada.look().share_near(two_windows.BARS["magenta"]) > 0.001,
            "Ada's own colour bars",
        )

    def none(self):
        """Neither camera nor microphone: told in place, and no reason not to join."""
        self.ada.start(self.stage.bench.link)
        wait_text(self.ada, "No camera found")
        wait_text(self.ada, "No microphone found")
        self.stage.picture(self.ada, "devices-none-lobby")
        self.desk.press("button", "Join")
        self.ben = self.stage.bench.join("Ben")
        self.desk.find("label", "Ben", timeout=40)
        self.wait_told(camera=False, microphone=False)
        self.stage.picture(self.ada, "devices-none-call")

    def plugged(self):
        """What is plugged in during a call is used."""
        self.desk.device("plug", "microphone")
        self.wait_told(camera=False, microphone=True)
        self.ben.until(lambda report: report["remoteLevel"] > 0.01)
        self.desk.device("plug", "camera")
        self.wait_told(camera=True, microphone=True)
        self.wait_own_picture()
        self.stage.picture(self.ada, "devices-plugged")

    def unplugged(self):
        """The only camera goes: said here and to the other; it comes back by itself."""
        self.desk.device("unplug", "camera")
        wait_text(self.ada, "No camera found")
        self.stage.picture(self.ada, "devices-unplugged")
        self.wait_told(camera=False, microphone=True)
        self.desk.device("plug", "camera")
        self.wait_told(camera=True, microphone=True)
        self.wait_own_picture()

    def second(self):
        """Where there are two, the other one steps in, and the first returns."""
        self.desk.device("plug", "camera-2")
        self.desk.device("unplug", "camera")
        wait_text(self.ada, "Now using Second Camera")
        self.stage.picture(self.ada, "devices-second")
        self.wait_told(camera=True, microphone=True)
        self.desk.device("plug", "camera")
        wait_text(self.ada, "Now using Test Camera")
        self.wait_told(camera=True, microphone=True)
        self.wait_own_picture()
        self.desk.device("unplug", "camera-2")

    def microphone(self):
        self.desk.device("unplug", "microphone")
        wait_text(self.ada, "No microphone found")
        self.stage.picture(self.ada, "devices-no-microphone")
        self.wait_told(camera=True, microphone=False)
        self.desk.device("plug", "microphone")
        self.wait_told(camera=True, microphone=True)
        self.ben.until(lambda report: report["remoteLevel"] > 0.01)

    def held(self):
        """A camera that another program holds gives no picture, and does when it lets go."""
        self.desk.device("hold", "camera")
        wait_text(self.ada, "The camera gives no picture", timeout=40)
        self.stage.picture(self.ada, "devices-held")
        self.wait_told(camera=False, microphone=True)
        self.desk.device("release", "camera")
        self.wait_told(camera=True, microphone=True)
        self.wait_own_picture()

    def quit(self):
        self.desk.press("button", "Hang up")
        self.desk.find("label", "Call Ended")
        self.desk.key("ctrl+q")
        assert self.desk.wait_exit() == 0, self.desk.log()


def main():
    with theatre.Stage() as stage:
        devices = Devices(stage)
        stage.perform(
            (
                ("no camera and no microphone", devices.none),
                ("both are plugged in", devices.plugged),
                ("the camera is held by another program", devices.held),
                ("the camera goes and comes back", devices.unplugged),
                ("another camera steps in", devices.second),
                ("the microphone goes and comes back", devices.microphone),
                ("quit", devices.quit),
            )
        )


if __name__ == "__main__":
    main()
