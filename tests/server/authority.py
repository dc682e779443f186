# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority for a test, and a duologue-cli on a computer that trusts it."""

import os
import signal
import subprocess

import cli
import tap

TRUST_STORE = "/etc/ssl/certs/ca-certificates.crt"
# With files of its own: in there the computer trusts the authority.
TRUSTING = """#!/bin/sh
exec unshare --mount --propagation private -- sh -c \
  'mount --bind {authority} {store} && exec "$0" "$@"' {cli} "$@"
"""


def openssl(*arguments, cwd):
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, capture_output=True)


class Authority:
    """A root that signs another one, which signs the server: a chain as on the Internet."""

    def __init__(self, folder):
        self.folder = folder
        ca = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
        names = "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n"
        self.make("root", None, ca)
        self.make("between", "root", ca)
        self.make("server", "between", names)
        self.make("other", "between", names)
        with open(self.path("chain.pem"), "w", encoding="ascii") as chain:
            for name in ("server.pem", "between.pem"):
                with open(self.path(name), encoding="ascii") as file:
                    chain.write(file.read())

    def path(self, name):
        return os.path.join(self.folder, name)

    def make(self, name, issuer, extensions):
        with open(self.path(f"{name}.ext"), "w", encoding="ascii") as file:
            file.write(extensions)
        openssl(
            *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN=Duologue {name}"),
            cwd=self.folder,
        )
        sign = ["-signkey", f"{name}.key"]
        if issuer:
            sign = ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial"]
        openssl(
            *("x509", "-req", "-in", f"{name}.csr", "-days", "2", *sign),
            *("-extfile", f"{name}.ext", "-out", f"{name}.pem"),
            cwd=self.folder,
        )

    def arguments(self):
        return ["--tls-certificate", self.path("chain.pem"), "--tls-key", self.path("server.key")]

    def trusting(self, program):
        """A program that starts another one where this authority is trusted."""
        if os.geteuid() != 0 or not os.path.exists(TRUST_STORE):
            raise tap.Skip("needs root, and the file of the certificates that Debian trusts")
        path = self.path("trusting")
        with open(path, "w", encoding="utf-8") as file:
            root = self.path("root.pem")
            file.write(TRUSTING.format(authority=root, store=TRUST_STORE, cli=program))
        os.chmod(path, 0o755)
        return path

    def call(self, program, url):
        """Two programs on computers that trust the authority call each other, and hang up."""
        link = subprocess.run(
            [program, "new", "--server", url], stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        trusting = self.trusting(program)
        joins = []
        try:
            for name in ("Ada", "Ben"):
                joins.append(cli.Join(trusting, link, name, self.path(name)))
            for join in joins:
                join.state("connected")
                join.frames()
            joins[0].signal(signal.SIGINT)
            assert joins[0].finish()[1]["endReason"] == "left"
            assert joins[1].finish()[1]["endReason"] == "remote-left"
        finally:
            for join in joins:
                if join.process.poll() is None:
                    join.kill()
