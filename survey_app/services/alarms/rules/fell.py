"""An index that fell beyond chance: since the period before, or within a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics import Period
from analytics.comparison import benjamini_hochberg, change
from analytics.ikm import Estimate
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen, at
from survey_app.services.ikm.history import incomparable
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.text import Text

_YEAR = Text(
    "Turun {amount} poin dalam setahun, dari {before} menjadi {now}.",
    "Down {amount} points in a year, from {before} to {now}.",
)
_SINCE = Text(
    "Turun {amount} poin sejak {period}, dari {before} menjadi {now}.",
    "Down {amount} points since {period}, from {before} to {now}.",
)
_SEVERAL = Text(
    "Unit lain yang turun: {names}.",
    "Other units that fell: {names}.",
)
_LOOK = Text("Periksa penyebabnya", "Find the cause")


@dataclass(frozen=True)
class Fall:
    """A unit's fall since a period.

    Attributes:
        points: how much lower it is, above 0.
        wrong: the chance of one like it, or a clearer one, by sampling alone, all comparisons in mind
            (Benjamini and Hochberg): of what is told up to it, at most this share is by chance.
    """

    unit: UnitResult
    before: PeriodResult
    points: float
    wrong: float


def falls(units: Sequence[UnitResult]) -> list[Fall]:
    """For each unit that is lower than before the clearer of its two falls, the clearest first.

    Every unit is compared with the period before and with the same a year ago, as far as both have a value by
    one questionnaire and one regulation; all of these one-sided comparisons are adjusted together.
    """
    pairs = [(unit, before) for unit in units for before in _earlier(unit)]
    tests = [_test(before, unit.current) for unit, before in pairs]
    kept = [(pair, *test) for pair, test in zip(pairs, tests, strict=True) if test is not None]
    adjusted = benjamini_hochberg([p for _, _, p in kept])
    found: dict[str, Fall] = {}
    for ((unit, before), points, _), wrong in zip(kept, adjusted, strict=True):
        code, fall = unit.entry.unit.code, Fall(unit, before, -points, wrong)
        if points < 0 and (code not in found or _rank(fall) < _rank(found[code])):
            found[code] = fall
    return sorted(found.values(), key=_rank)


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm for each of the clearest, one for all others together."""
    told = [f for f in falls(seen.measured) if f.wrong <= seen.all_rules.likely]
    yield from (_alarm(seen, fall) for fall in told[: rule.cards])
    others = told[rule.cards :]
    if len(others) == 1:
        yield _alarm(seen, others[0])
    elif others:
        yield Alarm(
            kind=Kind.FELL,
            subject=words.several(len(others)),
            what=_SEVERAL.format(names=words.listed([f.unit.entry.unit.name for f in others])),
            sure=seen.all_rules.sure(others[-1].wrong),
            responsible=words.EACH_AGENCY_HEAD,
            action=_LOOK,
            page="perbandingan",
            query=seen.place,
        )


def _alarm(seen: Seen, fall: Fall) -> Alarm:
    unit, before = fall.unit, fall.before.score
    a_year = seen.period.start - fall.before.period.start == 12
    said = (_YEAR if a_year else _SINCE).format(
        amount=words.number(fall.points),
        period=fall.before.period,
        before=words.number(before.exact or 0),
        now=words.number(unit.score.exact or 0),
    )
    return Alarm(
        kind=Kind.FELL,
        subject=words.name(unit.entry.unit.name),
        what=said,
        sure=seen.all_rules.sure(fall.wrong),
        responsible=words.head_of_agency(unit.entry),
        action=_LOOK,
        page="unit",
        query={"unit": unit.entry.unit.code, "period": str(seen.period)},
        unit=unit.entry.unit.code,
        value=float(unit.score.ikm or 0),
        mutu=unit.score.mutu,
        since=_lower_since(unit, fall.before),
    )


def _rank(fall: Fall) -> tuple[float, float]:
    return fall.wrong, -fall.points


def _earlier(unit: UnitResult) -> Iterator[PeriodResult]:
    """What the current period is compared with: the one before, and the same a year ago."""
    for back in sorted({1, 12 // unit.period.months}):
        before = at(unit, unit.period.shift(-back))
        if before is not None and before.score.exact is not None and not incomparable(unit, before.period):
            yield before


# By results, which are compared by identity: where they have not changed, the comparison has not.
@lru_cache(maxsize=8192)
def _test(before: PeriodResult, now: PeriodResult) -> tuple[float, float] | None:
    """The change in points, and the one-sided p of a fall; None where the samples cannot tell."""
    found = change(Estimate.of(before.score), Estimate.of(now.score))
    if found.value is None or found.p is None:
        return None
    return found.value, found.p / 2 if found.value < 0 else 1 - found.p / 2


def _lower_since(unit: UnitResult, before: PeriodResult) -> Period:
    """The first period after `before` from which on every value is lower than it was then."""
    since, level = unit.period, before.score.exact or 0
    for part in reversed(unit.trend):
        if part.period <= before.period or (part.score.exact is not None and part.score.exact >= level):
            break
        since = part.period
    return since
