"""The lowest letter: an index or an unsur that has it, by its odds; and an index that may fall to it.

Limits: `may_slip` the odds from which an index is told that may fall to it; `fewest` answers below which
nothing is sure yet, and `few` below which nothing is almost certain, unless the odds may be told as a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from analytics.ikm import Band, Estimate, Odds, Peers, Told, odds, unsur_estimate
from survey_app.instruments import Element
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule, Rules
from survey_app.services.alarms.seen import Seen
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.permissions import Action
from survey_app.text import Text

_INDEX = Text("IKM bermutu {mutu}{run}.", "The IKM is graded {mutu}{run}.")
_UNSUR = Text("{unsur} bermutu {mutu} ({value}){run}.", "{unsur} is graded {mutu} ({value}){run}.")
_ALSO = Text(" Juga {mutu}: {unsur}.", " Also {mutu}: {unsur}.")
_LOWEST = Text(" Terendah: {unsur}.", " The lowest: {unsur}.")
_MAY_SLIP = Text(
    "Kini masih {now}, tetapi dapat turun ke {mutu}. Baru {n} orang menilai.",
    "Still {now}, but it may fall to {mutu}. Only {n} people have answered.",
)
_SEVERAL = Text("Unit lain dengan mutu {mutu}: {names}.", "Other units with a {mutu}: {names}.")
_RUN = {
    1: Text(", sudah {n} bulan", " for {n} months"),
    3: Text(", sudah {n} triwulan", " for {n} quarters"),
    6: Text(", sudah {n} semester", " for {n} half years"),
    12: Text(", sudah {n} tahun", " for {n} years"),
}
_DECIDE = Text("Tetapkan tindakan", "Decide on an action")
_CHECK = Text("Periksa tindakan", "Look into the action")
_PLANNED = Text(" Tindakan sudah direncanakan.", " An action is planned.")
_PLANNED_FOR = Text(" Tindakan sudah direncanakan, tenggat {due}.", " An action is planned, due {due}.")
_ASK_MORE = Text("Tambah responden dahulu", "Ask more people first")
#: Months.
_YEAR = 12
_NAMED = Text("{unsur} ({value})", "{unsur} ({value})")


@dataclass(frozen=True, kw_only=True)
class Lowest:
    """What is said to have the lowest letter, or to be near it.

    Attributes:
        element: the unsur; None for the index.
        sheets: the answers it stands on.
        odds: the chance that it truly has it.
        exactly: whether the odds may be told as a number.
        periods: for how many periods in a row it has had it; 0 for an index that has a better one.
    """

    unit: UnitResult
    element: Element | None
    value: Decimal
    sheets: int
    odds: float
    exactly: bool
    periods: int


def lowest(
    units: Sequence[UnitResult], peers: Callable[[UnitResult], Peers | None], may_slip: float
) -> list[Lowest]:
    """Every index and unsur of the lowest letter, and indices whose odds of it are at least `may_slip`; the
    surest first."""
    found = [found for unit in units for found in (*_index(unit, peers(unit), may_slip), *_unsur(unit))]
    return sorted(found, key=lambda claim: -claim.odds)


def how_sure(claims: Sequence[Lowest], rule: Rule, rules: Rules) -> list[tuple[Lowest, Sure]]:
    """Each with how sure it is, the surest first.

    Odds without peers are right on average only over letters that lie anywhere. Of sixty units with nine
    unsur each, those that look worst by a few answers are told too surely: so of few answers less is said.
    """
    fewest, few = (
        [not c.exactly and c.sheets < rule.limits[name] for c in claims] for name in ("fewest", "few")
    )
    firm = [c for c, weak in zip(claims, few, strict=True) if not weak]
    steps = dict(zip(map(id, firm), rules.together([1 - c.odds for c in firm]), strict=True))
    told = []
    for claim, none in zip(claims, fewest, strict=True):
        alone = rules.sure(1 - claim.odds)
        at_most = Sure.FAIRLY if alone is Sure.ALMOST_CERTAIN else alone
        told.append((claim, Sure.NOT_YET if none else steps.get(id(claim), at_most)))
    return sorted(told, key=lambda pair: (_STEPS.index(pair[1]), -pair[0].odds))


_STEPS = list(Sure)


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm a unit for the surest, one for all other units together."""
    by_unit: dict[str, list[tuple[Lowest, Sure]]] = {}
    claims = lowest(seen.measured, seen.peers, rule.limits["may_slip"])
    for claim, sure in how_sure(claims, rule, seen.all_rules):
        by_unit.setdefault(claim.unit.entry.unit.code, []).append((claim, sure))
    told = list(by_unit.values())
    single = told if len(told) == rule.cards + 1 else told[: rule.cards]
    yield from (_alarm(seen, of_unit) for of_unit in single)
    others = [of_unit[0] for of_unit in told[len(single) :] if of_unit[0][0].periods]
    if others:
        yield Alarm(
            kind=Kind.GRADE,
            subject=words.several(len(others)),
            what=_SEVERAL.format(
                mutu=_worst(others[0][0].unit).mutu,
                names=words.listed([claim.unit.entry.unit.name for claim, _ in others]),
            ),
            sure=others[-1][1],
            responsible=words.EACH_AGENCY_HEAD,
            action=_DECIDE,
            page="perbandingan",
            query=seen.place,
        )


def _alarm(seen: Seen, claims: Sequence[tuple[Lowest, Sure]]) -> Alarm:
    (first, sure), unit = claims[0], claims[0][0].unit
    hold = first.periods > 0
    # Of few people nothing is sure yet; what they say for a year is no chance of one period.
    settled = sure is not Sure.NOT_YET or first.periods * unit.period.months >= _YEAR
    what, action, page = _said([claim for claim, _ in claims]), _DECIDE, "unit"
    if not (hold and settled):
        action = _ASK_MORE
    elif known := _under_way(seen, first):
        what, action, page = words.joined(what, known), _CHECK, "tindak-lanjut"
    query = {"unit": unit.entry.unit.code, "period": str(seen.period)}
    if action is _DECIDE and first.element is not None and seen.acting.may(Action.CHANGE_FOLLOW_UP):
        # There the unsur waits to be made an action.
        page, query = "tindak-lanjut", query | {"usul": first.element.key}
    return Alarm(
        kind=Kind.GRADE,
        subject=words.name(unit.entry.unit.name),
        what=what,
        sure=sure,
        responsible=words.head_of_agency(unit.entry),
        action=action,
        page=page,
        query=query,
        unit=unit.entry.unit.code,
        value=float(unit.score.ikm or 0),
        mutu=unit.score.mutu,
        since=unit.period.shift(1 - first.periods) if hold else None,
        chance=first.odds if first.exactly else None,
    )


def _under_way(seen: Seen, first: Lowest) -> Text | None:
    """That something is planned for the unsur, or for any where it is the index, and when it is due."""
    known = [
        action
        for action in seen.under_way.get(first.unit.entry.unit.code, ())
        if first.element is None or action.unsur == first.element.key
    ]
    if not known:
        return None
    due = [action.due for action in known if action.due is not None]
    return _PLANNED if not due else _PLANNED_FOR.format(due=max(due))


def _said(claims: Sequence[Lowest]) -> Text:
    first, unit = claims[0], claims[0].unit
    mutu = _worst(unit).mutu
    named = [
        _NAMED.format(unsur=c.element.name, value=words.number(c.value)) for c in claims[1:] if c.element
    ]
    if not first.periods:
        return _MAY_SLIP.format(mutu=mutu, now=unit.score.mutu or "", n=words.whole(unit.score.n))
    run = _RUN[unit.period.months].format(n=first.periods) if first.periods > 1 else Text("", "")
    if first.element is None:
        said, rest = _INDEX.format(mutu=mutu, run=run), _LOWEST
    else:
        value = words.number(first.value)
        said = _UNSUR.format(unsur=first.element.name, mutu=mutu, value=value, run=run)
        rest = _ALSO
    if not named:
        return said
    return words.joined(said, rest.format(mutu=mutu, unsur=words.enumerated(named)))


def _worst(unit: UnitResult) -> Band:
    return unit.instrument.bands[0]


def _index(unit: UnitResult, peers: Peers | None, may_slip: float) -> Iterator[Lowest]:
    score, worst = unit.score, _worst(unit)
    near = score.interval is not None and score.interval[0] <= float(worst.high)
    told = _index_odds(unit.current, unit.instrument.bands, peers) if near else None
    chance = None if told is None else told.of(worst.mutu)
    if told is None or chance is None or score.ikm is None:
        return
    has = score.mutu == worst.mutu
    exactly = told.told is Told.IN_PERCENT
    if has or (exactly and chance >= may_slip):
        periods = _in_a_row(unit, lambda part: part.score.mutu == worst.mutu) if has else 0
        yield Lowest(
            unit=unit,
            element=None,
            value=score.ikm,
            sheets=score.n,
            odds=chance,
            exactly=exactly,
            periods=periods,
        )


def _unsur(unit: UnitResult) -> Iterator[Lowest]:
    worst = _worst(unit).mutu
    for place, (element, found) in enumerate(zip(unit.instrument.elements, unit.score.unsur, strict=True)):
        if found.ikm is None or found.mutu != worst:
            continue
        told = _unsur_odds(unit.current, place, unit.instrument.bands)
        chance = told.of(worst)
        if chance is not None:

            def has(part: PeriodResult, place: int = place) -> bool:
                return part.score.unsur[place].mutu == worst

            yield Lowest(
                unit=unit,
                element=element,
                value=found.ikm,
                sheets=found.n,
                odds=chance,
                exactly=told.told is Told.IN_PERCENT,
                periods=_in_a_row(unit, has),
            )


def _in_a_row(unit: UnitResult, has: Callable[[PeriodResult], bool]) -> int:
    """Periods up to the shown one, without a gap."""
    count = 0
    for part in reversed(unit.trend):
        if part.score.exact is None or not has(part):
            break
        count += 1
    return count


# By results, which are compared by identity.
@lru_cache(maxsize=1024)
def _index_odds(part: PeriodResult, bands: tuple[Band, ...], peers: Peers | None) -> Odds:
    return odds(Estimate.of(part.score), bands, peers)


@lru_cache(maxsize=2048)
def _unsur_odds(part: PeriodResult, place: int, bands: tuple[Band, ...]) -> Odds:
    """As of an index without peers, whose people do not differ as those of one unsur do."""
    found = unsur_estimate(part.moments, place, part.score.population)
    scale = Fraction(100, part.moments.levels)
    if found.exact is None or found.interval is None:
        return Odds(None, found.reason)
    low, high = (float(scale) * end for end in found.interval)
    on_scale = replace(
        found, exact=found.exact * scale, interval=(low, high), low=float(scale) * found.low, high=100.0
    )
    return odds(on_scale, bands)
