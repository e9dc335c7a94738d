"""Finding a Chromium to drive, or installing one: apt as root, else Playwright's own."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Quiet and self-contained: nothing but the page under test may use the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """Path of a Chromium, installed if there is none; None means Playwright's own is in place."""
    missing = [] if _on_path() else ["chromium"]
    if ctypes.util.find_library("atomic") is None:
        # Playwright's driver is a Node program that needs it; a minimal Debian does not have it.
        missing.append("libatomic1")
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
    if _on_path() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return _on_path()


def _install(packages: list[str]) -> None:
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def _on_path() -> str | None:
    return os.environ.get("CHROMIUM") or next((p for name in _NAMES if (p := shutil.which(name))), None)
