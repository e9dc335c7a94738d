"""An index below what its unit, agency or province set out to reach, with the chance that it truly is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from analytics import half_up
from analytics.ikm import Estimate, Peers, chance_of_target
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.ikm import targets
from survey_app.services.ikm.results import UnitResult
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
#: Chances that are asked of a value without odds, put together of several samples.
_ASKED = (0.001, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2)


@dataclass(frozen=True)
class Below:
    """Something below its target.

    Attributes:
        unit: None for an agency and the province, which `scope` names.
        wrong: the chance that it has truly reached it.
    """

    scope: Scope
    unit: UnitResult | None
    value: Decimal
    mutu: str | None
    target: Target
    wrong: float


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm for each of the surest, one for all other units together."""
    found = sorted(_below(seen), key=lambda below: (below.wrong, below.value - below.target.value))
    sures = seen.all_rules.together([below.wrong for below in found])
    told = [pair for pair in zip(found, sures, strict=True) if pair[1] is not Sure.NOT_YET]
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


def missed(unit: UnitResult, peers: Peers | None, target: Decimal) -> float:
    """The chance that the unit's index has truly reached the target; 1 where nothing can be said."""
    chance = chance_of_target(Estimate.of(unit.score), target, peers).of("+")
    return 1.0 if chance is None else chance


def _below(seen: Seen) -> Iterator[Below]:
    held = targets.held_everywhere(seen.database, Index.IKM, seen.period)
    for unit in seen.measured if held else ():
        scope = Scope(unit=unit.entry.unit.code)
        target, value = held.get(scope), unit.score.ikm
        if target is not None and value is not None and value < target.value:
            wrong = missed(unit, seen.peers(unit), target.value)
            yield Below(scope, unit, value, unit.score.mutu, target, wrong)
    for scope, target in held.items():
        if scope.unit is None and seen.scope.covers_whole(scope.agency):
            yield from _aggregate(seen, scope, target)


def _aggregate(seen: Seen, scope: Scope, target: Target) -> Iterator[Below]:
    """Of an agency or the province: as far below as the intervals of its index say."""
    units = [replace(u, trend=u.trend[-2:]) for u in seen.units.units if scope.covers(u.entry)]
    if not units:
        return
    index = summarise(Overview(seen.period, tuple(units))).index
    if index.estimate.exact is None:
        return
    value, limit = half_up(index.estimate.exact), float(target.value)
    if value < target.value:
        levels = ((asked, index.estimate.interval_at(1 - 2 * asked)) for asked in _ASKED)
        wrong = next((asked for asked, found in levels if found is not None and found[1] < limit), 1.0)
        mutu = None if index.band is None else index.band.mutu
        yield Below(scope, None, value, mutu, target, wrong)


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
        chance=1 - below.wrong if below.unit is not None else None,
    )
