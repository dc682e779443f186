# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol for tests written in Python: one line per subtest, counted by meson."""

import sys
import traceback


class Skip(Exception):
    """Raised by a subtest that cannot run here; says why."""


class Plan:
    def __init__(self):
        self._count = 0
        self._failed = 0

    def run(self, name, function, *arguments):
        """Runs a subtest; an exception is a failure and is told whole."""
        self._count += 1
        try:
            function(*arguments)
        except Skip as skip:
            print(f"ok {self._count} {name} # SKIP {skip}", flush=True)
            return True
        except Exception as error:
            self._failed += 1
            detail = str(error) if isinstance(error, AssertionError) else traceback.format_exc()
            for line in detail.splitlines() or ["failed"]:
                print(f"# {line}", flush=True)
            print(f"not ok {self._count} {name}", flush=True)
            return False
        print(f"ok {self._count} {name}", flush=True)
        return True

    def finish(self):
        """Ends the program with the verdict."""
        print(f"1..{self._count}", flush=True)
        sys.exit(1 if self._failed else 0)
