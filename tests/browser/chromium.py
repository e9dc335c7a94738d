"""The Chromium that tests drive, and `python -m tests.browser.chromium`, which gets a machine ready for it.

Getting ready is a step of its own before the tests (`make browser`): they run in several processes, and only
one at a time may install.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

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
    """Path of this machine's Chromium; None: there is none, and Playwright takes the one it downloaded."""
    return os.environ.get("CHROMIUM") or next((p for name in _NAMES if (p := shutil.which(name))), None)


def make_ready() -> None:
    """Install what this machine lacks, once; where that cannot be done, end with what to ask for."""
    missing = [] if executable() else ["chromium"]
    if ctypes.util.find_library("atomic") is None:
        # Playwright's driver is a Node program that needs it; a minimal Debian does not have it.
        missing.append("libatomic1")
    if not missing:
        return
    try:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            _install(missing)
        elif executable() is None:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
        _try_it()
    except (subprocess.CalledProcessError, OSError, Error) as error:
        sys.exit(f"{error}\nThe browser tests need a Chromium. Ask for it: apt install {' '.join(missing)}")


def _install(packages: list[str]) -> None:
    # A fresh machine may be updating itself: wait for its lock instead of failing at it.
    patient = ["-qq", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run(["apt-get", "update", *patient], check=True)
    command = ["apt-get", "install", "-y", *patient, "--no-install-recommends", *packages]
    subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def _try_it() -> None:
    """A downloaded browser without its libraries only shows when it is started."""
    with sync_playwright() as playwright:
        playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS).close()


if __name__ == "__main__":
    make_ready()
