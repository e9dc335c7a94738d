"""Which published versions anyone may see: those that do not, with the others, single out a few people.

Versions are taken in the order in which they were published. What has been shown cannot be taken back, so the
later one is withheld: a version that adds three late answers, or the year that would give away the three
answers of the one month that was not published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from analytics.disclosure.narrowing import PublishedTotal, to_withhold
from analytics.disclosure.recap_narrowing import RecapTotal, Unit, UnitTotal
from analytics.disclosure.recap_narrowing import to_withhold as to_withhold_of_all
from analytics.disclosure.small_cells import MINIMUM
from analytics.period import Period
from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.scope import Scope
from survey_app.services.province.overview import overview
from survey_app.services.publishing import recap_numbers
from survey_app.services.publishing.recap_numbers import unit_key
from survey_app.services.publishing.snapshot import legible
from survey_app.services.publishing.soundness import behind, dated, if_sound, order
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage import publications, recap_publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading


@dataclass(frozen=True)
class Withheld:
    """Versions of units and of recaps whose values are not to be shown."""

    units: frozenset[Heading]
    recaps: frozenset[RecapHeading]


#: A version, and whom its value is of.
_Counted = tuple[Heading | RecapHeading, UnitTotal | RecapTotal]
_NOTHING = Withheld(frozenset(), frozenset())


def withheld(database: Database, headings: Iterable[Heading]) -> set[Heading]:
    """Those of `headings`, all versions of some units, the oldest first, whose values are not to be shown."""
    return _alone(database, list(headings)) | of_recaps(database).units


def unknown(database: Database, headings: Iterable[Heading]) -> list[Heading]:
    """Those of `headings` that do not say any more how many people stand behind them, being damaged."""
    return _totals(database, headings)[1]


def of_recaps(database: Database) -> Withheld:
    """What is not to be shown because of the recaps that are shown, or the other way round."""
    with database.read() as connection:
        state = recap_publications.state(connection)
    # Without a recap nothing has to be read.
    return _of_recaps(database, state) if state[1] else _NOTHING


# Publications are appended and never altered, so the last of them stand for all.
@lru_cache(maxsize=8)
def _of_recaps(database: Database, state: tuple[int, int]) -> Withheld:
    counted, not_known = _in_order(database)
    few = to_withhold_of_all([total for _, total in counted], MINIMUM)
    hidden = [heading for (heading, _), hide in zip(counted, few, strict=True) if hide]
    units = [h for h, _ in counted if isinstance(h, Heading)]
    recaps = [h for h, _ in counted if isinstance(h, RecapHeading)]
    damaged = [h for h in not_known if isinstance(h, RecapHeading)]
    return Withheld(
        frozenset([*(h for h in hidden if isinstance(h, Heading)), *behind(damaged, units)]),
        frozenset([*(h for h in hidden if isinstance(h, RecapHeading)), *behind(not_known, recaps)]),
    )


def would_be_withheld(database: Database, result: UnitResult) -> bool:
    """Whether a unit's period, published now, would give away a few answers together with what is shown."""
    unit = unit_key(result.entry.unit.code, result.instrument)
    new = PublishedTotal(result.period, result.score.n)
    with database.read() as connection:
        headings = dated(publications.headings(connection, result.entry.unit.code))
        recaps = recap_publications.state(connection)[1]
    mine, damaged = _totals(database, headings)
    if (
        _over(damaged, result.period)
        or to_withhold([*(total.total for _, total in mine if total.unit == unit), new], MINIMUM)[-1]
    ):
        return True
    if not recaps:
        return False
    counted, lost = _in_order(database)
    totals = [total for _, total in counted]
    return (
        _over((h for h in lost if isinstance(h, RecapHeading)), result.period)
        or to_withhold_of_all([*totals, UnitTotal(unit, new)], MINIMUM)[-1]
    )


def recap_would_be_withheld(database: Database, scope: Scope, period: Period) -> bool:
    """The same of the recap of an agency, or of the province."""
    new = recap_numbers.total(period, overview(database, scope, period, back=0).units)
    with database.read() as connection:
        state = recap_publications.state(connection)
    people = tuple((agency, tuple(units.items())) for agency, units in new.people.items())
    return _recap_withheld(database, state, period, people)


# A page asks at every click: kept under the last publications and the people themselves.
@lru_cache(maxsize=64)
def _recap_withheld(
    database: Database,
    state: tuple[int, int],
    period: Period,
    people: tuple[tuple[str, tuple[tuple[Unit, int], ...]], ...],
) -> bool:
    new = RecapTotal(period, {agency: dict(units) for agency, units in people})
    counted, damaged = _in_order(database, period)
    return _over(damaged, period) or to_withhold_of_all([*(total for _, total in counted), new], MINIMUM)[-1]


def beside_shown(
    database: Database,
    period: Period,
    told: Sequence[UnitTotal | RecapTotal],
    recap: tuple[str | None, int | None] = (None, None),
) -> tuple[bool, ...]:
    """Which of `told`, one after another after all that is shown, would leave a few people.

    Args:
        recap: agency (None for the province) and version of the published recap of `period` that `told` is
            of: only what was shown before it counts. Without a version everything that is shown now does.
    """
    counted, damaged = _in_order(database, period, period.shift(-1))
    if _over(damaged, period):
        return (True,) * len(told)
    own = [i for i, (h, _) in enumerate(counted) if isinstance(h, RecapHeading) and _is(h, period, recap)]
    known = [total for _, total in (counted[: own[0]] if own else counted)]
    alone: dict[Unit, list[PublishedTotal]] = defaultdict(list)
    for item in known:
        if isinstance(item, UnitTotal):
            alone[item.unit].append(item.total)
    kept = [item for item in told if isinstance(item, RecapTotal) or _fits(alone, item)]
    few = to_withhold_of_all([*known, *kept], MINIMUM)[len(known) :]
    shown = {id(item) for item, hide in zip(kept, few, strict=True) if not hide}
    return tuple(id(item) not in shown for item in told)


def _is(heading: RecapHeading, period: Period, recap: tuple[str | None, int | None]) -> bool:
    return (heading.agency, heading.period, heading.version) == (recap[0] or "", str(period), recap[1])


def _fits(alone: dict[Unit, list[PublishedTotal]], item: UnitTotal) -> bool:
    """Whether a unit's total leaves nobody alone beside its others; it then counts as one of them."""
    together = [*alone[item.unit], item.total]
    if to_withhold(together, MINIMUM)[-1]:
        return False
    alone[item.unit] = together
    return True


def _in_order(database: Database, *more: Period) -> tuple[list[_Counted], list[Heading | RecapHeading]]:
    """Every recap, and the units' publications of the same years that are shown as far as they alone go.

    Those of the years of `more` as well. Apart from them those whose people are not known, being damaged.
    """
    with database.read() as connection:
        recaps = dated(recap_publications.all_headings(connection))
        headings = dated(publications.headings(connection))
    alone = _alone(database, headings)
    years = {_year(recap.period) for recap in recaps} | {period.first_day.year for period in more}
    of_units, damaged = _totals(database, [h for h in headings if _year(h.period) in years])
    # What is small by itself is hidden whole, and says so.
    units: list[_Counted] = [
        (h, total) for h, total in of_units if h not in alone and not 0 < total.total.n < MINIMUM
    ]
    read = [(h, if_sound(h, partial(recap_numbers.numbers, database, h))) for h in recaps]
    of_recaps: list[_Counted] = [(h, found.total) for h, found in read if found is not None]
    return sorted([*units, *of_recaps], key=lambda pair: order(pair[0])), [
        *damaged,
        *(h for h, found in read if found is None),
    ]


def _year(period: str) -> int:
    return Period.parse(period).first_day.year


def _over(damaged: Iterable[Heading | RecapHeading], period: Period) -> bool:
    """Whether a version whose people are not known is about a month of `period`."""
    return any(Period.parse(d.period).overlaps(period) for d in damaged)


def _totals(
    database: Database, headings: Iterable[Heading]
) -> tuple[list[tuple[Heading, UnitTotal]], list[Heading]]:
    """How many people of which unit stand behind each version; apart those that do not say so any more."""
    found, damaged = list[tuple[Heading, UnitTotal]](), list[Heading]()
    for heading in headings:
        people = if_sound(heading, partial(_people, SnapshotKey(database, heading)))
        if people is None:
            damaged.append(heading)
        else:
            # Sums of different questionnaires cannot be subtracted from each other.
            key = unit_key(heading.unit, people[0])
            found.append((heading, UnitTotal(key, PublishedTotal(Period.parse(heading.period), people[1]))))
    return found, damaged


def _alone(database: Database, headings: Sequence[Heading]) -> set[Heading]:
    """What a unit's own publications would give away, and what is too small by itself is not among it."""
    by_unit: dict[Unit, list[tuple[Heading, int]]] = defaultdict(list)
    found, damaged = _totals(database, headings)
    for heading, total in found:
        by_unit[total.unit].append((heading, total.total.n))
    hidden = {h for versions in by_unit.values() for h in _withheld_of(tuple(versions))}
    for lost in damaged:
        hidden |= behind([lost], [h for h in headings if h.unit == lost.unit])
    return hidden


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=16384)
def _people(source: SnapshotKey[Heading]) -> tuple[Instrument, int]:
    """Raises: StorageError when it is damaged."""
    with source.database.read() as connection:
        ref, n = publications.people(connection, source.heading)
    with legible():
        return instruments.get(ref), n


@lru_cache(maxsize=4096)
def _withheld_of(versions: tuple[tuple[Heading, int], ...]) -> tuple[Heading, ...]:
    totals = [PublishedTotal(Period.parse(heading.period), n) for heading, n in versions]
    # One that is small by itself is hidden whole anyway, and says so.
    few = to_withhold(totals, MINIMUM)
    return tuple(h for (h, n), hide in zip(versions, few, strict=True) if hide and not 0 < n < MINIMUM)
