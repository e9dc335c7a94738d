"""The index of a province or an agency: value, method and coverage, and what clearly changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics import Period, Reason
from analytics.comparison import (
    Adjusted,
    Aggregate,
    Break,
    Difference,
    Method,
    Point,
    Series,
    adjust_p,
    change,
    difference,
    regulation_breaks,
)
from analytics.ikm import Band, Estimate
from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.services.ikm.history import comparable, incomparable
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.province.grading import Grading, grading, limits
from survey_app.services.province.indices import counts, index_of, parts
from survey_app.services.province.overview import Overview, overview
from survey_app.storage.database import Database

#: Of the changes listed, this share at most is expected to be chance (Benjamini and Hochberg).
FALSE_DISCOVERY = 0.05


@dataclass(frozen=True)
class Change:
    """A unit's difference to an earlier period, with its p-value adjusted for all units looked at."""

    result: UnitResult
    difference: Difference
    adjusted: Adjusted

    @property
    def beyond_chance(self) -> bool:
        """Listed as a change: at most `FALSE_DISCOVERY` of such a list is chance."""
        return self.adjusted.bh is not None and self.adjusted.bh <= FALSE_DISCOVERY


@dataclass(frozen=True, kw_only=True)
class Against:
    """Units beside themselves in an earlier period.

    Attributes:
        period: the earlier one.
        change: of the index of the units that have a value in both, so that which units reported is never
            taken for a change; with its reason where nothing can be compared.
        compared: how many units `change` stands on.
        changed_forms: units measured by another questionnaire in the earlier period: not in its value.
        changes: units with a value in both that may be compared, the largest fall first.
    """

    period: Period
    change: Difference
    compared: int
    changed_forms: int
    changes: tuple[Change, ...]

    @property
    def clear(self) -> tuple[Change, ...]:
        """Those beyond chance, all units looked at being allowed for."""
        return tuple(change for change in self.changes if change.beyond_chance)


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A scope in one period.

    Attributes:
        trend: the index per period, oldest first, the shown one last. Where the units of a period are graded
            by different tables it has a value and no letter.
        breaks: for each place of the trend the rules that came into force since the value before it.
        before: the units beside themselves in the period before.
        year_ago: and in the same period of the year before; None where the trend does not reach so far, and
            of years, where it is `before`.
        units: every unit of the scope whose questionnaire gives an IKM and that is in use or has answers.
        by_mutu: units per letter of their own questionnaire, the best first.
        grading: how the units with a value are graded, or all of them where none has a value.
        index_grading: how the index is graded; as the units are, unless something published says otherwise.
        unmeasured: units without a value in the period.
    """

    period: Period
    trend: tuple[tuple[Period, Aggregate], ...]
    breaks: tuple[tuple[Break, ...], ...]
    before: Against
    year_ago: Against | None
    units: tuple[UnitResult, ...]
    by_mutu: tuple[tuple[str, int], ...]
    grading: Grading
    index_grading: Grading
    unmeasured: tuple[UnitResult, ...]

    @property
    def index(self) -> Aggregate:
        return self.trend[-1][1]

    @property
    def change(self) -> Difference:
        return self.before.change

    @property
    def compared(self) -> int:
        return self.before.compared

    @property
    def changed_forms(self) -> int:
        return self.before.changed_forms

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.before.changes

    @property
    def shading(self) -> tuple[Band, ...]:
        """The table of every letter in the trend; empty where they are of different ones."""
        same = self.index_grading.bands or ()
        letters = limits(a.band for _, a in self.trend if a.band is not None)
        return same if letters <= limits(same) else ()

    @property
    def other_units(self) -> bool:
        """One of the two periods has units that the other has not: they are in its value, not in `change`."""
        return any(a.coverage.reporting != self.compared for _, a in self.trend[-2:])

    def lowest(self, count: int, fewest: int) -> tuple[UnitResult, ...]:
        """The `count` lowest of the units with at least `fewest` respondents, the lowest first."""
        valued = [(e, u) for u in self.units if u.score.n >= fewest and (e := u.score.exact) is not None]
        return tuple(unit for _, unit in sorted(valued, key=lambda pair: pair[0])[:count])


def summary(
    database: Database, scope: Scope, period: Period, method: Method = Method.MEAN_OF_UNITS, *, back: int = 5
) -> Summary:
    """Summarise the units of `scope` in `period`, with `back` periods of the same length before it."""
    return summarise(overview(database, scope, period, back=back), method, back=back)


def summarise(
    all_units: Overview,
    method: Method = Method.MEAN_OF_UNITS,
    *,
    back: int = 1,
    graded_by: Instrument | None = None,
) -> Summary:
    """The summary of units that were read, whose trends reach `back` periods before the shown one.

    A unit that is no longer in use counts in the periods in which it has answers, and in no other: it is
    never one that has yet to measure. `graded_by`: the questionnaire whose table grades the index, whatever
    those of the units are; without it the one table of all units that have a value.
    """
    ours = tuple(u for u in all_units.units if u.instrument.gives_ikm)
    units = tuple(u for u in ours if counts(u, u.current))
    table = None if graded_by is None else graded_by.bands
    trend = tuple(
        (p, index_of(parts(ours, i), method, table)) for i, p in enumerate(_periods(all_units, back))
    )
    graded = grading(u.instrument for u in _valued(units) or units)
    letters = Counter(u.score.mutu for u in units)
    year = 12 // all_units.period.months
    return Summary(
        period=all_units.period,
        trend=trend,
        breaks=_breaks(trend),
        before=against(units, method, all_units.period, 1),
        year_ago=against(units, method, all_units.period, year) if 1 < year <= back else None,
        units=units,
        by_mutu=tuple((letter, letters[letter]) for letter in graded.letters),
        grading=graded,
        index_grading=graded if graded_by is None else grading([graded_by]),
        unmeasured=tuple(u for u in units if u.score.ikm is None),
    )


def against(units: Sequence[UnitResult], method: Method, period: Period, steps: int) -> Against:
    """`units` in `period`, the last of their trends, beside themselves `steps` periods before it."""
    earlier, place = period.shift(-steps), -1 - steps
    both = tuple(u for u in units if _in_both(u, place))
    changed_forms = sum(_changed_form(u, earlier) for u in units)
    change_of_index = _change(both, method, (earlier, period), place, changed_forms)
    return Against(
        period=earlier,
        change=change_of_index,
        compared=len(both),
        changed_forms=changed_forms,
        changes=_changes(both, place),
    )


def pooling_possible(entries: Sequence[UnitEntry], scope: Scope) -> bool:
    """Respondents can be pooled only where every unit of the scope asks the same unsur."""
    used = map(instruments.find, {e.unit.instrument for e in entries if scope.covers(e)})
    return len({i.measures for i in used if i is not None and i.gives_ikm}) == 1


def _valued(units: Sequence[UnitResult]) -> list[UnitResult]:
    return [u for u in units if u.score.exact is not None]


def _breaks(trend: Sequence[tuple[Period, Aggregate]]) -> tuple[tuple[Break, ...], ...]:
    points = tuple(Point(p, value) for p, a in trend if (value := a.estimate.value) is not None)
    marks = Series(points, regulation_breaks()).marks()
    found = {point.period: breaks for point, breaks in zip(points, marks, strict=True)}
    return tuple(found.get(p, ()) for p, _ in trend)


def _change(
    both: Sequence[UnitResult], method: Method, periods: tuple[Period, Period], place: int, changed_forms: int
) -> Difference:
    if not comparable(*periods):
        return Difference.undefined(Reason.RULE_CHANGED)
    if not both:
        return Difference.undefined(Reason.QUESTIONNAIRE_CHANGED if changed_forms else Reason.NO_UNITS)
    if len(both) == 1:
        # As in the list of changes: whatever the method, the index of one unit is the unit's own.
        return change(*(Estimate.of(both[0].trend[at].score) for at in (place, -1)))
    earlier, now = (index_of(parts(both, at), method, None).estimate for at in (place, -1))
    return difference(earlier, now)


def _changed_form(unit: UnitResult, earlier: Period) -> bool:
    measured = unit.score.ikm is not None
    return measured and incomparable(unit, earlier) is Reason.QUESTIONNAIRE_CHANGED


def _periods(all_units: Overview, back: int) -> list[Period]:
    return [all_units.period.shift(-step) for step in range(back, -1, -1)]


# It stands on results that are equal to themselves alone: the same answers and users, the same result.
@lru_cache(maxsize=16)
def _differences(
    pairs: tuple[tuple[PeriodResult, PeriodResult], ...],
) -> tuple[tuple[Difference, Adjusted], ...]:
    differences = [change(Estimate.of(before.score), Estimate.of(now.score)) for before, now in pairs]
    return tuple(zip(differences, adjust_p(differences), strict=True))


def _changes(both: Sequence[UnitResult], place: int) -> tuple[Change, ...]:
    found = _differences(tuple((u.trend[place], u.current) for u in both))
    changes = [Change(u, d, a) for u, (d, a) in zip(both, found, strict=True)]
    return tuple(sorted(changes, key=lambda c: c.difference.value or 0.0))


def _in_both(unit: UnitResult, place: int) -> bool:
    before = unit.trend[place]
    measured = before.score.ikm is not None and unit.score.ikm is not None
    return measured and incomparable(unit, before.period) is None
