# SPDX-License-Identifier: GPL-3.0-or-later
"""The screen of a desk-session, whose pixels can be read at any time, and bench-camera's strip.

Xvfb keeps its picture in a file that is mapped here: looking at a pixel costs nothing and does not
disturb what is measured.
"""

import mmap
import os
import statistics
import struct
import time

BITS = 6
ROUND = 1 << BITS
CELLS = BITS + 2


def is_green(pixel):
    blue, green, red = pixel
    return green > 150 and red < 110 and blue < 110


def is_magenta(pixel):
    blue, green, red = pixel
    return red > 150 and blue > 150 and green < 110


def is_grey(pixel):
    return max(pixel) - min(pixel) < 70


class Strip:
    """Where the strip is on a screen: the left edge may be the magenta one, in a mirrored picture."""

    def __init__(self, left, width, row, mirrored):
        cell = width / CELLS
        centres = [int(left + (i + 0.5) * cell) for i in range(CELLS)]
        self.centres = list(reversed(centres)) if mirrored else centres
        self.row = row
        self.width = width
        self.mirrored = mirrored


class Screen:
    def __init__(self, desk):
        with open(os.path.join(desk.folder, "run", "Xvfb_screen0"), "rb") as file:
            self.memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        # XWDFileHeader: big-endian words; the picture follows the header and the colour map.
        header = struct.unpack(">25I", self.memory[:100])
        self.width, self.height, self.stride = header[4], header[5], header[12]
        self.offset = header[0] + header[19] * 12

    def pixel(self, x, y):
        start = self.offset + y * self.stride + x * 4
        return self.memory[start:start + 3]

    def is_lit(self):
        """Whether anything but the black root window is there."""
        return any(sum(self.pixel(x, y)) > 60
                   for x in range(40, self.width, 160) for y in range(40, self.height, 80))

    def find_strips(self, rows=None):
        """The strips in these rows of the screen (all of them), largest first."""
        found = {}
        for row in rows or range(0, self.height, 4):
            for left, width, mirrored in self.strips_of_row(row):
                key = (left // 12, width // 12, mirrored)
                found.setdefault(key, []).append((row, left, width))
        strips = [Strip(rows[len(rows) // 2][1], rows[len(rows) // 2][2], rows[len(rows) // 2][0],
                        key[2])
                  for key, rows in found.items() if len(rows) >= 2]
        return sorted(strips, key=lambda strip: -strip.width)

    def runs_of_row(self, row):
        """(kind, start, length) of what is green, grey or magenta along a row."""
        runs = []
        for x in range(0, self.width, 2):
            pixel = self.pixel(x, row)
            kind = ("green" if is_green(pixel) else "magenta" if is_magenta(pixel)
                    else "grey" if is_grey(pixel) else None)
            if runs and runs[-1][0] == kind:
                runs[-1][2] += 2
            elif not (runs and kind is None and runs[-1][2] < 6):
                runs.append([kind, x, 2])
        return [run for run in runs if run[2] >= 6]

    def strips_of_row(self, row):
        runs = self.runs_of_row(row)
        for first, middle, last in zip(runs, runs[1:], runs[2:]):
            if middle[0] != "grey" or {first[0], last[0]} != {"green", "magenta"}:
                continue
            cell = middle[2] / BITS
            if cell < 8 or any(abs(run[2] - cell) > cell * 0.4 for run in (first, last)):
                continue
            left = middle[1] - cell
            yield int(left), cell * CELLS, first[0] == "magenta"

    def read(self, strip):
        """The frame's number, or None where there is no strip now."""
        if not is_green(self.pixel(strip.centres[0], strip.row)):
            return None
        if not is_magenta(self.pixel(strip.centres[-1], strip.row)):
            return None
        gray = 0
        for x in strip.centres[1:-1]:
            gray = gray << 1 | (self.pixel(x, strip.row)[1] > 127)
        number = gray
        while gray := gray >> 1:
            number ^= gray
        return number


def wait_until(condition, seconds, what):
    """Polls for `condition` each half millisecond; the time that it took, in seconds."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.0005)
    return time.monotonic() - start


def record(sources, seconds):
    """For each (screen, strip) the list of (time, number) at which a new number was first seen."""
    logs = [[] for _ in sources]
    last = [None] * len(sources)
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        for i, (screen, strip) in enumerate(sources):
            number = screen.read(strip)
            if number is not None and number != last[i]:
                last[i] = number
                logs[i].append((now, number))
        time.sleep(0.0005)
    return logs


def delays(shown_here, shown_there):
    """Milliseconds from a frame in the first log to the same frame in the second."""
    result = []
    for start, number in shown_here:
        for end, other in shown_there:
            if other == number and 0 <= end - start < 1:
                result.append((end - start) * 1000)
                break
    return result


def summary(values):
    if not values:
        return "none"
    values = sorted(values)
    return (f"median {statistics.median(values):.0f}, 95th percentile "
            f"{values[int(len(values) * 0.95) - (len(values) > 1)]:.0f}")
