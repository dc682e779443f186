# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at screenshots and listening to recordings, with nothing but the standard library."""

import array
import math
import subprocess

RATE = 48000
# 20 windows a second, each a whole number of periods of every multiple of 20 Hz.
WINDOW = RATE // 20


class Picture:
    """A screenshot as bytes, three to a pixel."""

    def __init__(self, path, scale=None):
        resize = ["-sample", scale] if scale else []
        data = subprocess.run(
            ["convert", path, *resize, "-depth", "8", "ppm:-"], stdout=subprocess.PIPE, check=True
        ).stdout
        magic, size, depth, self.pixels = data.split(b"\n", 3)
        assert (magic, depth) == (b"P6", b"255"), f"unexpected picture: {data[:20]!r}"
        self.width, self.height = (int(number) for number in size.split())

    def share_near(self, colour, distance=60):
        """The share of pixels that are that colour or nearly so."""
        red, green, blue = colour
        pixels = self.pixels
        near = sum(
            abs(pixels[i] - red) < distance
            and abs(pixels[i + 1] - green) < distance
            and abs(pixels[i + 2] - blue) < distance
            for i in range(0, len(pixels), 3)
        )
        return near / (self.width * self.height)

    def shows_ball(self, around=9):
        """Whether there is a white spot in the dark, larger than letters and smaller than windows."""
        sides = ((-around, 0), (around, 0), (0, -around), (0, around))
        core = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        return any(
            all(min(self._at(x + dx, y + dy)) > 200 for dx, dy in core)
            and all(max(self._at(x + dx, y + dy)) < 50 for dx, dy in sides)
            for y in range(around, self.height - around)
            for x in range(around, self.width - around)
        )

    def _at(self, x, y):
        start = 3 * (y * self.width + x)
        return self.pixels[start : start + 3]

    def share_changed(self, other, distance=60):
        """The share of pixels that are clearly another colour in the other picture."""
        pairs = zip(self.pixels[1::3], other.pixels[1::3])
        return sum(abs(a - b) > distance for a, b in pairs) / (self.width * self.height)


def read_recording(path):
    samples = array.array("h")
    with open(path, "rb") as recording:
        samples.frombytes(recording.read())
    return samples


def loudness(samples):
    """Root mean square, 1 for full scale."""
    return math.sqrt(sum(s * s for s in samples) / max(len(samples), 1)) / 32768


def tone_share(samples, frequency):
    """How much of the sound's energy is in the tone (Goertzel's algorithm): nearly 1 for it alone."""
    factor = 2 * math.cos(2 * math.pi * frequency / RATE)
    energy = in_tone = 0.0
    for start in range(0, len(samples) - WINDOW + 1, WINDOW):
        last = before = 0.0
        for sample in samples[start : start + WINDOW]:
            last, before = sample + factor * last - before, last
            energy += sample * sample
        in_tone += (last * last + before * before - factor * last * before) * 2 / WINDOW
    return in_tone / energy if energy else 0.0
