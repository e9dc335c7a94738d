"""A service beside the others of its unit: what is told of it, taken off the unit, must not leave a few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analytics import Reason
from analytics.disclosure import MINIMUM, hide_small_cells
from survey_app.services.ikm import results
from survey_app.services.ikm.profiles import ProfileCount
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database


@dataclass(frozen=True)
class BesideServices:
    """What of a service may not be told.

    Attributes:
        why: why its value is hidden; None when it may be shown.
        unsur: its values per unsur are hidden.
        fields: profile fields no count of which may be shown.
    """

    why: Reason | None = None
    unsur: bool = False
    fields: frozenset[str] = frozenset()


def judge(database: Database, result: UnitResult) -> BesideServices:
    """What of a service may not be told beside its unit, which is public, and the other services."""
    code, period = result.entry.unit.code, result.period
    whole = results.unit_result(database, code, period, length=1, within=PROVINCE)
    codes = [counted.service.code for counted in whole.services if counted.n]
    if result.service is None or result.service.code not in codes or len(codes) == 1:
        return BesideServices()
    place = codes.index(result.service.code)
    if not _told([counted.n for counted in whole.services if counted.n], place):
        return BesideServices(Reason.SINGLED_OUT, unsur=True)
    each = [
        results.unit_result(database, code, period, service, length=1, within=PROVINCE) for service in codes
    ]
    alike = [found for found in each if found.instrument.series == result.instrument.series]
    place = [found.service for found in alike].index(result.service)
    unsur = zip(*(found.score.answered for found in alike), strict=True)
    hides_unsur = any(not _told(counts, place) for counts in unsur)
    return BesideServices(None, hides_unsur, frozenset(_fields(alike, place)))


def _fields(services: Sequence[UnitResult], place: int) -> Iterator[str]:
    """Profile fields of which the service at `place` may tell no count."""
    if len({found.instrument.ref for found in services}) > 1:
        # The options of two versions of a questionnaire need not be the same.
        yield from (counted.field.key for counted in services[place].respondents)
        return
    for of_each in zip(*(found.respondents for found in services), strict=True):
        if not _all_told([_counts(counted) for counted in of_each], place):
            yield of_each[place].field.key


def _told(counts: Sequence[int], place: int) -> bool:
    """Whether the count at `place` may be told, where the sum of all is public."""
    table = hide_small_cells(np.array([counts], dtype=np.int64), MINIMUM)
    return table.total is not None and table.cells[0][place] is not None


def _counts(counted: ProfileCount) -> list[int]:
    return [*(n for _, n in counted.counts), counted.unanswered]


def _all_told(services: Sequence[Sequence[int]], place: int) -> bool:
    """Whether the counts of the service at `place` that stand alone may stand beside those of its unit."""
    table = hide_small_cells(np.array(services, dtype=np.int64), MINIMUM)
    # The unit's own counts are public already: they cannot be hidden for the sake of a service.
    public = not (table.complementary[-1].any() or table.complementary[:, -1].any())
    alone = hide_small_cells(np.array([services[place]], dtype=np.int64), MINIMUM).cells[0]
    return public and all(
        told is not None or own is None for told, own in zip(table.cells[place], alone, strict=True)
    )
