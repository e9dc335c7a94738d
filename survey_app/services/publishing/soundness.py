"""Stored publications that can no longer be read: left out and named for the operator; the rest is served.

What was public cannot be taken back by damage. A version whose number of people is not known any more may
still be in somebody's hands, so what was published after it about the same months waits for a backup.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from analytics import AnalyticsError, Period
from survey_app.errors import StorageError, Unavailable
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading

T = TypeVar("T")
H = TypeVar("H", Heading, RecapHeading)

_log = logging.getLogger(__name__)


def if_sound(heading: Heading | RecapHeading, read: Callable[[], T]) -> T | None:
    """What `read` finds of a published version; None, and a line in the log, where it is damaged.

    A database that is away is no damage: Unavailable goes through.
    """
    try:
        return read()
    except Unavailable:
        raise
    except StorageError as error:
        _tell_once(heading, error.code)
        return None


def dated(headings: Iterable[H]) -> list[H]:
    """Those whose period is one."""
    return [h for h in headings if _period(h) is not None]


def behind(damaged: Iterable[Heading | RecapHeading], headings: Sequence[H]) -> set[H]:
    """Those of `headings` that came after a damaged version, or are it, and are about some of its months."""
    places = [(Period.parse(d.period), order(d)) for d in damaged]
    return {
        h
        for h in headings
        if any(order(h) >= place and period.overlaps(Period.parse(h.period)) for period, place in places)
    }


def order(heading: Heading | RecapHeading) -> tuple[datetime, bool]:
    """Of the same second the units first: a recap is published with them in sight."""
    return heading.published_at, isinstance(heading, RecapHeading)


def _period(heading: Heading | RecapHeading) -> Period | None:
    try:
        return Period.parse(heading.period)
    except AnalyticsError:
        _tell_once(heading, "period")
        return None


# Once in a process: a public page asks again and again.
@lru_cache(maxsize=4096)
def _tell_once(heading: Heading | RecapHeading, code: str) -> None:
    of = heading.unit if isinstance(heading, Heading) else f"recap {heading.agency or 'province'}"
    _log.error(
        "publication %s %s version %s is damaged and left out [%s]; restore it from a backup: "
        "docs/panduan/cadangan.md",
        of,
        heading.period,
        heading.version,
        code,
    )
