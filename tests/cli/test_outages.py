"""A command whose database cannot serve: its words on standard error, and exit code 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import free_port

ROOT = Path(__file__).parents[2]


def run(url: str, before: str = "true") -> str:
    """What `rebuild` says on standard error, run by a shell that did `before`."""
    command = f"{before}; exec {sys.executable} -m survey_app rebuild"
    environment = {**os.environ, "DATABASE_URL": url}
    ended = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == 1, ended.stderr
    return ended.stderr


@pytest.mark.parametrize("kind", ["away", "damaged", "no room"])
def test_it_says_what_is_wrong_without_a_traceback(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "survey.db"
    if kind == "away":
        told = run(f"postgresql://127.0.0.1:{free_port()}/survey")
        assert "database-unavailable" in told
        assert "Connection refused" in told
    elif kind == "damaged":
        path.write_bytes(b"this is not a database" * 1000)
        told = run(f"sqlite:///{path}")
        assert "database-damaged" in told
        assert "docs/panduan/cadangan.md" in told
    else:
        told = run(f"sqlite:///{path}", before="ulimit -f 40")
        assert "database-unavailable" in told
    assert "Traceback" not in told
