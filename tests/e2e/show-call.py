#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that a call works where there is no display, and keeps a picture of both windows."""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import two_windows
import a11y


def join_pictures(paths, output):
    """Both windows side by side, without the frames that a display without compositor gives them."""
    output.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            "convert",
            "-background",
            "none",
            *(str(path) for path in paths),
            "-shave",
            "5x5",
            "-bordercolor",
            "none",
            "-border",
            "12",
            "+append",
            "-strip",
            str(output),
        ],
        check=True,
    )


def show(call, options):
    start = time.monotonic()
    call.join(call.make())
    call.wait_connected()
    print(f"Ada called and Grace joined: both were connected {time.monotonic() - start:.1f} s later")
    if options.portraits:
        time.sleep(3)
    else:
        call.prove()
        print("Each sees the other's moving picture and hears the other's tone")
    # The controls come to where the pointer is, and the ball from behind the self view.
    for person in call.people:
        person.desk.point_at(480, 350)
    time.sleep(1)
    if not options.portraits:
        a11y.wait_until(call.guest.sees_ball, "the caller's ball once more")
    with tempfile.TemporaryDirectory() as folder:
        join_pictures(call.screenshots(folder, whole_screen=False), options.output)
    call.hang_up()
    print("Ada hung up, and Grace was told")
    print(f"Screenshot of both windows: {options.output}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portraits", action="store_true", help="people instead of test pictures")
    parser.add_argument("prefix", help="where Duologue is installed")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    with two_windows.Call(options.prefix, portraits=options.portraits) as call:
        try:
            show(call, options)
        except AssertionError as error:
            sys.exit(f"The call did not work: {error}\n{call.report()}")


if __name__ == "__main__":
    main()
