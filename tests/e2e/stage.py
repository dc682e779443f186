# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of links, faults and devices share: one program, a server, somebody at a desk.

Their arguments: the folder to install into, meson's prefix, the build folder, where to put
screenshots, and then the subtests to run; all where there are none.
"""

import sys
import time
from pathlib import Path

from installation import install
import two_windows
import a11y
import tap

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "call"))
import cli

ADA = {"name": "Ada", "pattern": "smpte", "tone": 700}
GRACE = {"name": "Grace", "pattern": "ball", "tone": 1900}
CHOSEN = sys.argv[5:]


def by(limit, condition, what):
    """Waits for what has to be there so many seconds after a moment; a look takes a while itself."""
    deadline = limit[0] + limit[1]
    while True:
        began = time.monotonic()
        result = condition()
        if result:
            return result
        assert began < deadline, f"{what}: not within {limit[1]} s"
        time.sleep(a11y.PAUSE)


class Stage:
    """The installed programs, a room server of its own, and everybody who has come on."""

    def __init__(self):
        root, prefix, build, pictures = sys.argv[1:5]
        self.prefix = install(root, prefix, build)
        self.build = Path(build)
        self.pictures = Path(pictures)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.people = []
        self.bench = cli.Bench(
            f"{self.prefix}/bin/duologue-cli", f"{self.prefix}/bin/duologue-server"
        )

    def seat(self, who, *options):
        """A desk for somebody, with nothing started yet."""
        person = two_windows.Person(self.prefix, who, options=options)
        self.people.append(person)
        return person

    def picture(self, person, name):
        """Keeps a picture of what somebody sees, for people to judge."""
        person.desk.screenshot(str(self.pictures / f"{name}.png"), False)

    def perform(self, steps):
        """Runs the subtests in turn; what follows a failure may still work."""
        plan = tap.Plan()
        for name, step in steps:
            if CHOSEN and step.__name__ not in CHOSEN:
                continue
            if plan.run(name, step):
                continue
            for person in self.people:
                if person.desk.is_running():
                    self.picture(person, f"failed-{step.__name__}-{person.who['name'].lower()}")
                print("\n".join(f"# {line}" for line in person.desk.report().splitlines()))
        plan.finish()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for person in self.people:
            person.close()
        self.bench.__exit__()


def wait_text(person, text, timeout=a11y.PATIENCE):
    """Waits until some text on the screen has that in it."""
    return a11y.wait_until(
        lambda: next((shown for shown in person.desk.texts() if text in shown), None),
        f"{person.who['name']} to read “{text}”",
        timeout,
    )
