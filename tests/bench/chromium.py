# SPDX-License-Identifier: GPL-3.0-or-later
"""The same call between two Chromium windows, each a browser of its own."""

import functools
import http.server
import json
import os
import queue
import signal
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


class Mailbox(http.server.SimpleHTTPRequestHandler):
    """Serves the page and carries messages between the windows: POST puts, GET waits and takes."""

    boxes = {name: queue.Queue() for name in ("a", "b", "bench")}

    def log_message(self, *args):
        pass

    def do_GET(self):
        if not self.path.startswith("/box/"):
            super().do_GET()
            return
        message = self.boxes[self.path[5:]].get()
        self.reply(json.dumps(message).encode())

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.boxes[self.path[5:]].put(json.loads(self.rfile.read(length)))
        self.reply(b"{}")

    def reply(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class ChromiumCall:
    name = "Chromium"

    def __init__(self, desks, camera_file):
        handler = functools.partial(Mailbox, directory=HERE)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.desks = desks
        self.pids = [self.launch(desk, side, camera_file) for desk, side in zip(desks, "ab")]
        for _ in self.pids:
            Mailbox.boxes["bench"].get(timeout=60)

    def launch(self, desk, side, camera_file):
        return desk.launch(
            ["chromium", "--no-sandbox", f"--user-data-dir={desk.folder}/chromium",
             "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-quic", "--disable-gpu",
             "--allow-loopback-in-peer-connection",
             "--autoplay-policy=no-user-gesture-required", "--use-fake-ui-for-media-stream",
             "--use-fake-device-for-media-stream",
             f"--use-file-for-fake-video-capture={camera_file}",
             "--disable-features=WebRtcHideLocalIpsWithMdns",
             "--window-position=0,0", "--window-size=1280,800", "--kiosk",
             f"--app=http://127.0.0.1:{self.server.server_port}/chromium.html#{side}"],
            accessible=False)

    def join(self):
        """Joins one end after the other, as people do; the second one's click is the start."""
        Mailbox.boxes["a"].put({"join": True})
        Mailbox.boxes["b"].put({"join": True, "offer": True})

    def describe(self):
        Mailbox.boxes["b"].put({"stats": True})
        stats = Mailbox.boxes["bench"].get(timeout=20)
        return f"{stats.get('width')}x{stats.get('height')} at {stats.get('framesPerSecond')} fps"

    def extra(self):
        return {}

    def close(self):
        for desk in self.desks:
            desk.signal(signal.SIGTERM)
            desk.wait_exit()
        self.server.shutdown()
