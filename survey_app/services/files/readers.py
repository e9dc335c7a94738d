"""Workbooks are read in processes of their own, with limits, so that no file can take the server down.

Two at most, kept warm: starting one costs some tenths of a second, and a page reads its file at every choice.
They are started as a plain command, like those that set PDFs (see reports/typesetting/workers.py).
"""

from __future__ import annotations

import atexit
import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from survey_app import settings
from survey_app.errors import Refused
from survey_app.services.files import reader_process
from survey_app.services.files.errors import file_refused, too_heavy
from survey_app.services.files.workbook import Most
from survey_app.text import Text

_ROOT = Path(__file__).parents[3]
#: For one file, of the clock on the wall.
SECONDS = 120.0
_AT_ONCE = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class SheetText:
    """A sheet by its place and name: lines a person sees otherwise or not, and the lines as they come."""

    place: int
    name: str
    columns: int
    uncertain: Mapping[int, str]
    uncomputed: frozenset[int]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    hidden: bool
    lines: Iterator[tuple[int, list[str]]]


def names(path: Path, most: Most) -> list[str]:
    """The sheets of a workbook that hold anything.

    Raises:
        Refused: what `workbook.sheets` raises, `file-too-heavy`, `file-too-slow`.
    """
    with _asked(path, {"names": True}, most) as parts:
        found: list[str] = next(parts)
        for _ in parts:
            pass
    return found


@contextmanager
def sheet(path: Path, name: str | None, most: Most) -> Iterator[SheetText]:
    """One sheet, whose lines may be read inside the block.

    Raises:
        Refused: what `workbook.sheet_parts` raises, also while lines are read, `file-too-heavy`,
            `file-too-slow`.
    """
    with _asked(path, {"names": False, "sheet": name}, most) as parts:
        place, found, hidden = next(parts)
        columns, uncertain, uncomputed, rows, hidden_columns = next(parts)
        lines = ((number, cells) for number, cells in parts)
        yield SheetText(
            place=place,
            name=found,
            columns=columns,
            uncertain=dict(uncertain),
            uncomputed=frozenset(uncomputed),
            hidden_rows=frozenset(rows),
            hidden_columns=frozenset(hidden_columns),
            hidden=hidden,
            lines=lines,
        )


@contextmanager
def _asked(path: Path, question: dict[str, Any], most: Most) -> Iterator[Iterator[Any]]:
    task = {"path": str(path.absolute()), "seconds": SECONDS, "most": asdict(most), **question}
    with _pool().lent() as worker:
        yield worker.ask(path, task)


class _Worker:
    """One process. `idle`: it has answered in full and can be asked again."""

    def __init__(self) -> None:
        # No secret of the server is for a process that reads strangers' files.
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-W", "ignore", "-m", reader_process.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**settings.of_others(), "OPENBLAS_NUM_THREADS": "1"},
        )
        self.idle = True

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, path: Path, task: dict[str, Any]) -> Iterator[Any]:
        """The parts of the answer, as they come."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.idle = False
        started = time.monotonic()
        timer = threading.Timer(task["seconds"], self._process.kill)
        timer.start()
        try:
            # A process that was ended takes no task, or stops in the middle of a line.
            with suppress(OSError, ValueError):
                self._process.stdin.write(json.dumps(task).encode() + b"\n")
                self._process.stdin.flush()
                for line in self._process.stdout:
                    part = json.loads(line)
                    if isinstance(part, dict):
                        self._take_last(part)
                        return
                    yield part
        finally:
            timer.cancel()
        late = time.monotonic() - started >= task["seconds"]
        raise _too_slow(path, task["seconds"]) if late else too_heavy(path)

    def _take_last(self, part: dict[str, Any]) -> None:
        self.idle = part["again"]
        if "refused" in part:
            code, *wordings = part["refused"]
            raise Refused(code, Text(*wordings))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                # It closes all the same where the rest of a task finds nobody to read it.
                with suppress(OSError):
                    pipe.close()


class _Pool:
    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._slots = threading.BoundedSemaphore(_AT_ONCE)
        atexit.register(self.end)
        if not reader_process.limits():
            _log.warning("This system cannot limit a process: workbooks are read without limits of memory.")

    @contextmanager
    def lent(self) -> Iterator[_Worker]:
        with self._slots:
            worker = self._take()
            try:
                yield worker
            finally:
                if worker.idle:
                    self._idle.append(worker)
                else:
                    worker.end()

    def _take(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            worker.end()
        return _Worker()

    def end(self) -> None:
        while self._idle:
            self._idle.pop().end()


@cache
def _pool() -> _Pool:
    return _Pool()


def _too_slow(path: Path, seconds: float) -> Refused:
    return file_refused(
        "file-too-slow",
        "Berkas {name} belum selesai dibaca setelah {seconds:g} detik; salin tabelnya ke berkas baru.",
        "The file {name} was not read after {seconds:g} seconds; copy the table to a new file.",
        path,
        seconds=seconds,
    )
