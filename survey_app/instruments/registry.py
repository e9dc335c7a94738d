"""Which questionnaires there are: those of the repository, and those that were published in a database.

Whoever opens a database hands over its `Shelf`; a questionnaire that is not known yet is looked for there
before it counts as unknown. So all processes know what one has published, at the first need. What was read
once is kept: a published version never changes.
"""

from __future__ import annotations

import json
import logging
import re
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Protocol

from survey_app.errors import InstrumentError, NotFound, Unavailable
from survey_app.instruments import files
from survey_app.instruments.added import LONGEST_ID
from survey_app.instruments.check import PREFIX
from survey_app.instruments.files import fingerprint_of, parse
from survey_app.instruments.model import Instrument
from survey_app.text import Text

_log = logging.getLogger(__name__)

#: A ref that may stand on a shelf; anybody can send a form with a ref of his own making.
_MAY_BE_ADDED = re.compile(rf"{re.escape(PREFIX)}[a-z0-9-]{{1,{LONGEST_ID - len(PREFIX)}}}@[1-9][0-9]{{0,3}}")


@dataclass(frozen=True)
class Kept:
    """A questionnaire as a database holds it: canonical JSON, and the SHA-256 it was published under."""

    content: str
    fingerprint: str


class Shelf(Protocol):
    """Where a database keeps questionnaires. May raise Unavailable."""

    def find(self, ref: str) -> Kept | None:
        """The questionnaire of that ref."""

    def refs(self) -> Sequence[str]:
        """The refs of all of them, in the order in which they are offered."""


@dataclass(frozen=True)
class _Known:
    """A shelf while somebody has its database, and what was read of it so far, with its fingerprint."""

    shelf: weakref.ref[Shelf]
    read: dict[str, tuple[Instrument, str]] = field(default_factory=dict)


# A tuple that is replaced whole: who reads it needs no lock. A process has one database, tests have several.
_shelves: tuple[_Known, ...] = ()
_changing = Lock()


def look_into(shelf: Shelf) -> None:
    """From now on, look for questionnaires there too."""
    global _shelves
    with _changing:
        _shelves = (_Known(weakref.ref(shelf)), *(known for known in _shelves if known.shelf() is not None))


def look_no_more_into(shelf: Shelf) -> None:
    """Its database is closed: what was read from it is forgotten."""
    global _shelves
    with _changing:
        _shelves = tuple(known for known in _shelves if known.shelf() not in (shelf, None))


def get(ref: str) -> Instrument:
    """The published instrument named `ref`, such as skm-2017@1.

    Raises:
        NotFound: `instrument-unknown`.
        InstrumentError: `instrument-damaged` when it is stored and is not what was published.
        Unavailable
    """
    return _find(ref)[0]


def find(ref: str) -> Instrument | None:
    """As `get`, for lists that go on without it: None, and a line in the log, where it cannot be read."""
    try:
        return get(ref)
    except (NotFound, InstrumentError) as error:
        _tell_once(ref, error.code)
        return None


def locked(ref: str) -> str:
    """The fingerprint under which the instrument `ref` was published. Raises: as `get`."""
    return _find(ref)[1]


def published() -> Mapping[str, Instrument]:
    """All published instruments by `ref`, those of the repository first; damaged ones are left out.

    Raises:
        InstrumentError: `instrument-changed` when a file is not the one that was published.
        Unavailable
    """
    offered = dict(files.published())
    for ref in _refs():
        if (instrument := find(ref)) is not None:
            offered.setdefault(ref, instrument)
    return offered


def _refs() -> Sequence[str]:
    """Of the shelf that was handed over last and can be read."""
    failed: Unavailable | None = None
    for shelf in (known.shelf() for known in _shelves):
        if shelf is not None:
            try:
                return shelf.refs()
            except Unavailable as error:
                failed = failed or error
    if failed is not None:
        raise failed
    return ()


def _find(ref: str) -> tuple[Instrument, str]:
    if (shipped := files.published().get(ref)) is not None:
        return shipped, files.lock()[ref]
    for known in _shelves if _MAY_BE_ADDED.fullmatch(ref) else ():
        if ref in known.read:
            return known.read[ref]
        shelf = known.shelf()
        if shelf is not None and (kept := shelf.find(ref)) is not None:
            return known.read.setdefault(ref, (_read(ref, kept), kept.fingerprint))
    text = Text(
        "Kuesioner {ref} tidak ada; yang ada: {known}.",
        "There is no questionnaire {ref}; available: {known}.",
    )
    names = [*files.published(), *(name for known in _shelves for name in known.read)]
    raise NotFound("instrument-unknown", text.format(ref=ref, known=", ".join(names)))


def _read(ref: str, kept: Kept) -> Instrument:
    """Raises: InstrumentError `instrument-damaged`."""
    if fingerprint_of(kept.content) == kept.fingerprint:
        try:
            instrument = parse(json.loads(kept.content), added=True)
        except (ValueError, InstrumentError) as error:
            raise _damaged(ref) from error
        if instrument.ref == ref:
            return instrument
    raise _damaged(ref)


def _damaged(ref: str) -> InstrumentError:
    text = Text(
        "Kuesioner {ref} rusak: isinya bukan yang dulu diterbitkan. Pulihkan basis data dari cadangan, atau "
        "pilih kuesioner lain untuk unitnya.",
        "The questionnaire {ref} is damaged: it is not what was published. Restore the database from a "
        "backup, or choose another questionnaire for its unit.",
    )
    return InstrumentError("instrument-damaged", text.format(ref=ref))


# Once in a process: lists are drawn again and again.
@lru_cache(maxsize=256)
def _tell_once(ref: str, code: str) -> None:
    _log.error(
        "questionnaire %s cannot be read [%s]; restore it from a backup: docs/panduan/cadangan.md", ref, code
    )
