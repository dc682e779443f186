#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call between two windows, from New Call to Hang Up, seen and heard by both.

Arguments: the folder to install into, meson's prefix, the build folder, where to put screenshots.
"""

import sys
from pathlib import Path

from installation import install
import two_windows
import tap


def main():
    root, prefix, build, pictures = sys.argv[1:5]
    Path(pictures).mkdir(parents=True, exist_ok=True)
    plan = tap.Plan()
    with two_windows.Call(install(root, prefix, build)) as call:
        link = []
        steps = (
            ("make a call and copy its link", lambda: link.append(call.make())),
            ("join it from the other desk", lambda: call.join(link[0])),
            ("both are told who is there", call.wait_connected),
            ("both see and hear each other", call.prove),
            ("keep the screenshots", lambda: call.screenshots(pictures)),
            ("hang up", call.hang_up),
            ("close the windows", call.quit),
        )
        for name, step in steps:
            if not plan.run(name, step):
                call.screenshots(pictures)
                print("\n".join(f"# {line}" for line in call.report().splitlines()))
                break
    plan.finish()


if __name__ == "__main__":
    main()
