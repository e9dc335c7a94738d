"""An index below what its unit, agency or province set out to reach, more than its sample explains.

Whoever works towards a target is near it: so what is told holds even if all of them had reached it exactly
(Holm), and not only on average, as of the letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analytics import half_up
from analytics.comparison import holm
from analytics.ikm import Estimate, Peers, Told, chance_if_reached, chance_of_target
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.ikm import targets
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.ikm.targets import Index, Target
from survey_app.services.places.scope import Scope
from survey_app.services.province.overview import Overview
from survey_app.services.province.summary import summarise
from survey_app.text import Text

_BELOW = Text(
    "IKM {value}, kurang {gap} dari target {target}.", "IKM {value}, {gap} below the target of {target}."
)
_SEVERAL = Text("Unit lain di bawah target: {names}.", "Other units below their target: {names}.")
_WHOLE = Text("Seluruh provinsi", "The whole province")
_DECIDE = Text("Tetapkan tindakan", "Decide on an action")


@dataclass(frozen=True, kw_only=True)
class Below:
    """Something below its target.

    Attributes:
        unit: None for an agency and the province, which `scope` names.
        p: how likely a value as low is if it has truly reached it (`chance_if_reached`).
        chance: the odds that it has not; None where there are none.
    """

    scope: Scope
    unit: UnitResult | None
    value: Decimal
    mutu: str | None
    target: Target
    p: float
    chance: float | None = None


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm for each of the surest, one for all other units together."""
    found = sorted(_below(seen), key=lambda below: (below.p, below.value - below.target.value))
    wrong = holm([below.p for below in found])
    told = [
        (b, seen.all_rules.sure(w)) for b, w in zip(found, wrong, strict=True) if w <= seen.all_rules.likely
    ]
    whole = [pair for pair in told if pair[0].unit is None]
    units = [pair for pair in told if pair[0].unit is not None]
    single = units if len(units) == rule.cards + 1 else units[: rule.cards]
    yield from (_alarm(seen, *pair) for pair in (*whole, *single))
    if others := units[len(single) :]:
        names = [below.unit.entry.unit.name for below, _ in others if below.unit is not None]
        yield Alarm(
            kind=Kind.BELOW_TARGET,
            subject=words.several(len(others)),
            what=_SEVERAL.format(names=words.listed(names)),
            sure=others[-1][1],
            responsible=words.EACH_HEAD,
            action=_DECIDE,
            page="perbandingan",
            query=seen.place,
        )


def _below(seen: Seen) -> Iterator[Below]:
    """Everything of the scope that has a target and a value, reached or not: all of it is looked at."""
    held = targets.held_everywhere(seen.database, Index.IKM, seen.period)
    for unit in seen.measured if held else ():
        scope = Scope(unit=unit.entry.unit.code)
        target, value = held.get(scope), unit.score.ikm
        if target is not None and value is not None:
            p, chance = of_unit(unit.current, target.value, seen.peers(unit))
            yield Below(
                scope=scope,
                unit=unit,
                value=value,
                mutu=unit.score.mutu,
                target=target,
                p=p,
                chance=chance,
            )
    for scope, target in held.items():
        if scope.unit is None and seen.scope.covers_whole(scope.agency):
            yield from _aggregate(seen, scope, target)


# By results, which are compared by identity.
@lru_cache(maxsize=1024)
def of_unit(part: PeriodResult, target: Decimal, peers: Peers | None) -> tuple[float, float | None]:
    """How likely a value as low is if the target is truly reached; and the odds that it is not."""
    estimate = Estimate.of(part.score)
    p, odds = chance_if_reached(estimate, target), chance_of_target(estimate, target, peers)
    told = odds.told is Told.IN_PERCENT
    return (1.0 if p is None else p), (odds.of("-") if told else None)


def _aggregate(seen: Seen, scope: Scope, target: Target) -> Iterator[Below]:
    """Of an agency or the province: its index by the mean of its units."""
    units = [replace(u, trend=u.trend[-2:]) for u in seen.units.units if scope.covers(u.entry)]
    index = summarise(Overview(seen.period, tuple(units))).index if units else None
    if index is not None and index.estimate.exact is not None:
        p = chance_if_reached(index.estimate, target.value)
        mutu = None if index.band is None else index.band.mutu
        yield Below(
            scope=scope,
            unit=None,
            value=half_up(index.estimate.exact),
            mutu=mutu,
            target=target,
            p=1.0 if p is None else p,
        )


def _alarm(seen: Seen, below: Below, sure: Sure) -> Alarm:
    said = _BELOW.format(
        value=words.number(below.value),
        gap=words.number(below.target.value - below.value),
        target=words.number(below.target.value),
    )
    entry = None if below.unit is None else below.unit.entry
    agency = next((e.agency for e in seen.entries.values() if e.agency.code == below.scope.agency), None)
    if entry is not None:
        subject, post = words.name(entry.unit.name), words.head_of(entry.unit.name)
    elif agency is not None:
        subject, post = words.name(agency.name), words.head_of(agency.name)
    else:
        subject, post = _WHOLE, words.PROVINCE_HEAD
    place = {k: v for k, v in (("agency", below.scope.agency), ("unit", below.scope.unit)) if v}
    return Alarm(
        kind=Kind.BELOW_TARGET,
        subject=subject,
        what=said,
        sure=sure,
        responsible=post,
        action=_DECIDE,
        page="ringkasan" if entry is None else "unit",
        query={**place, "period": str(seen.period)},
        unit=below.scope.unit,
        value=float(below.value),
        mutu=below.mutu,
        since=below.target.period,
        chance=below.chance,
    )
