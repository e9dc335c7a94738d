"""The process that reads workbooks for another one: a task a line comes in, parts of the answer go out.

Its memory and, for each task, its time are limited by the system: a few kilobytes can be made to unpack into
gigabytes, and what reads them must not be the server.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from survey_app.errors import AppError
from survey_app.services.files import workbook
from survey_app.services.files.errors import too_heavy
from survey_app.services.files.workbook import Most, Worksheet
from survey_app.services.files.workbook_shape import Shape

try:
    import resource
except ImportError:  # only Unix has it; `limits` then says that there are none
    resource = None  # type: ignore[assignment]

#: Bytes of address space: what the largest table needs, several times over.
MEMORY = 1_500_000_000
#: Kilobytes after which a process ends with its task, so that what it took is given back.
_GROWN = 300_000


def main() -> None:
    """Answer tasks until there are no more, or until one has taken much memory."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit_memory()
    for line in sys.stdin.buffer:
        task = json.loads(line)
        _limit_time(task["seconds"])
        last = _answer(task, answers)
        if not last["again"]:
            return


def limits() -> bool:
    """Whether this system can limit a process."""
    return resource is not None and sys.platform != "darwin"


def _answer(task: dict[str, Any], answers: IO[bytes]) -> dict[str, Any]:
    last: dict[str, Any] = {"again": True}
    try:
        for part in _parts(task):
            _say(answers, part)
    except AppError as error:
        last["refused"] = [error.code, error.text.id, error.text.en]
    except MemoryError:
        heavy = too_heavy(Path(task["path"]))
        last = {"again": False, "refused": [heavy.code, heavy.text.id, heavy.text.en]}
    if resource is not None and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _GROWN:
        last["again"] = False
    _say(answers, last)
    answers.flush()
    return last


def _parts(task: dict[str, Any]) -> Iterator[object]:
    path, most = Path(task["path"]), Most(**task["most"])
    if task["names"]:
        yield [sheet.name for sheet in workbook.sheets(path, most)]
        return
    for part in workbook.sheet_parts(path, task["sheet"], most):
        if isinstance(part, Worksheet):
            yield [part.place, part.name, part.hidden]
        elif isinstance(part, Shape):
            yield [
                part.columns,
                list(part.uncertain.items()),
                part.uncomputed,
                part.hidden_rows,
                part.hidden_columns,
            ]
        else:
            yield part


def _say(answers: IO[bytes], part: object) -> None:
    answers.write(json.dumps(part).encode() + b"\n")


def _limit_memory() -> None:
    if limits():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _limit_time(seconds: float) -> None:
    """So many seconds of the processor from now on, should the one who asked be gone."""
    if limits():
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
