#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows what failed according to meson's testlog.json files, and ends in one line that counts.

Each subtest of a TAP test counts, and each test that has none. A test that meson holds for failed
although each subtest that it got to was fine (it crashed, leaked or took too long) counts as one
failure more. In continuous integration (CI is set) a skip is a failure.
"""

import argparse
import json
import os
import re
import sys

SUBTEST = re.compile(r"^(?P<bad>not )?ok \d+\b(?P<rest>.*)$", re.MULTILINE)
SKIP = re.compile(r"#\s*SKIP\b", re.IGNORECASE)


def show_output(test):
    print(f"━━━ {test['name']}: {test['result'].lower()}")
    for stream in ("stdout", "stderr"):
        print((test.get(stream) or "").rstrip("\n"))
    print(f"━━━ {test['name']}: end of output")


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.complaints = []

    def add_test(self, test):
        result = test["result"]
        passed = failed = skipped = 0
        for match in SUBTEST.finditer(test.get("stdout") or ""):
            if SKIP.search(match["rest"]):
                skipped += 1
                self.complaints.append(f"skipped: {test['name']}: {match['rest'].strip()}")
            elif match["bad"]:
                failed += 1
                self.complaints.append(f"failed: {test['name']}: {match['rest'].strip()}")
            else:
                passed += 1
        if result in ("OK", "EXPECTEDFAIL"):
            passed += not (passed or failed or skipped)
        elif result == "SKIP":
            if not skipped:
                skipped += 1
                self.complaints.append(f"skipped: {test['name']}")
        else:
            show_output(test)
            if not failed:
                failed += 1
                self.complaints.append(f"failed: {test['name']} ({result.lower()})")
        self.passed += passed
        self.failed += failed
        self.skipped += skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failed-builds", type=int, default=0)
    parser.add_argument("logs", nargs="*")
    options = parser.parse_args()

    tally = Tally()
    tally.failed = options.failed_builds
    for path in options.logs:
        try:
            with open(path, encoding="utf-8") as log:
                for line in log:
                    tally.add_test(json.loads(line))
        except OSError as error:
            tally.failed += 1
            tally.complaints.append(f"failed: no results: {error}")

    for complaint in tally.complaints:
        print(complaint)
    summary = f"{tally.passed} passed, {tally.failed} failed"
    if tally.skipped:
        summary += f", {tally.skipped} skipped"
    print(summary)
    skips_are_failures = bool(os.environ.get("CI"))
    sys.exit(bool(tally.failed or not tally.passed or (tally.skipped and skips_are_failures)))


if __name__ == "__main__":
    main()
