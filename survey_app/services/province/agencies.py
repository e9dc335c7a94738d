"""The agencies of a scope side by side, each with the index of its own units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.comparison import Aggregate, Method
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.grading import Grading
from survey_app.services.province.indices import index_of, parts
from survey_app.services.province.summary import Summary
from survey_app.storage.places import Agency


@dataclass(frozen=True, kw_only=True)
class OfAgency:
    """An agency in a period.

    Attributes:
        index: of its units, put together as those of the whole are.
        units: those with a value.
        low: how many of them have a letter of `low_letters`.
    """

    agency: Agency
    index: Aggregate
    units: tuple[UnitResult, ...]
    low: int


def by_agency(summary: Summary, method: Method) -> tuple[OfAgency, ...]:
    """The agencies of the summary's units, the highest index first, those without one last, by name.

    What is missing is as in the summary: a unit without a value is not in the index of its agency.
    """
    units = defaultdict[Agency, list[UnitResult]](list)
    for unit in summary.units:
        units[unit.entry.agency].append(unit)
    low = low_letters(summary.grading)
    found = [_of_agency(agency, own, method, low) for agency, own in units.items()]
    return tuple(sorted(found, key=_place))


def low_letters(grading: Grading) -> tuple[str, ...]:
    """The lower half of the letters in use, the best of them first: C and D of four, those below the middle
    one of five."""
    return grading.letters[(len(grading.letters) + 1) // 2 :]


def _of_agency(agency: Agency, units: Sequence[UnitResult], method: Method, low: Sequence[str]) -> OfAgency:
    valued = tuple(unit for unit in units if unit.score.exact is not None)
    return OfAgency(
        agency=agency,
        index=index_of(parts(units, -1), method, None),
        units=valued,
        low=sum(unit.score.mutu in low for unit in valued),
    )


def _place(row: OfAgency) -> tuple[bool, float, str]:
    value = row.index.estimate.value
    return value is None, -(value or 0.0), row.agency.name
