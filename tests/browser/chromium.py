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

#: Chromium without windows: the same pages, and a third less of the machine for them.
_SHELL = "chromium-headless-shell"
_NAMES = (_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

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
    # Playwright's driver is a Node program that needs it; a minimal Debian does not have it.
    missing = [] if ctypes.util.find_library("atomic") else ["libatomic1"]
    may_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if executable() is not None and not (may_install and _better_is_known()) and not missing:
        return
    try:
        if may_install:
            _install(missing)
        elif executable() is None:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
        _try_it()
    except (subprocess.CalledProcessError, OSError, Error) as error:
        wanted = " ".join([*missing, *([] if executable() else ["chromium"])])
        sys.exit(f"{error}\nThe browser tests need a Chromium. Ask for it: apt install {wanted}")


def _better_is_known() -> bool:
    """Whether the machine has a Chromium with windows, and could have one without."""
    return "CHROMIUM" not in os.environ and shutil.which(_SHELL) is None and _apt_knows(_SHELL)


def _apt_knows(package: str) -> bool:
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0


def _install(packages: list[str]) -> None:
    # A fresh machine may be updating itself: wait for its lock instead of failing at it.
    patient = ["-qq", "-o", "DPkg::Lock::Timeout=300"]
    # With all that is needed there, one that cannot be had stops nobody.
    needed = bool(packages) or executable() is None
    subprocess.run(["apt-get", "update", *patient], check=needed)
    if executable() is None or _better_is_known():
        packages = [*packages, _SHELL if _apt_knows(_SHELL) else "chromium"]
    command = ["apt-get", "install", "-y", *patient, "--no-install-recommends", *packages]
    subprocess.run(command, check=needed, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def _try_it() -> None:
    """A downloaded browser without its libraries only shows when it is started."""
    with sync_playwright() as playwright:
        playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS).close()


if __name__ == "__main__":
    make_ready()
