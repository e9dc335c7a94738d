"""A file that came through the browser, as a path that the services read, for as long as they do."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from survey_app.errors import Refused
from survey_app.text import Text

#: Bytes of all files that one session of a browser may send: ten of the largest.
MOST_PER_SESSION = 200_000_000
TOO_MANY = Text(
    "Unggahan sejak halaman ini dibuka sudah {most} MB. Muat ulang halaman untuk mulai lagi.",
    "The files uploaded since this page was opened are {most} MB. Reload the page to begin again.",
)


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


def count_upload(seen: MutableMapping[str, int], file_id: str, size: int) -> None:
    """Note a file among those a session has sent; the same one again is no other.

    Raises:
        Refused: `uploads-too-many` when they would be more than `MOST_PER_SESSION` together.
    """
    together = sum(seen.values()) + (0 if file_id in seen else size)
    if together > MOST_PER_SESSION:
        raise Refused("uploads-too-many", TOO_MANY.format(most=MOST_PER_SESSION // 1_000_000))
    seen[file_id] = size
