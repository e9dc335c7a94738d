"""A file that came through the browser, as a path that the services read, for as long as they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def as_file(name: str, data: bytes) -> Iterator[Path]:
    """`data` in a folder that only this process's user can read, gone when the block ends.

    Of `name` only the last part is used, so that no name leads out of the folder.
    """
    with TemporaryDirectory(prefix="survey-") as folder:
        path = Path(folder) / (_last_part(name) or "unggahan")
        path.write_bytes(data)
        yield path


def _last_part(name: str) -> str:
    return Path(name.replace("\\", "/")).name.strip(".")[-100:]
