"""The result of an agency (OPD) or of the province in a period, by every method its questionnaires allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics import Period
from analytics.comparison import Aggregate, Method
from survey_app.instruments import Element
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.comparison import RANKS_SEED, Comparison, compare
from survey_app.services.province.overview import Overview
from survey_app.services.province.summary import Summary, summarise
from survey_app.services.publishing.recap import Recap
from survey_app.storage.places import Agency


@dataclass(frozen=True)
class UnsurMean:
    """An unsur over units: the mean of their IKM of it, each unit counting once."""

    element: Element
    mean: Fraction
    units: int


@dataclass(frozen=True, kw_only=True)
class RecapResult:
    """An agency, or the province, in a period.

    Attributes:
        inputs: what it was computed from.
        summary: by the mean of the units' values, which is the practice of provincial reports.
        aggregates: the index of that summary first, then the other methods that are possible.
        comparison: rank bands, and values per unsur.
        members: the same summary of each agency alone, by name.
        unsur: in the order of the questionnaire.
    """

    inputs: Recap
    summary: Summary
    aggregates: tuple[Aggregate, ...]
    comparison: Comparison
    members: tuple[tuple[Agency, Summary], ...]
    unsur: tuple[UnsurMean, ...]

    @property
    def agency(self) -> Agency | None:
        """None for the province."""
        return self.inputs.agency

    @property
    def period(self) -> Period:
        return self.summary.period


def result_of(inputs: Recap) -> RecapResult:
    """The result of what was read, now or when it was published."""
    overview = inputs.overview
    main = summarise(overview, graded_by=inputs.graded_by)
    methods = [Method.POOLED, Method.BY_VOLUME] if _same_unsur(main.units) else []
    return RecapResult(
        inputs=inputs,
        summary=main,
        aggregates=(main.index, *(summarise(overview, m, graded_by=inputs.graded_by).index for m in methods)),
        comparison=compare(Overview(overview.period, main.units), RANKS_SEED),
        members=_members(inputs),
        unsur=_unsur(main.units),
    )


def _same_unsur(units: Sequence[UnitResult]) -> bool:
    """Respondents can be pooled only where every unit asks the same unsur."""
    return len({u.instrument.measures for u in units}) == 1


def _members(inputs: Recap) -> tuple[tuple[Agency, Summary], ...]:
    units: defaultdict[Agency, list[UnitResult]] = defaultdict(list)
    for unit in inputs.overview.units:
        units[unit.entry.agency].append(unit)
    return tuple(
        (agency, summarise(Overview(inputs.period, tuple(own)), graded_by=inputs.graded_by))
        for agency, own in units.items()
    )


def _unsur(units: Sequence[UnitResult]) -> tuple[UnsurMean, ...]:
    values: defaultdict[str, list[Fraction]] = defaultdict(list)
    elements: dict[str, Element] = {}
    # The longest questionnaire first: it gives the order and the numbers.
    for unit in sorted(units, key=lambda u: -len(u.instrument.elements)):
        for element, unsur in zip(unit.instrument.elements, unit.score.unsur, strict=True):
            elements.setdefault(element.key, element)
            if unit.score.exact is not None and unsur.exact is not None:
                values[element.key].append(unsur.exact * unit.score.scale)
    return tuple(
        UnsurMean(elements[key], sum(known, Fraction(0)) / len(known), len(known))
        for key in elements
        if (known := values[key])
    )
