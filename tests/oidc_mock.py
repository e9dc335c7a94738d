"""A real provider of OpenID Connect in a process of its own, from the package oidc-provider-mock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

from tests.servers import end, free_port, wait_for


class Mock:
    """Where it is, and what it is told of people."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def knows(self, subject: str, **claims: Any) -> None:
        """Say these claims of somebody from now on."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=60).raise_for_status()

    def authorize(self, address: str, **answer: str) -> str:
        """Send the form of the page at `address`, and give where the browser is sent back to."""
        assert address.startswith(f"{self.issuer}/"), address
        answered = requests.post(address, data=answer, timeout=60, allow_redirects=False)
        assert answered.status_code == 302, answered.text
        return answered.headers["Location"]


@contextmanager
def running() -> Iterator[Mock]:
    """The provider, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", f"--port={port}", "--require-nonce", "true"]
    # It is still written for an interface that its own library is about to leave behind.
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        issuer = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{issuer}/.well-known/openid-configuration", lambda: process.poll() is not None)
            yield Mock(issuer)
        finally:
            end(process)
