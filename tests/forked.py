"""The plain routes, started sixty times in a run of the tests, with their imports paid once.

Most of what a start costs is to import the product. One process has done that; it forks at each line it is
sent, and what it forked runs uvicorn's own command. multiprocessing's `forkserver` does not fit: it runs the
main module of the process that asks, which under test is at times a page.

    {"arguments": ["--port=8600"], "environment": {"DATABASE_URL": "sqlite:///a.db"}}
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

import uvicorn

from survey_app.web import asgi as asgi
from survey_app.web import patience as patience

#: As README and docs give the command; imported here already.
_APP = "survey_app.web.asgi:app"
_HTTP = "--http=survey_app.web.patience:Patient"


@dataclass(frozen=True)
class Forked:
    """A server that runs. It is no child of who asked for it, so the system is asked how it is."""

    pid: int

    def stop(self, by: signal.Signals, within: float) -> bool:
        """Send a signal; whether the server ended within so many seconds."""
        os.kill(self.pid, by)
        return self.ended(within)

    def ended(self, within: float = 0.0) -> bool:
        handle = os.pidfd_open(self.pid)
        try:
            return bool(select.select([handle], [], [], within)[0])
        finally:
            os.close(handle)


def start(arguments: list[str], environment: dict[str, str]) -> Forked:
    """The server with these arguments of uvicorn's command; it may not listen yet."""
    asked = _forking()
    assert asked.stdin is not None
    assert asked.stdout is not None
    asked.stdin.write(json.dumps({"arguments": arguments, "environment": environment}) + "\n")
    asked.stdin.flush()
    if not (pid := asked.stdout.readline()):
        raise RuntimeError(f"the process that forks servers ended with code {asked.wait()}; it has said why")
    return Forked(int(pid))


@cache
def _forking() -> subprocess.Popen[str]:
    """The process that forks: one for each process of tests, with which it ends."""
    command = [sys.executable, "-m", "tests.forked"]
    root = Path(__file__).parents[1]
    return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _fork_at_each_line() -> None:
    """Until who asks has ended, however it did; no server outlives that.

    Servers that ended are never waited for: while this process lives nobody else gets their pid.
    """
    forked = list[int]()
    for line in sys.stdin:
        asked = json.loads(line)
        if (pid := os.fork()) == 0:
            _serve(asked["arguments"], asked["environment"])
        forked.append(pid)
        print(pid, flush=True)
    for pid in forked:
        os.kill(pid, signal.SIGKILL)


def _serve(arguments: list[str], environment: dict[str, str]) -> NoReturn:
    # The two pipes belong to who forks and who asks.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ.clear()
    os.environ.update(environment)
    uvicorn.main([_APP, _HTTP, "--log-level=warning", *arguments])
    sys.exit()


if __name__ == "__main__":
    _fork_at_each_line()
